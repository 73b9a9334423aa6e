import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFits, phone, shot } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, send, sendAllTheSame, signInAs, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newVisitor } = nodeAndBrowser();

const pdf = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') };

test('a signed-in resident applies, sees what is missing shrink, and reads the decision and its letter', async () => {
  const visitor = await newVisitor({ viewport: phone });
  const { page } = visitor;
  await signInAs(page, '999900006');
  await chooseTypes(page, 'household-help');
  assert.equal(await page.inputValue('[name="common.bsn"]'), '999900006');
  assert.equal(await page.isEditable('[name="common.bsn"]'), false);
  await page.waitForSelector('[data-missing-list] li');
  const before = await page.locator('[data-missing-list] li').count();

  // A question that does not apply is not there; choosing the answer that it depends on brings it.
  const householdMembers = page.locator('[data-question="common.householdMembers"]');
  assert.equal(await householdMembers.isVisible(), false);
  await page.check('input[name="common.livingSituation"][value="with-others"]');
  assert.equal(await householdMembers.isVisible(), true);

  await fillForm(page, sample('01-household-help-granted'));
  assert.equal(await householdMembers.isVisible(), false);
  await page.waitForFunction(() => document.querySelector('[data-missing-count]')?.textContent?.startsWith('Niets'));
  assert.ok(before > 10);
  await shot(page, 'resident-form-filled-phone');
  await send(page);

  const [receipt] = await receipts(page);
  assert.match(receipt.reference, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.match(await page.textContent('main'), /Stichting Naast U/);
  assert.match(await page.textContent('main'), /Bukken en tillen lukt niet meer/);
  await assertFits(page, 'receipt');
  await shot(page, 'resident-receipt-phone');

  await page.goto('/mijn');
  await waitUntilShown(page, '.utrecht-badge-status--safe');
  await page.click(`a[href="/zaak/${receipt.reference}"]`);
  assert.match(await page.textContent('main'), /Toegekend/);
  assert.match(await page.textContent('main'), /Minuten per week/);
  await shot(page, 'resident-decision-phone');
  await waitUntilShown(page, 'a:has-text("Besluit")');
  const letter = await page.request.get(await page.getAttribute('main a[href*="/document/"]', 'href'));
  assert.equal(letter.headers()['content-type'], 'application/pdf');
  assert.equal((await letter.body()).subarray(0, 5).toString(), '%PDF-');
  await visitor.close();
});

test('without JavaScript and without signing in: told what is missing, nothing typed is lost, sent all the same, completed later', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'small-aids', 'household-help');
  const aid = sample('02-toilet-seat-granted');
  const help = sample('01-household-help-granted');
  const submission = { common: { ...aid.common, ...help.common }, requests: [aid.requests[0], help.requests[0]] };
  assert.match(await page.textContent('[data-question="common.householdMembers"] .softbot-when'), /Vul dit alleen in als/);
  await fillForm(page, submission, { except: ['town'] });

  await page.click('main button[name="action"][value="check"]:not([aria-hidden])');
  assert.match(await page.title(), /^Fout: /);
  assert.match(await page.textContent('#summary'), /Woonplaats/);
  await page.click('#summary a');
  assert.equal(new URL(page.url()).hash, '#v-common-town');
  assert.equal(await page.inputValue('[name="common.street"]'), submission.common.street);
  assert.equal(await page.isChecked('input[name="household-help.tasks"][value="heavy-cleaning"]'), true);
  await shot(page, 'resident-check-desktop');

  await send(page);
  assert.match(await page.textContent('main'), /U mag toch versturen/);
  await sendAllTheSame(page);
  const all = await receipts(page);
  assert.equal(all.length, 2);
  await shot(page, 'resident-receipt-desktop');

  // With reference and code: what is asked, never a decision.
  await openCase(page, all[0]);
  assert.equal(new URL(page.url()).pathname, `/zaak/${all[0].reference}`);
  assert.ok(!page.url().includes(all[0].code));
  await waitUntilShown(page, '#gevraagd');
  assert.match(await page.textContent('#gevraagd'), /Woonplaats/);
  assert.match(await page.textContent('#gevraagd'), /onderteken/i);
  assert.equal(await page.locator('h2:text-is("Het besluit")').count(), 0);
  await shot(page, 'resident-case-desktop');

  await page.fill('[name="common.town"]', 'Voorbeeld');
  await page.click('form[action$="/antwoord"] button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /antwoord is ontvangen/);
  assert.equal(await page.locator('[name="common.town"]').count(), 0);

  await page.selectOption('#kind', 'other');
  await page.setInputFiles('#file', { ...pdf, name: 'brief.txt', buffer: Buffer.from('hallo') });
  await page.click('form[action$="/stukken"] button[type="submit"]');
  assert.match(await page.textContent('#file-error'), /PDF, JPG of PNG/);
  await page.setInputFiles('#file', pdf);
  await page.click('form[action$="/stukken"] button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /bestand is ontvangen/);
  assert.match(await page.textContent('main'), /plan\.pdf/);

  await page.click('form[action$="/medewerker"] button');
  assert.match(await page.textContent('[role="status"]'), /medewerker kijkt/);

  await page.click('a[href$="/intrekken"]');
  await page.click('form[action$="/intrekken"] button');
  assert.equal(await page.getAttribute('[data-status]', 'data-status'), 'withdrawn');
  await visitor.close();
});

test('where the script does not come, the form is as without JavaScript', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await page.route('**/*.js', (route) => route.abort());
  await chooseTypes(page, 'household-help');
  assert.equal(await page.locator('[data-question="common.householdMembers"]').isVisible(), true);
  assert.equal(await page.locator('[data-question="common.householdMembers"] .softbot-when').isVisible(), true);
  await visitor.close();
});

