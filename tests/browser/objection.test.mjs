import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, send, signInAs, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague, newVisitor } = nodeAndBrowser();

test('who disagrees reads until when and how, objects in their own words, and a consultant sees it at once', async () => {
  const submission = sample('02-toilet-seat-granted');
  const reference = await apply(submission);
  const visitor = await newVisitor();
  const { page } = visitor;
  await signInAs(page, submission.common.bsn);
  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, '[data-status="decided"]');
  assert.match(await page.textContent('main'), /bezwaar maken, (uiterlijk|binnen 6 weken)/);
  assert.doesNotMatch(await page.textContent('[data-status]'), /uiterlijk/);
  assert.doesNotMatch(await page.textContent('main'), /raised-toilet-seat/);
  await assertGood(page, 'case-decided');
  await page.click('main a[href$="/bezwaar"]');
  await assertGood(page, 'objection');
  await page.click('form[action$="/bezwaar"] button');
  assert.match(await page.textContent('#summary'), /Schrijf waarom/);
  await assertGood(page, 'objection-with-errors');
  await page.fill('#reden', 'Ik heb twee toiletten.\nIn het besluit staat er een.');
  await page.goto(`/zaak/${reference}/bezwaar`);
  assert.match(await page.inputValue('#reden'), /twee toiletten/);
  await page.click('form[action$="/bezwaar"] button');
  assert.match(await page.textContent('[role="status"]'), /bezwaar is ontvangen/);
  assert.match(await page.textContent('main'), /U hebt op .* bezwaar gemaakt/);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await assertGood(page, 'case-objected');
  await visitor.close();

  const consultant = await newColleague('cora');
  await consultant.page.goto(`/staff/zaak/${reference}?doel=controle`);
  assert.match(await consultant.page.textContent('main'), /Er is bezwaar gemaakt/);
  assert.match(await consultant.page.textContent('main'), /twee toiletten/);
  await consultant.close();
});

test('with the code alone it is explained, and nobody objects', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'general-notification');
  await fillForm(page, sample('23-general-notification'));
  await send(page);
  const [receipt] = await receipts(page);
  await openCase(page, receipt);
  await page.goto(`/zaak/${receipt.reference}/bezwaar`);
  assert.match(await page.textContent('main'), /Log in om hier bezwaar te maken/);
  assert.equal(await page.locator('#reden').count(), 0);
  await visitor.close();
});
