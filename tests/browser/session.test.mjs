import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, signInAs, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newVisitor } = nodeAndBrowser();
const goOn = 'button[name="action"][value="send"]';
const confirm = 'button[name="action"][value="confirm"]';
const submission = sample('02-toilet-seat-granted');

/** The session is over, as after an hour; what the page holds stays. */
const endSession = (page) => page.context().clearCookies();

/** Signs in beside the form, in another tab. */
async function signInBeside(page, bsn) {
  const other = await page.context().newPage();
  await signInAs(other, bsn);
  await other.close();
}

test('a session that ends while somebody types: told so, nothing lost, nothing sent unsigned without a word', async () => {
  for (const javaScript of [true, false]) {
    const visitor = await newVisitor({ javaScript });
    const { page } = visitor;
    await signInAs(page, submission.common.bsn);
    await chooseTypes(page, 'small-aids');
    await fillForm(page, submission);
    await page.click(goOn);
    await endSession(page);
    await page.click(confirm);
    assert.match(await page.textContent('[role="alert"]'), /U bent uitgelogd.*nog niets verstuurd/s);
    assert.equal(await page.locator('dd[data-reference]').count(), 0);
    assert.equal(await page.inputValue('[name="common.street"]'), submission.common.street);
    if (javaScript) await assertGood(page, 'form-session-ended');

    await signInBeside(page, submission.common.bsn);
    await page.click(goOn);
    assert.match(await page.textContent('[role="alert"]'), /intussen ingelogd.*nog niets verstuurd/s);
    assert.equal(await page.locator('[role="alert"] strong').count(), 0);
    assert.equal(await page.inputValue('[name="common.street"]'), submission.common.street);
    if (javaScript) await assertGood(page, 'form-session-changed');
    await page.click(goOn);
    assert.match(await page.textContent('main'), /Met versturen ondertekent u/);
    await page.click(confirm);
    assert.equal((await receipts(page)).length, 1);
    assert.doesNotMatch(await page.textContent('main'), /handtekening ontbreekt/);
    await visitor.close();
  }
});

test('who goes on signed out knows that a signature is still to come', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await signInAs(page, submission.common.bsn);
  await chooseTypes(page, 'small-aids');
  await fillForm(page, submission);
  await endSession(page);
  await page.click(goOn);
  assert.match(await page.textContent('[role="alert"]'), /U bent uitgelogd/);
  await page.click(goOn);
  assert.match(await page.textContent('main'), /vragen wij u nog om uw handtekening/);
  await page.click(confirm);
  assert.match(await page.textContent('main'), /Uw handtekening ontbreekt nog/);
  await visitor.close();
});

test('somebody else who signed in meanwhile is warned that the form was of another', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await signInAs(page, submission.common.bsn);
  await chooseTypes(page, 'small-aids');
  await fillForm(page, submission);
  await endSession(page);
  await signInBeside(page, '999904073');
  await page.click(goOn);
  assert.match(await page.textContent('[role="alert"]'), /een ander burgerservicenummer/);
  assert.equal(await page.inputValue('[name="common.bsn"]'), '999904073');
  await visitor.close();
});

test('an answer about a case that came too late is kept, with the code and signed in', async () => {
  for (const way of ['code', 'signed-in']) {
    const visitor = await newVisitor({ javaScript: false });
    const { page } = visitor;
    await chooseTypes(page, 'household-help');
    await fillForm(page, sample('01-household-help-granted'), { except: ['town'] });
    await page.click(goOn);
    await page.click('button[value="send-anyway"]');
    await page.click(confirm);
    const [receipt] = await receipts(page);
    await openCase(page, receipt);
    await waitUntilShown(page, '[name="common.town"]');
    await page.fill('[name="common.town"]', 'Voorbeeld');
    await endSession(page);
    await page.click('form[action$="/antwoord"] button[type="submit"]');
    assert.match(await page.textContent('h1'), /nog niet verstuurd/);
    if (way === 'code') {
      await page.fill('#code', 'AAAA-BBBB-CCCC');
      await page.click('form[action="/zaak"] button');
      assert.match(await page.textContent('#code-error'), /horen niet bij elkaar/);
      await page.fill('#code', receipt.code);
      await page.click('form[action="/zaak"] button');
    } else {
      await signInBeside(page, sample('01-household-help-granted').common.bsn);
      await page.click('form[action$="/antwoord"] button[type="submit"]');
    }
    assert.match(await page.textContent('[role="alert"]'), /nog niet verstuurd/);
    assert.equal(await page.inputValue('[name="common.town"]'), 'Voorbeeld');
    await page.click('form[action$="/antwoord"] button[type="submit"]');
    assert.match(await page.textContent('[role="status"]'), /antwoord is ontvangen/);
    await visitor.close();
  }
});

test('the page that carries along what came too late', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'household-help');
  await fillForm(page, sample('01-household-help-granted'), { except: ['town'] });
  await page.click(goOn);
  await page.click('button[value="send-anyway"]');
  await page.click(confirm);
  await openCase(page, (await receipts(page))[0]);
  await waitUntilShown(page, '[name="common.town"]');
  await page.fill('[name="common.town"]', 'Voorbeeld');
  await endSession(page);
  await page.click('form[action$="/antwoord"] button[type="submit"]');
  await assertGood(page, 'unsent');
  await visitor.close();
});
