import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newColleague } = nodeAndBrowser();

test('daily caps are changed by two persons, and what is typed wrong is told beside its field', async () => {
  const farid = await newColleague('farid');
  const hanna = await newColleague('hanna', { javaScript: false });
  await farid.page.goto('/staff/beheer');
  await farid.page.click('a[href="/staff/waarborgen"]');
  assert.equal(await farid.page.inputValue('#small-aids-euros'), '15000,00');
  await assertGood(farid.page, 'safeguards');

  const csrf = await farid.page.inputValue('main form input[name="csrf"]');
  const nowhere = await farid.page.request.post('/staff/waarborgen?voor=nergens', { form: { csrf, why: 'x', 'small-aids.grants': '1', 'small-aids.euros': '1', 'small-aids.sample': '1' } });
  assert.equal(nowhere.status(), 404);
  await farid.page.fill('#small-aids-sample', '200');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.title(), /^Fout: /);
  assert.match(await farid.page.textContent('#small-aids-sample-error'), /van 0 tot en met 100/);
  assert.match(await farid.page.textContent('#summary'), /waarom/);
  await farid.page.fill('#small-aids-sample', '12,5');
  await farid.page.fill('#test-acceptable', '60');
  await farid.page.fill('#why', 'De leverancier is nieuw.');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.textContent('#summary'), /toets niet werken/);
  await farid.page.fill('#test-acceptable', '0,5');
  await farid.page.click('main form button[type="submit"]');
  assert.match(await farid.page.textContent('[role="status"]'), /voorstel is bewaard/);
  const proposals = 'section[aria-labelledby="voorstellen"]';
  assert.match(await farid.page.textContent(proposals), /deel voor de steekproef\s*0%\s*12,5%/);
  assert.match(await farid.page.textContent(proposals), /zelf voorgesteld/);
  assert.equal(await farid.page.locator('form[action$="/goedkeuren"]').count(), 0);
  assert.equal(await farid.page.inputValue('#small-aids-sample'), '0');
  await assertGood(farid.page, 'safeguards-proposal');

  await hanna.page.goto('/staff/waarborgen');
  assert.match(await hanna.page.textContent(proposals), /De leverancier is nieuw/);
  await hanna.page.fill('[id^="approve-"]', 'Gelezen.');
  await hanna.page.click('form[action$="/goedkeuren"] button');
  assert.match(await hanna.page.textContent('[role="status"]'), /gelden vanaf nu/);
  assert.equal(await hanna.page.inputValue('#small-aids-sample'), '12,5');
  await hanna.page.goto('/staff/beheer');
  assert.match(await hanna.page.textContent('main'), /12,5%/);
  await farid.close();
  await hanna.close();
});
