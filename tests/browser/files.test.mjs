import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood, phone } from './support/browser.mjs';
import { chooseTypes, fillForm, openCase, receipts, sample, send, today } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { newVisitor } = nodeAndBrowser();
const identity = 'living-allowance/identity-document';
const statement = 'living-allowance/bank-statement';

/** A photo of a page of print, in focus or not, as a phone makes it. */
async function photo(visitor, blur) {
  const page = await visitor.page.context().newPage();
  await page.setViewportSize({ width: 1240, height: 1754 });
  const lines = 'Koninkrijk der Nederlanden. Documentnummer, geboortedatum, plaats van uitgifte.<br>'.repeat(30);
  await page.setContent(`<body style="margin:90px;font:28px/1.6 sans-serif;background:#fff;filter:blur(${blur}px)">${lines}</body>`);
  const buffer = await page.screenshot();
  await page.close();
  return { name: 'pas.png', mimeType: 'image/png', buffer };
}

const dutch = (date) => date.toLocaleDateString('nl-NL', { day: '2-digit', month: '2-digit', year: 'numeric' });

/** A bank statement as banks make them: a PDF with characters of its own. */
async function bankStatement(visitor, account, from, until) {
  const page = await visitor.page.context().newPage();
  await page.setContent(`<pre style="font:14px monospace">ABN AMRO                                   Afschrift betaalrekening

Rekeningnummer             Datum afschrift
${account}     ${dutch(until)}
Rekeninghouder: L. Hermans
Periode: ${dutch(from)} t/m ${dutch(until)}

Vorig saldo       Totaal af      Totaal bij     Nieuw saldo
250,00            100,00         20,00          170,00
</pre>`);
  const buffer = await page.pdf({ format: 'A4' });
  await page.close();
  return { name: 'afschrift.pdf', mimeType: 'application/pdf', buffer };
}

async function add(page, name, file) {
  await page.setInputFiles(`[name="file:${name}"]`, file);
  await page.click(`button[value="upload:${name}"]`);
}

test('a photo that is out of focus is told at once, and may be replaced; a sharp one passes', async () => {
  const visitor = await newVisitor({ viewport: phone });
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  await add(page, identity, await photo(visitor, 9));
  assert.match(await page.textContent('[data-look]'), /niet goed lezen/);
  await assertGood(page, 'form-unclear-photo');
  await page.click('button[value^="drop:"]');
  await add(page, identity, await photo(visitor, 0));
  assert.match(await page.textContent('.softbot-files'), /pas\.png/);
  assert.equal(await page.locator('[data-look]').count(), 0);
  await visitor.close();
});

test('a file with a password or of nothing is told too, and never stops anybody', async () => {
  const visitor = await newVisitor({ javaScript: false });
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  await add(page, identity, { name: 'stuk.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\nniets\n%%EOF\n') });
  assert.match(await page.textContent('[data-look]'), /gaat bij ons niet open/);
  await page.click('button[name="action"][value="send"]');
  await page.click('button[value="send-anyway"]');
  assert.match(await page.textContent('[data-look]'), /gaat bij ons niet open/);
  await page.click('button[value="confirm"]');
  assert.equal((await receipts(page)).length, 1);
  await visitor.close();
});

test('a statement tells its own account and days, and the month that is missing is named beside it', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  await chooseTypes(page, 'living-allowance');
  await page.fill('[name="living-allowance.accounts.0.iban"]', 'NL91 ABNA 0417 1643 00');
  const [year, month] = today().split('-').map(Number);
  const from = new Date(year, month - 2, 1);
  const until = new Date(year, month - 1, 0);
  await add(page, statement, await bankStatement(visitor, 'NL91 ABNA 0417 1643 00', from, until));
  const listed = await page.textContent('.softbot-files');
  assert.match(listed, /NL91/);
  assert.match(listed, new RegExp(`1 ${from.toLocaleDateString('nl-NL', { month: 'long' })}`));
  assert.equal(await page.locator('[data-look]').count(), 0);
  assert.match(await page.textContent('[data-still-missing]'), /Nu ontbreekt/);
  await assertGood(page, 'form-statement-missing');

  const early = new Date(year, month - 5, 1);
  await add(page, statement, await bankStatement(visitor, 'NL91 ABNA 0417 1643 00', early, new Date(year, month - 2, 0)));
  const still = page.locator('[data-still-missing]');
  if (await still.count()) assert.doesNotMatch(await still.textContent(), new RegExp(early.toLocaleDateString('nl-NL', { month: 'long' })));
  await visitor.close();
});

test('what is handed in later is looked at too', async () => {
  const visitor = await newVisitor();
  const { page } = visitor;
  const submission = sample('23-general-notification');
  await chooseTypes(page, 'living-allowance');
  await fillForm(page, { common: submission.common, requests: [] }, { except: ['urgent', 'personalPlan', 'wlz', 'earlierProvisions', 'generalPractitioner'] });
  await page.click('button[name="action"][value="send"]');
  await page.click('button[value="send-anyway"]');
  await page.click('button[value="confirm"]');
  await openCase(page, (await receipts(page))[0]);
  await page.selectOption('#kind', 'identity-document');
  await page.setInputFiles('#file', await photo(visitor, 9));
  await page.click('form[action$="/stukken"] button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /bestand is ontvangen.*niet goed lezen/);
  await visitor.close();
});
