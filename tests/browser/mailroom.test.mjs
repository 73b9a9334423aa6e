import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { fillForm, sample, today, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();

/** Ends like a PDF and is none: it goes to a person, whoever tries to read it. */
function brokenPdf(name) {
  return { name: `${name}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 no pages at all: ${name}\n%%EOF\n`) };
}

/** The scan that came last. Its file's name goes once all of it lies with one case or item. */
const newest = '[data-scans] > li:first-child';
const itemOfNewest = `${newest} a[href^="/staff/binnengekomen/"]`;

async function upload(page, ...files) {
  await page.goto('/staff/scans');
  await page.setInputFiles('#files', files);
  await page.click('form[data-upload] button[type="submit"]');
}

for (const javaScript of [true, false]) {
  test(`the mail room uploads scans and sees what came of them ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const visitor = await newColleague('petra', { javaScript });
    const { page } = visitor;
    const name = `stapel-${javaScript}`;
    await upload(page, brokenPdf(name), brokenPdf(`${name}-twee`));
    assert.match(await page.textContent('[role="status"]'), /2 bestanden zijn opgenomen/);
    await waitUntilShown(page, itemOfNewest);

    await upload(page, brokenPdf(name));
    assert.match(await page.textContent('[role="status"]'), /hadden we al/);

    await upload(page, { name: 'foto.heic', mimeType: 'image/heic', buffer: Buffer.from('ftypheic') });
    assert.match(await page.title(), /^Fout: /);
    assert.match(await page.textContent('#summary'), /foto\.heic: dit is geen PDF/);
    await visitor.close();
  });
}

test('scans are dropped on the field, and listed before they are sent', async () => {
  const visitor = await newColleague('petra');
  const { page } = visitor;
  await page.goto('/staff/scans');
  await page.evaluate(() => {
    const files = new DataTransfer();
    for (const name of ['gesleept-een.pdf', 'gesleept-twee.pdf']) files.items.add(new File([`%PDF-1.7 ${name}\n%%EOF\n`], name));
    const field = document.querySelector('[data-drop]');
    field.dispatchEvent(new DragEvent('dragover', { dataTransfer: files, bubbles: true, cancelable: true }));
    field.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
  });
  assert.deepEqual(await page.locator('[data-chosen] li').allTextContents(), ['gesleept-een.pdf', 'gesleept-twee.pdf']);
  await page.click('form[data-upload] button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /2 bestanden zijn opgenomen/);
  await visitor.close();
});

test('filters stay on the way to a scan and back', async () => {
  const visitor = await newColleague('petra', { javaScript: false });
  const { page } = visitor;
  await upload(page, brokenPdf('blijft'));
  await waitUntilShown(page, itemOfNewest);
  const state = await page.locator(`${newest} .utrecht-badge-status`).textContent();
  await page.selectOption('#f-toestand', { label: state });
  await page.click('form[aria-label="Scans filteren"] button');
  await page.click(`${newest} h3 a`);
  assert.match(await page.textContent('h1'), /^Scan van /);
  await page.click('.softbot-back');
  assert.equal(await page.locator('#f-toestand option:checked').textContent(), state);
  await visitor.close();
});

test('the mail room puts a letter with its case, and closes what is nothing', async () => {
  const reference = await apply('12-urgent');

  const visitor = await newColleague('petra');
  const { page } = visitor;
  await upload(page, brokenPdf('klacht'));
  await waitUntilShown(page, itemOfNewest);
  await page.click(itemOfNewest);
  assert.match(await page.textContent('main'), /Het hele bestand/);
  const file = await page.request.get(await page.locator('a[href*="/document/"]').first().getAttribute('href'));
  assert.match((await file.body()).toString(), /no pages at all: klacht/);
  assert.equal(file.headers()['cache-control'], 'no-store');

  await page.fill('#reference', 'bestaat niet');
  await page.click('form[action*="/koppelen"] button');
  assert.match(await page.textContent('#summary'), /kenmerk/);
  await page.fill('#reference', reference.toLowerCase());
  await page.selectOption('#kind', 'complaint');
  await page.click('form[action*="/koppelen"] button');
  assert.match(await page.textContent('[role="status"]'), /ligt nu bij de zaak/);

  await upload(page, brokenPdf('reclame'));
  await waitUntilShown(page, itemOfNewest);
  await page.click(itemOfNewest);
  await page.click('form[action*="/sluiten"] button');
  assert.match(await page.textContent('#summary'), /Schrijf kort op/);
  await page.fill('#close-note', 'Reclame.');
  await page.click('form[action*="/sluiten"] button');
  assert.match(await page.textContent('[role="status"]'), /afgehandeld/);
  await visitor.close();

  const consultant = await newColleague('cora');
  await consultant.page.goto(`/staff/zaak/${reference}`);
  assert.match(await consultant.page.textContent('section[aria-labelledby="why"]'), /klacht/);
  assert.match(await consultant.page.textContent('section[aria-labelledby="documents"]'), /scan/i);
  await consultant.close();
});

test('a consultant types an application over from post that could not be read', async () => {
  const room = await newColleague('petra');
  await upload(room.page, brokenPdf('brief'));
  await waitUntilShown(room.page, itemOfNewest);
  const address = await room.page.locator(itemOfNewest).getAttribute('href');
  await room.close();

  const visitor = await newColleague('cora', { javaScript: false });
  const { page } = visitor;
  await page.goto(address.replace('binnengekomen', 'zaak'));
  assert.match(page.url(), /binnengekomen/);
  await page.selectOption('#soort', 'small-aids');
  await page.click('form[action$="/overnemen/beginnen"] button');
  await fillForm(page, sample('02-toilet-seat-granted'), { except: ['electronicDelivery', 'email'] });
  await page.check('[name="common.signature"][value="yes"]');
  const [year, month, day] = today().split('-');
  await page.fill('[name="common.signingDate.day"]', day);
  await page.fill('[name="common.signingDate.month"]', month);
  await page.fill('[name="common.signingDate.year"]', year);
  await page.locator('input[type="checkbox"][name$="difficulties"]').first().check();
  await page.click('main form button[value="start"]:not(.softbot-visually-hidden)');
  assert.match(await page.textContent('[role="status"]'), /overgenomen van papier/);
  await waitUntilShown(page, '[data-status="decided"]');
  assert.match(await page.textContent('section[aria-labelledby="paper"]'), /Overgenomen van papier door cora/);
  await visitor.close();
});

test('what somebody types over is not lost when a colleague closes the post', async () => {
  const room = await newColleague('petra');
  await upload(room.page, brokenPdf('samen'));
  await waitUntilShown(room.page, itemOfNewest);
  const address = await room.page.locator(itemOfNewest).getAttribute('href');

  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto(address);
  await page.selectOption('#soort', 'small-aids');
  await page.click('form[action$="/overnemen/beginnen"] button');
  await page.fill('[name="common.street"]', 'Lindelaan');
  await room.page.goto(address);
  assert.match(await room.page.textContent('.softbot-claim'), /In behandeling bij cora/);
  assert.equal(await room.page.locator('form[action*="/sluiten"]').count(), 0);
  await assertGood(room.page, 'mailroom-item-held');

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(address);
  await elsewhere.click('form[action*="/loslaten"] button');
  await elsewhere.close();
  await room.page.reload();
  await room.page.fill('#close-note', 'Dubbel gescand.');
  await room.page.click('form[action*="/sluiten"] button');
  await room.close();

  await page.click('main form button[value="start"]:not(.softbot-visually-hidden)');
  assert.match(await page.textContent('h1'), /al afgehandeld/);
  assert.match(await page.textContent('main'), /Dubbel gescand/);
  assert.match(await page.textContent('main'), /Lindelaan/);
  await assertGood(page, 'mailroom-too-late');
  await visitor.close();
});

/** A printed letter as a PDF, made by the browser itself. */
async function printedLetter(page, name, lines) {
  const paper = await page.context().newPage();
  await paper.setContent(`<html lang="nl"><title>${name}</title><body style="font: 13pt/1.5 serif; white-space: pre-line">${lines.join('\n')}</body></html>`);
  const buffer = await paper.pdf({ format: 'A4', margin: { top: '25mm', left: '25mm', right: '25mm', bottom: '25mm' } });
  await paper.close();
  return { name: `${name}.pdf`, mimeType: 'application/pdf', buffer };
}

test('a printed letter shows its picture, what it probably is and why, and the case that it names', async () => {
  const reference = await apply('12-urgent');
  const visitor = await newColleague('petra');
  const { page } = visitor;
  await upload(page, await printedLetter(page, 'bezwaar', [
    'J. de Wit', 'Molenstraat 14', '1234 CD Voorbeeld', '', 'Gemeente Voorbeeld', 'Raadhuisplein 1', '1234 AB Voorbeeld', '',
    `Uw kenmerk: ${reference}`, 'Betreft: bezwaarschrift', '', 'Geacht college,', '',
    'Hierbij maak ik bezwaar tegen uw besluit over de hulp bij het huishouden. Ik ben het er niet mee eens.', '',
    'Hoogachtend,', 'J. de Wit',
  ]));
  await waitUntilShown(page, itemOfNewest);
  await page.click(itemOfNewest);
  assert.match(await page.textContent('[data-letter-kind]'), /Waarschijnlijk: bezwaar \(9\d%\)/);
  assert.match(await page.textContent('[data-letter]'), /Omdat er staat:\s*bezwaarschrift/);
  assert.match(await page.textContent('[data-letter]'), /Molenstraat 14, 1234 CD Voorbeeld/);
  assert.match(await page.textContent('[data-transcript]'), /maak ik bezwaar tegen uw besluit/);
  assert.equal(await page.inputValue('#reference'), reference);
  assert.equal(await page.inputValue('#kind'), 'objection');
  const picture = await page.locator('.softbot-sheet img').first().evaluate((image) => image.getBoundingClientRect().top + scrollY);
  const read = await page.locator('[data-letter]').first().evaluate((letter) => letter.getBoundingClientRect().top + scrollY);
  assert.ok(picture < read + 200, 'the picture stands beside what was read, or before it');
  await page.locator('[data-letter] summary').click();
  await assertGood(page, 'mailroom-letter');

  await upload(page, await printedLetter(page, 'folder', ['Uitnodiging voor de jaarvergadering van de vereniging op 12 mei.', 'De agenda vindt u hierbij.']));
  await waitUntilShown(page, itemOfNewest);
  const folder = await page.locator(itemOfNewest).getAttribute('href');
  await page.goto('/staff/binnengekomen');
  assert.match(await page.locator('.softbot-list > li').first().textContent(), /Kan niet wachten/);
  await assertGood(page, 'mailroom-urgent');
  await page.goto(folder);
  assert.match(await page.textContent('[data-letter-kind]'), /weet niet wat voor brief/);
  await visitor.close();
});

test('pages of the mail room', async () => {
  const visitor = await newColleague('petra');
  const { page } = visitor;
  await upload(page, brokenPdf('netjes'));
  await waitUntilShown(page, itemOfNewest);
  await assertGood(page, 'mailroom-scans');
  const address = await page.locator(itemOfNewest).getAttribute('href');
  await page.click(`${newest} h3 a`);
  await assertGood(page, 'mailroom-scan');
  await page.goto('/staff/binnengekomen');
  await assertGood(page, 'mailroom-incoming');
  await page.goto(address);
  await assertGood(page, 'mailroom-item');
  await page.click('form[action*="/sluiten"] button');
  await assertGood(page, 'mailroom-item-refused');
  await visitor.close();

  const clerk = await newColleague('bas');
  await clerk.page.goto(`${address}/overnemen?soort=household-help`);
  await assertGood(clerk.page, 'mailroom-type-over');
  await clerk.close();
});
