import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { today, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();

const form = 'form[action$="/besluit"]';
const reasons = 'U kunt zwaar werk niet zelf.\nDaarom krijgt u hulp.';

async function caseOf(page, sample) {
  const reference = await apply(sample);
  await page.goto('/staff');
  await waitUntilShown(page, `a[href="/staff/zaak/${reference}"]`);
  await page.goto(`/staff/zaak/${reference}`);
  await page.click('section[aria-labelledby="decide"] summary');
  return reference;
}

for (const javaScript of [true, false]) {
  test(`a consultant reads the letter before deciding ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    const reference = await caseOf(page, javaScript ? '13-personal-budget' : '14-long-term-care');

    await page.check('#o-granted');
    await page.fill('#minutes', '90');
    await page.click(`${form} button[value="preview"]:visible`);
    assert.match(await page.textContent('#reasons-error'), /waarom u zo beslist/, 'the letter is refused as the decision would be');
    await page.fill('#reasons', reasons);
    await page.fill('#provider', 'Thuiszorg De Linde');
    await page.click(`${form} button[value="preview"]:visible`);
    assert.match(await page.textContent('h1'), /Zo gaat de brief eruitzien/);
    const letter = await page.textContent('.softbot-letter');
    assert.match(letter, /U kunt zwaar werk niet zelf/);
    assert.match(letter, /90 minuten per week/);
    assert.match(letter, /Thuiszorg De Linde/);
    assert.match(letter, /Bent u het niet eens/i);
    if (javaScript) await assertGood(page, 'staff-letter-before');

    await page.click('button[value="edit"] >> nth=0');
    assert.equal(await page.getAttribute('[data-status]', 'data-status'), 'referred', 'nothing was decided');
    assert.equal(await page.inputValue('#reasons'), reasons);
    assert.equal(await page.inputValue('#minutes'), '90');
    assert.equal(await page.inputValue('#provider'), 'Thuiszorg De Linde');
    assert.ok(await page.isChecked('#o-granted'));
    assert.equal(await page.locator('section[aria-labelledby="documents"] a:has-text("Besluit op uw aanvraag")').count(), 0);

    await page.fill('#minutes', '120');
    await page.press('#minutes', 'Enter');
    assert.match(await page.textContent('.softbot-letter'), /120 minuten per week/, 'Enter shows the letter, and decides nothing');
    await page.click('button[value="decide"]');
    assert.match(await page.textContent('[role="status"]'), /besluit is genomen/);
    await waitUntilShown(page, 'section[aria-labelledby="documents"] a:has-text("Besluit op uw aanvraag")');
    assert.match(await page.textContent('section[aria-labelledby="decision"]'), /Thuiszorg De Linde/);
    assert.ok(reference);
    await visitor.close();
  });

  test(`a consultant chooses a standard text and makes it their own ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    await caseOf(page, javaScript ? '12-urgent' : '15-housemate-can-help');
    await page.check('#o-granted');
    await page.fill('#minutes', '60');
    await page.fill('#reasons', 'Wij spraken u.');
    await page.selectOption('#standard-text', { label: 'Wij kwamen bij u thuis' });
    await page.click(`${form} button[value="insert"]`);
    const inserted = await page.inputValue('#reasons');
    assert.match(inserted, /^Wij spraken u\.\n\nOp \[datum\] kwamen wij bij u thuis/);
    assert.ok(await page.isChecked('#o-granted'));
    assert.equal(await page.inputValue('#minutes'), '60');
    if (javaScript) await assertGood(page, 'staff-standard-text');

    await page.click(`${form} button[value="preview"]:visible`);
    assert.match(await page.textContent('#reasons-error'), /vierkante haken/);
    await page.fill('#reasons', 'Op 3 november kwamen wij bij u thuis. Wij zagen de trap.');
    await page.click(`${form} button[value="preview"]:visible`);
    assert.match(await page.textContent('.softbot-letter'), /Wij zagen de trap/);
    await visitor.close();
  });
}

test('the letter that is looked at can be opened as a PDF', async () => {
  const visitor = await newColleague('cora');
  const { page } = visitor;
  const reference = await caseOf(page, '13-personal-budget');
  const [csrf, version] = [await page.inputValue(`${form} [name="csrf"]`), await page.inputValue(`${form} [name="version"]`)];
  const answer = await page.request.post(`/staff/zaak/${reference}/besluit`, {
    form: { csrf, version, action: 'pdf', outcome: 'granted', minutes: '90', 'grant-from': '2026-12-01', reasons },
    headers: { origin: new URL(page.url()).origin },
  });
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
  assert.match(answer.headers()['content-disposition'], /^inline/);
  await page.reload();
  assert.equal(await page.getAttribute('[data-status]', 'data-status'), 'referred');
  await visitor.close();
});

for (const javaScript of [true, false]) {
  test(`a refusal on other facts asks whether the resident was heard ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    await caseOf(page, javaScript ? '15-housemate-can-help' : '14-long-term-care');
    const refuse = `${form} button[value="decide"]`;
    await page.check('#o-refused');
    await page.fill('#reasons', 'Uw huisgenoot kan dit doen.');
    await page.click(refuse);
    assert.match(await page.textContent('#differs-error'), /Awb 4:7/);
    await page.check('#differs-yes');
    await page.click(refuse);
    assert.match(await page.textContent('#heard-on-error'), /waarom dat niet hoeft/);
    assert.ok(await page.isChecked('#differs-yes'));
    if (javaScript) await assertGood(page, 'staff-hearing-refused');

    await page.click('summary:has-text("Omgekeerde toets")');
    await page.fill('#test-effect', 'Een schoon huis zonder dat zij valt.');
    await page.fill('#heard-on', today());
    await page.fill('#heard-said', 'Mijn zoon werkt ook in het weekend.');
    await page.click(`${form} button[value="preview"]:visible`);
    assert.match(await page.textContent('.softbot-letter'), /spraken wij met u.*In ons gesprek zei u: Mijn zoon werkt ook in het weekend\./s);
    await page.click('button[value="edit"] >> nth=0');
    assert.equal(await page.inputValue('#heard-said'), 'Mijn zoon werkt ook in het weekend.');
    assert.equal(await page.inputValue('#test-effect'), 'Een schoon huis zonder dat zij valt.');
    await page.click(refuse);
    const decision = await page.textContent('section[aria-labelledby="decision"]');
    assert.match(decision, /Afgewezen/);
    assert.match(decision, /Mijn zoon werkt ook in het weekend/);
    assert.match(decision, /Een schoon huis zonder dat zij valt/);
    await visitor.close();
  });
}
