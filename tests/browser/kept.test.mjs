import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertFits, holdScripts, phone, shot } from './support/browser.mjs';
import { chooseTypes, fillForm, receipts, sample, send, signInAs } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newVisitor } = nodeAndBrowser();
const town = '[name="common.town"]';
const putBack = '[data-kept]:visible';
const kept = (page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));

test('what was typed is back after a reload and after the back button', async () => {
  const visitor = await newVisitor({ viewport: phone });
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  assert.equal(await page.locator(putBack).count(), 0);
  await page.fill(town, 'Voorbeeld');
  await page.check('input[name="common.livingSituation"][value="with-others"]');
  await page.fill('[name="living-allowance.accounts.0.iban"]', 'NL91 ABNA 0417 1643 00');
  await page.click('button[value="add:living-allowance.accounts"]');
  await page.fill('[name="living-allowance.accounts.1.holder"]', 'A. Zonneveld');
  const holdsAll = async () => {
    assert.equal(await page.inputValue(town), 'Voorbeeld');
    assert.equal(await page.isChecked('input[name="common.livingSituation"][value="with-others"]'), true);
    assert.equal(await page.locator('[data-question="common.householdMembers"]').isVisible(), true);
    assert.equal(await page.inputValue('[name="living-allowance.accounts.0.iban"]'), 'NL91 ABNA 0417 1643 00');
    assert.equal(await page.inputValue('[name="living-allowance.accounts.1.holder"]'), 'A. Zonneveld');
    assert.match(await page.textContent(putBack), /staat er weer/);
  };
  await page.reload();
  await holdsAll();
  await assertFits(page, 'form put back');
  await assertAccessible(page, 'form put back');
  await shot(page, 'kept-put-back-phone');
  await page.goto('/privacy');
  await page.goBack();
  await holdsAll();
  await visitor.close();
});

test('another tab does not see it, unless the visitor says that the device is their own; then it outlives the tab', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'small-aids');
  await page.fill(town, 'Voorbeeld');
  const address = page.url();
  const second = await page.context().newPage();
  await second.goto(address);
  assert.equal(await second.inputValue(town), '');
  await page.check('#own-device');
  await second.reload();
  assert.equal(await second.inputValue(town), 'Voorbeeld');
  await second.close();
  await page.goto('/privacy');
  const third = await page.context().newPage();
  await third.goto(address);
  assert.equal(await third.inputValue(town), 'Voorbeeld');
  assert.equal(await third.isChecked('#own-device'), true);
  await third.uncheck('#own-device');
  assert.equal(await third.evaluate(() => localStorage.length), 0);
  await visitor.close();
});

test('it goes with the receipt', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'general-notification');
  const address = page.url();
  await page.check('#own-device');
  await fillForm(page, sample('23-general-notification'));
  assert.match(await kept(page), /softbot:typed/);
  await send(page);
  assert.equal((await receipts(page)).length, 1);
  assert.doesNotMatch(await kept(page), /softbot:typed/);
  await page.goto(address);
  assert.equal(await page.inputValue(town), '');
  await visitor.close();
});

