import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();

/** Looks again, as somebody without JavaScript does, until the outcome is there. */
async function outcomeOf(page) {
  await waitUntilShown(page, 'section[aria-labelledby="uitkomst"]');
  return page;
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
  await page.fill('#from', '2027-01-01');
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
  assert.match(outcome, /de waarden die gelden op 1 januari 2027/);
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
