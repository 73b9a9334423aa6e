import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { today, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();
const nextYear = Number(today().slice(0, 4)) + 1;

/** The page looks again by itself until the outcome is there. */
async function outcomeOf(page) {
  await page.waitForSelector('section[aria-labelledby="uitkomst"]', { timeout: 120_000 });
  await page.waitForLoadState();
}

test('a draft is tried on past applications: what would have come out otherwise, with the reasons beside each other', async () => {
  const granted = await apply('01-household-help-granted');
  const cora = await newColleague('cora', { javaScript: false });
  await cora.page.goto(`/staff/zaak/${granted}`);
  await waitUntilShown(cora.page, 'section[aria-labelledby="decision"]');
  await cora.close();

  const { page, close } = await newColleague('farid');
  await page.goto('/staff/beleid');
  await page.click('main a[href$="/parameters"]');
  await page.fill('#p-householdHelpMinimumAge', '119');
  // Planned values are tried too, as if they had counted already.
  await page.fill('#from', `${nextYear}-01-01`);
  await page.fill('#why', 'Raadsbesluit.');
  await page.click('main form button[type="submit"]');
  await page.click('a[href$="/proef"]');
  assert.match(await page.textContent('h1'), /Proef met versie/);
  assert.equal(await page.locator('a[href^="/staff/zaak/"]').count(), 0);
  await assertGood(page, 'policy-trial-start');

  await page.fill('#from', '2026-12-31');
  await page.fill('#to', '2026-01-01');
  await page.click('form[action$="/proef"] button');
  assert.match(await page.title(), /^Fout: /);
  assert.match(await page.textContent('#to-error'), /ligt voor de eerste/);
  assert.equal(await page.inputValue('#from'), '2026-12-31');

  await page.fill('#from', '');
  await page.fill('#to', '');
  await page.selectOption('#f-soort', 'household-help');
  await page.click('form[action$="/proef"] button');
  await outcomeOf(page);
  const outcome = await page.textContent('section[aria-labelledby="uitkomst"]');
  assert.match(outcome, /Alle gemeenten, hulp bij het huishouden/i);
  assert.match(outcome, new RegExp(`de waarden die gelden op 1 januari ${nextYear}`));
  assert.match(outcome, /Nu toegekend, straks naar een mens\s*1/);
  assert.match(outcome, /Toegekend door het beleid\s*1\s*0\s*− 1/);
  const changed = page.locator('section[aria-labelledby="zaken"] tbody tr');
  assert.equal(await changed.count(), 1);
  assert.match(await changed.first().textContent(), new RegExp(`${granted}.*Toekennen.*Minuten per week.*Naar een mens.*jonger dan de leeftijd`, 's'));
  await assertGood(page, 'policy-trial-outcome');
  const place = new URL(page.url()).pathname;
  await close();

  const auditor = await newColleague('anna');
  const answer = await auditor.page.goto(place);
  assert.equal(answer.status(), 403);
  await auditor.close();
});

test('an approved version waits for its day, and one person keeps it from beginning', async () => {
  const farid = await newColleague('farid');
  const hanna = await newColleague('hanna', { javaScript: false });
  await farid.page.goto('/staff/beleid');
  const active = await farid.page.getAttribute('main p > a[href^="/staff/beleid/"]', 'href');
  await farid.page.goto(`${active}/parameters`);
  await farid.page.fill('#p-householdHelpMinimumAge', '118');
  await farid.page.fill('#why', 'Vanaf volgend jaar.');
  await farid.page.click('main form button[type="submit"]');
  const draft = new URL(farid.page.url()).pathname;

  await hanna.page.goto(draft);
  await hanna.page.fill('#from', '2020-01-01');
  await hanna.page.fill('#why-approve', 'Akkoord.');
  await hanna.page.click('form[action$="/goedkeuren"] button');
  assert.match(await hanna.page.textContent('#from-error'), /al geweest/);
  assert.equal(await hanna.page.inputValue('#why-approve'), 'Akkoord.');
  await hanna.page.fill('#from', `${nextYear}-01-01`);
  await hanna.page.click('form[action$="/goedkeuren"] button');
  assert.match(await hanna.page.textContent('[role="status"]'), /vanaf de gekozen dag/);
  assert.match(await hanna.page.textContent('section[aria-labelledby="gebeurd"]'), new RegExp(`met ingang van 1 januari ${nextYear}, door Hanna`));

  await farid.page.goto('/staff/beleid');
  assert.equal(await farid.page.getAttribute('main p > a[href^="/staff/beleid/"]', 'href'), active);
  assert.match(await farid.page.textContent('main'), new RegExp(`Op 1 januari ${nextYear} gaat versie`));
  await farid.page.goto(draft);
  await assertGood(farid.page, 'policy-planned');
  await farid.page.click('form[action$="/intrekken"] button');
  assert.match(await farid.page.textContent('#summary'), /waarom/);
  await farid.page.fill('#why-withdraw', 'De raad stelt het uit.');
  await farid.page.click('form[action$="/intrekken"] button');
  assert.match(await farid.page.textContent('[role="status"]'), /weer een concept/);
  assert.match(await farid.page.textContent('h1 + span'), /Concept/);
  await farid.close();
  await hanna.close();
});