test('who asks for it clears all, and files that were added go too', async () => {
  for (const javaScript of [true, false]) {
    const visitor = await newVisitor({ javaScript });
    const { page } = visitor;
    await chooseTypes(page, 'living-allowance');
    await page.fill(town, 'Voorbeeld');
    await page.setInputFiles('[name="file:living-allowance/identity-document"]', { name: 'pas.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
    await page.click('button[value="upload:living-allowance/identity-document"]');
    const key = await page.inputValue('input[name="form"]');
    await page.click('summary:has-text("Wis wat ik heb ingevuld")');
    await page.click('button[value="start-over"]');
    assert.equal(await page.inputValue(town), '');
    assert.notEqual(await page.inputValue('input[name="form"]'), key);
    assert.equal(await page.locator(putBack).count(), 0);
    if (javaScript) {
      assert.doesNotMatch(await kept(page), /Voorbeeld/);
      await page.evaluate((value) => (document.querySelector('input[name="form"]').value = value), key);
      await page.click('main button[name="action"][value="check"]:not([aria-hidden])');
      assert.equal(await page.locator('.softbot-files').count(), 0);
    }
    await visitor.close();
  }
});

test('who signed in gets it back after the session ended; somebody else never does, and signing out takes it away', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await signInAs(page, '999900006');
  await chooseTypes(page, 'small-aids');
  const address = page.url();
  await page.fill('[name="common.generalPractitioner"]', 'Huisarts De Linde');
  await page.context().clearCookies();
  await page.goto(address);
  assert.equal(await page.inputValue('[name="common.generalPractitioner"]'), '');

  await signInAs(page, '999904073');
  await page.goto(address);
  assert.equal(await page.inputValue('[name="common.generalPractitioner"]'), '');
  assert.equal(await page.inputValue('[name="common.bsn"]'), '999904073');
  await page.context().clearCookies();

  await signInAs(page, '999900006');
  await page.goto(address);
  assert.equal(await page.inputValue('[name="common.generalPractitioner"]'), 'Huisarts De Linde');
  await page.click('form[action="/uitloggen"] button');
  assert.doesNotMatch(await kept(page), /softbot:/);
  await visitor.close();
});

test('on a slow line, what somebody types before the script is there stays, beside what was kept', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  await page.fill(town, 'Voorbeeld');
  await page.fill('[name="common.street"]', 'Dorpsstraat');
  await page.check('input[name="common.livingSituation"][value="alone"]');
  const letScriptsCome = await holdScripts(page);
  await page.reload({ waitUntil: 'commit' });
  await page.locator(town).fill('Molendam');
  await page.locator('input[name="common.livingSituation"][value="with-others"]').check();
  await letScriptsCome();
  await page.waitForSelector(putBack);
  assert.equal(await page.inputValue(town), 'Molendam');
  assert.equal(await page.isChecked('input[name="common.livingSituation"][value="with-others"]'), true);
  assert.equal(await page.inputValue('[name="common.street"]'), 'Dorpsstraat');
  await page.reload();
  assert.equal(await page.inputValue(town), 'Molendam');
  await visitor.close();
});

test('on a slow line, a box that is ticked before the script is there leaves the others that were kept', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  const task = (value) => `input[name="household-help.tasks"][value="${value}"]`;
  await chooseTypes(page, 'household-help');
  await page.check(task('heavy-cleaning'));
  await page.check(task('laundry'));
  const letScriptsCome = await holdScripts(page);
  await page.reload({ waitUntil: 'commit' });
  await page.locator(task('beds')).check();
  await letScriptsCome();
  await page.waitForSelector(putBack);
  for (const value of ['heavy-cleaning', 'laundry', 'beds']) assert.equal(await page.isChecked(task(value)), true, value);
  await visitor.close();
});

test('on a slow line, clearing all and signing out work before the script is there', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await signInAs(page, '999900006');
  for (const press of ['start-over', 'sign-out']) {
    await chooseTypes(page, 'small-aids');
    await page.fill('[name="common.generalPractitioner"]', 'Huisarts De Linde');
    await page.check('#own-device');
    const letScriptsCome = await holdScripts(page);
    await page.reload({ waitUntil: 'commit' });
    if (press === 'start-over') await page.locator('summary:has-text("Wis wat ik heb ingevuld")').click();
    const button = page.locator(press === 'start-over' ? 'button[value="start-over"]' : 'form[action="/uitloggen"] button');
    await button.waitFor();
    assert.match(await kept(page), /Huisarts De Linde/);
    await letScriptsCome({ forThisPage: false });
    await Promise.all([page.waitForNavigation(), button.click()]);
    assert.doesNotMatch(await kept(page), /Huisarts De Linde/);
    assert.equal(/softbot:own-device/.test(await kept(page)), press === 'start-over', 'signing out takes away whose device it is');
    assert.doesNotMatch(await kept(page), /softbot:forget/);
    if (press === 'start-over') assert.equal(await page.inputValue('[name="common.generalPractitioner"]'), '');
  }
  await visitor.close();
});

test('on a slow line, who types already is not taken to the summary of what is wrong', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'small-aids');
  const letScriptsCome = await holdScripts(page);
  await page.locator('main button[name="action"][value="check"]:not([aria-hidden])').click();
  await page.waitForSelector('#summary');
  await page.locator(town).fill('Voorbeeld');
  await letScriptsCome();
  await page.waitForLoadState();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'v-common-town');
  await visitor.close();
});
