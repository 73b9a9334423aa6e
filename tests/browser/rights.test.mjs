import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newColleague } = nodeAndBrowser();

test('a colleague gets more rights from two persons, and loses them by one', async () => {
  const farid = await newColleague('farid');
  const hanna = await newColleague('hanna', { javaScript: false });
  await farid.page.goto('/staff/beheer');
  await farid.page.click('a[href="/staff/medewerkers"]');
  await farid.page.click('a[href="/staff/medewerkers/cora"]');
  await assertGood(farid.page, 'rights-account');
  await farid.page.check('#role-auditor');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.title(), /^Fout: /);
  assert.match(await farid.page.textContent('#summary'), /waarom/);
  assert.equal(await farid.page.isChecked('#role-auditor'), true);
  await farid.page.fill('#why', 'Zij controleert voortaan ook.');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.textContent('[role="status"]'), /voorstel is bewaard/);
  const proposals = 'section[aria-labelledby="voorstellen"]';
  assert.match(await farid.page.textContent(proposals), /u hebt het zelf voorgesteld/);
  await assertGood(farid.page, 'rights-proposal');

  await hanna.page.goto('/staff/medewerkers');
  assert.match(await hanna.page.textContent(proposals), /Zij controleert voortaan ook/);
  await hanna.page.fill('[id^="approve-"]', 'Akkoord.');
  await hanna.page.click('form[action$="/goedkeuren"] button');
  assert.match(await hanna.page.textContent('[role="status"]'), /gelden vanaf nu/);
  assert.equal(await hanna.page.locator(proposals).count(), 0);

  await farid.page.goto('/staff/medewerkers/cora');
  assert.equal(await farid.page.isChecked('#role-auditor'), true);
  await farid.page.uncheck('#active');
  await farid.page.fill('#why', 'Uit dienst.');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.textContent('[role="status"]'), /meteen minder/);
  assert.match(await farid.page.textContent('li:has(a[href="/staff/medewerkers/cora"])'), /Uitgezet/);
  await farid.close();
  await hanna.close();
});
