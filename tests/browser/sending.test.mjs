import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, send, signInAs, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague, newVisitor } = nodeAndBrowser();
const goOn = 'button[name="action"][value="send"]';
const confirm = 'button[name="action"][value="confirm"]';

test('before sending, everything is read once more, and each section can be changed, with and without JavaScript', async () => {
  for (const javaScript of [true, false]) {
    const visitor = await newVisitor({ javaScript });
    const { page } = visitor;
    await chooseTypes(page, 'small-aids');
    await fillForm(page, sample('02-toilet-seat-granted'));
    await page.fill('[name="common.remarks"]', 'Bel liever niet\nvoor tien uur.');
    await page.click(goOn);
    assert.match(await page.textContent('h1'), /Klopt alles/);
    assert.match(await page.textContent('main'), /niets verstuurd/);
    assert.equal(await page.locator('dd[data-reference]').count(), 0);
    if (javaScript) await assertGood(page, 'summary');

    await page.click('button[formaction$="#s-common-address"]');
    assert.equal(new URL(page.url()).hash, '#s-common-address');
    assert.equal(await page.inputValue('[name="common.remarks"]'), 'Bel liever niet\nvoor tien uur.');
    await page.fill('[name="common.street"]', 'Nieuwe Laan');
    await page.click(goOn);
    assert.match(await page.textContent('main'), /Nieuwe Laan/);
    await page.click(confirm);
    assert.equal((await receipts(page)).length, 1);
    assert.match(await page.textContent('main'), /Nieuwe Laan/);
    assert.match(await page.textContent('main'), /voor tien uur/);
    await visitor.close();
  }
});

test('the summary says what is missing, and which files go along', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  await page.fill('[name="common.town"]', 'Voorbeeld');
  await page.setInputFiles('[name="file:living-allowance/identity-document"]', { name: 'pas.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
  await page.click(goOn);
  await page.click('button[value="send-anyway"]');
  assert.match(await page.textContent('#missing'), /postcode/i);
  assert.match(await page.textContent('main'), /pas\.pdf/);
  await assertGood(page, 'summary-with-missing');
  await page.click('button[formaction$="#part-files"]');
  assert.match(await page.textContent('.softbot-files'), /pas\.pdf/);
  await visitor.close();
});

test('who applied before finds name and address filled in, and may change them; what decides is asked anew', async () => {
  const earlier = sample('02-toilet-seat-granted');
  await apply(earlier);
  const visitor = await newVisitor();
  const { page } = visitor;
  await signInAs(page, earlier.common.bsn);
  await chooseTypes(page, 'household-help');
  assert.match(await page.textContent('[role="status"]:visible'), /zoals u die op .* opschreef/);
  assert.equal(await page.inputValue('[name="common.street"]'), earlier.common.street);
  assert.equal(await page.inputValue('[name="common.birthName"]'), earlier.common.birthName);
  assert.equal(await page.isEditable('[name="common.street"]'), true);
  assert.equal(await page.locator('input[name^="common.wlz"]:checked, input[name^="common.livingSituation"]:checked').count(), 0);
  await assertGood(page, 'form-known-answers');
  await visitor.close();
});

test('what somebody else sent with a number, unsigned, is filled in for nobody', async () => {
  const submission = sample('23-general-notification');
  const stranger = await newVisitor({ javaScript: false });
  await chooseTypes(stranger.page, 'general-notification');
  await fillForm(stranger.page, submission);
  await send(stranger.page);
  assert.equal((await receipts(stranger.page)).length, 1);
  await stranger.close();
  const visitor = await newVisitor();
  await signInAs(visitor.page, submission.common.bsn);
  await chooseTypes(visitor.page, 'small-aids');
  assert.equal(await visitor.page.inputValue('[name="common.street"]'), '');
  await visitor.close();
});

test('the resident sees until when an answer may take, or why the term stands still', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  const submission = sample('01-household-help-granted');
  await signInAs(page, '999904073');
  await chooseTypes(page, 'household-help');
  await fillForm(page, submission, { except: ['bsn', 'town', 'tasks'] });
  await page.click(goOn);
  await page.click('button[value="send-anyway"]');
  await page.click(confirm);
  const [{ reference }] = await receipts(page);
  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, '#gevraagd');
  assert.match(await page.textContent('[data-status]'), /termijn staat stil sinds .*Wij wachten op uw antwoord|uiterlijk \d+ [a-z]+ \d{4}\s+bericht/);
  await page.goto('/mijn');
  assert.match(await page.textContent('main'), /Wij hebben nog iets van u nodig/);
  assert.match(await page.textContent('main'), /termijn staat stil|uiterlijk/);
  await assertGood(page, 'mine-waiting');
  await visitor.close();
});

test('a clerk on the phone signs for nobody: the sheet goes by post; at the counter the application is signed', async () => {
  const clerk = await newColleague('bas');
  const { page } = clerk;
  const open = async () => {
    await page.goto('/staff/balie/formulier?type=small-aids&gemeente=voorbeeld');
    await fillForm(page, sample('02-toilet-seat-granted'));
    await page.click(goOn);
  };
  await open();
  assert.match(await page.textContent('#summary'), /aan de balie of aan de telefoon/);
  assert.equal(await page.locator('button[value="send-anyway"]').count(), 0);
  await assertGood(page, 'counter-where');
  await page.check('#v-gesprek-telefoon');
  await page.click(goOn);
  assert.match(await page.textContent('main'), /nog niet ondertekend/);
  await assertGood(page, 'counter-summary-phone');
  await page.click(confirm);
  assert.match(await page.textContent('main'), /Uw handtekening ontbreekt nog/);
  const [{ reference, code }] = await receipts(page);
  await assertGood(page, 'counter-receipt-phone');
  await clerk.close();

  const visitor = await newVisitor();
  await openCase(visitor.page, { reference, code });
  await waitUntilShown(visitor.page, '#gevraagd');
  assert.match(await visitor.page.textContent('#gevraagd'), /onderteken/i);
  await visitor.close();

  const mailRoom = await newColleague('petra');
  await mailRoom.page.goto('/staff/post');
  await waitUntilShown(mailRoom.page, `text=${reference}`);
  assert.match(await mailRoom.page.textContent('main'), /Ondertekenblad/);
  await mailRoom.close();
});
