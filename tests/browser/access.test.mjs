import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, send, sendAllTheSame, signInAs, signInStaff, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newVisitor } = nodeAndBrowser();

test('pages of residents', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  for (const [name, path] of [['start', '/'], ['start-english', '/?lang=en'], ['start-nothing-chosen', '/?kies=1&lang=nl'], ['computer', '/computer'], ['policy', '/beleid'],
    ['privacy', '/privacy'], ['accessibility', '/toegankelijkheid'], ['case-entry', '/zaak'], ['sign-in', '/inloggen'],
    ['mine-signed-out', '/mijn'], ['absent', '/bestaat-niet'],
    ['form-all', '/aanvragen?type=household-help&type=small-aids&type=extension&type=general-notification&type=living-allowance']]) {
    await page.goto(path);
    await assertGood(page, name);
  }
  await page.click('main button[name="action"][value="check"]:not([aria-hidden])');
  await page.waitForFunction(() => document.activeElement?.id === 'summary');
  await assertGood(page, 'form-with-errors');
  await visitor.close();
});

test('pages of one application', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'household-help');
  await fillForm(page, sample('01-household-help-granted'), { except: ['town'] });
  await send(page);
  await assertGood(page, 'form-refused');
  await sendAllTheSame(page);
  await assertGood(page, 'receipt');
  const [receipt] = await receipts(page);
  await openCase(page, receipt);
  await waitUntilShown(page, '#gevraagd');
  await assertGood(page, 'case-by-code');
  await page.goto(`/zaak/${receipt.reference}/intrekken`);
  await assertGood(page, 'withdraw');
  await signInAs(page, '999900006');
  await assertGood(page, 'mine');
  await page.goto(`/zaak/${receipt.reference}`);
  await assertGood(page, 'case-signed-in');
  await visitor.close();
});

test('the form by keyboard alone', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#inhoud');
  await page.keyboard.press('Enter');
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('value') === 'small-aids')) break;
  }
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL(/aanvragen/);
  await page.focus('[name="common.town"]');
  await page.keyboard.type('Voorbeeld');
  await page.keyboard.press('Enter');
  // Enter in a box checks the form: it neither sends it nor changes its language.
  await page.waitForFunction(() => document.activeElement?.id === 'summary');
  assert.equal(await page.getAttribute('html', 'lang'), 'nl');
  assert.equal(await page.inputValue('[name="common.town"]'), 'Voorbeeld');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid');
  await visitor.close();
});

test('pages of staff', async () => {
  const urgent = sample('12-urgent');
  const reference = await apply({ ...urgent, common: { ...sample('01-household-help-granted').common, urgent: true } });

  const pages = [
    ['cora', [['staff-queue', '/staff'], ['staff-case', `/staff/zaak/${reference}`]]],
    ['petra', [['staff-post', '/staff/post']]],
    ['bas', [['staff-balie', '/staff/balie'], ['staff-balie-form', '/staff/balie/formulier?type=small-aids&gemeente=voorbeeld']]],
    ['farid', [['staff-beheer', '/staff/beheer']]],
    ['anna', [['staff-cijfers', '/staff/cijfers'], ['staff-logboek', '/staff/logboek']]],
  ];
  for (const [name, paths] of pages) {
    const visitor = await newVisitor();
    await visitor.page.goto('/staff/inloggen');
    await assertGood(visitor.page, 'staff-sign-in');
    await signInStaff(visitor.page, name);
    for (const [title, path] of paths) {
      await visitor.page.goto(path);
      if (title === 'staff-queue') await waitUntilShown(visitor.page, `a[href="/staff/zaak/${reference}"]`);
      await visitor.page.evaluate(() => document.querySelectorAll('main details').forEach((details) => (details.open = true)));
      await assertGood(visitor.page, title);
    }
    await visitor.close();
  }
});