test('the same form sent twice is one application', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'general-notification');
  await fillForm(page, sample('23-general-notification'));
  await send(page);
  const [first] = await receipts(page);
  await page.reload();
  const [second] = await receipts(page);
  assert.deepEqual(second, first);
  await visitor.close();
});

test('a form that was sent and then changed is not sent again in silence', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'general-notification');
  const key = await page.inputValue('input[name="form"]');
  await fillForm(page, sample('23-general-notification'));
  await send(page);
  const all = await receipts(page);
  assert.equal(all.length, 1);
  await chooseTypes(page, 'general-notification');
  await page.evaluate((value) => {
    document.querySelector('input[name="form"]').value = value;
  }, key);
  await fillForm(page, sample('23-general-notification'));
  await page.fill('[name="common.remarks"]', 'Toch nog iets.');
  await send(page);
  assert.match(await page.textContent('h1'), /Al verstuurd/);
  await visitor.close();
});

test('who sent without signing in signs after all, and then gets the decision', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  const submission = sample('02-toilet-seat-granted');
  await chooseTypes(page, 'small-aids');
  await fillForm(page, submission);
  await send(page);
  const [receipt] = await receipts(page);
  await openCase(page, receipt);
  await waitUntilShown(page, '#gevraagd');
  await signInAs(page, submission.common.bsn);
  await page.goto(`/zaak/${receipt.reference}`);
  await page.click('form[action$="/ondertekenen"] button');
  assert.match(await page.textContent('[role="status"]'), /handtekening is ontvangen/);
  await waitUntilShown(page, '[data-status="decided"]');
  assert.match(await page.textContent('main'), /Toegekend/);
  await visitor.close();
});

test('a file that was chosen stays while something else is put right, with and without JavaScript', async () => {
  for (const javaScript of [true, false]) {
    const visitor = await newVisitor({ javaScript });
    const { page } = visitor;
    await chooseTypes(page, 'living-allowance');
    await page.check('input[name="common.hasRepresentative"][value="no"]');
    await page.setInputFiles('[name="file:living-allowance/identity-document"]', pdf);
    await page.click('main button[name="action"][value="check"]:not([aria-hidden])');
    assert.match(await page.textContent('.softbot-files'), /plan\.pdf/);
    assert.equal(await page.locator('#summary a[href="#v-living-allowance-identity-document"]').count(), 0);
    assert.equal(await page.isChecked('input[name="common.hasRepresentative"][value="no"]'), true);
    await page.click('button[value^="drop:"]');
    assert.equal(await page.locator('.softbot-files').count(), 0);

    // A second bank account: a second row.
    await page.fill('[name="living-allowance.accounts.0.iban"]', 'NL91 ABNA 0417 1643 00');
    await page.click('button[value="add:living-allowance.accounts"]');
    await page.fill('[name="living-allowance.accounts.1.holder"]', 'A. Zonneveld');
    assert.equal(await page.inputValue('[name="living-allowance.accounts.0.iban"]'), 'NL91 ABNA 0417 1643 00');
    await page.click('button[value="remove:living-allowance.accounts.0"]');
    assert.equal(await page.locator('fieldset[data-row]:visible [name$=".holder"]').last().inputValue(), 'A. Zonneveld');
    await visitor.close();
  }
});

test('the form speaks English, and switching loses nothing', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'small-aids');
  await page.fill('[name="common.town"]', 'Voorbeeld');
  await page.click('button[value="language:en"]');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('h1'), /Toilet raiser/);
  assert.equal(await page.inputValue('[name="common.town"]'), 'Voorbeeld');
  await page.goto('/privacy');
  assert.match(await page.textContent('main'), /Your rights/);
  await page.click('a[hreflang="nl"]');
  assert.match(await page.textContent('main'), /Uw rechten/);
  await visitor.close();
});

test('somebody who is signed in follows the application of another with its code, and sees no decision', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'general-notification');
  await fillForm(page, sample('23-general-notification'));
  await send(page);
  const [receipt] = await receipts(page);
  await signInAs(page, '999904073');
  const refused = await page.goto(`/zaak/${receipt.reference}`);
  assert.equal(refused.status(), 404);
  await openCase(page, receipt);
  assert.match(await page.textContent('h1'), /Melding/);
  assert.equal(await page.locator('form[action$="/ondertekenen"]').count(), 0);
  await visitor.close();
});

test('a wrong code opens nothing', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await openCase(page, { reference: '7KQM-4T9X-HR2D', code: 'AAAA-BBBB-CCCC' });
  assert.match(await page.textContent('#summary'), /horen niet bij elkaar/);
  assert.equal(await page.inputValue('#reference'), '7KQM-4T9X-HR2D');
  const direct = await page.goto('/zaak/7KQM-4T9X-HR2D');
  assert.equal(direct.status(), 401);
  await visitor.close();
});

test('the first page weighs less than 200 kB, and asks nothing of other hosts', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  assert.ok(bytes > 20_000 && bytes < 200_000, `${bytes} bytes`);
  await visitor.close();
});
