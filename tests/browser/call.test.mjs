import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

// A call is proposed so long before the end of the term that it is time for it at once.
const { apply, newColleague } = nodeAndBrowser({ settings: { repairCallWorkingDays: 30 } });

const why = 'section[aria-labelledby="why"]';
const form = 'form[action$="/gebeld"]';
const events = 'section[aria-labelledby="events"]';

/** A case on its page, after the resident was asked for something and a call is proposed. */
async function toCall(page, sample) {
  const reference = await apply(sample);
  await page.goto('/staff');
  await waitUntilShown(page, `a[href="/staff/zaak/${reference}"]`);
  await page.goto(`/staff/zaak/${reference}`);
  await page.click('section[aria-labelledby="ask"] summary');
  await page.fill('#question', 'Stuur een kopie van uw indicatie.');
  await page.click('form[action$="/vragen"] button');
  await page.goto('/staff?reden=repair-call');
  await waitUntilShown(page, `a[href="/staff/zaak/${reference}"]`);
  assert.match(await page.textContent(`tr:has(a[href="/staff/zaak/${reference}"])`), /lukt het om de stukken te leveren.*Stuur een kopie van uw indicatie/s);
  await page.goto(`/staff/zaak/${reference}`);
}

for (const javaScript of [true, false]) {
  test(`a consultant calls about papers that do not come back ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    await toCall(page, javaScript ? '14-long-term-care' : '13-personal-budget');
    assert.equal(await page.locator('#task-repair-call').count(), 0, 'it has a form of its own');
    if (javaScript) await assertGood(page, 'staff-call');
    assert.match(await page.textContent(why), /De termijn eindigt op .* Nog niet ontvangen:/s);

    await page.click(`${form} button`);
    assert.match(await page.title(), /^Fout: /);
    assert.match(await page.textContent('#call-outcome-error'), /hoe het gesprek ging/);

    await page.check('#call-not-reached');
    await page.fill('#call-note', 'Voicemail ingesproken.');
    await page.click(`${form} button`);
    assert.match(await page.textContent(events), /Niet bereikt\. Voicemail ingesproken\./);

    await page.check('#call-longer');
    await page.fill('#call-note', 'Haar dochter komt zondag.');
    await page.click(`${form} button`);
    assert.match(await page.textContent('#call-until-error'), /later dan de termijn die nu loopt/);
    assert.equal(await page.inputValue('#call-note'), 'Haar dochter komt zondag.');
    if (javaScript) await assertGood(page, 'staff-call-refused');
    const later = new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    await page.fill('#call-until', later);
    await page.click(`${form} button`);
    assert.match(await page.textContent('[role="status"]'), /telefoontje is vastgelegd/);
    assert.match(await page.textContent(events), /Meer tijd, tot en met .* Haar dochter komt zondag\./s);
    await waitUntilShown(page, 'section[aria-labelledby="documents"] a:has-text("U heeft meer tijd")');
    await visitor.close();
  });
}

test('a resident for whom it does not work out is helped along, and the case goes on without the papers', async () => {
  const visitor = await newColleague('cora', { javaScript: false });
  const { page } = visitor;
  await toCall(page, '15-housemate-can-help');
  await page.check('#call-cannot');
  await page.click(`${form} button`);
  assert.match(await page.textContent(why), /Het lukt de inwoner niet om de stukken te leveren/);
  assert.equal(await page.locator(form).count(), 0);
  assert.equal(await page.getAttribute('[data-status]', 'data-status'), 'referred');
  await waitUntilShown(page, 'section[aria-labelledby="documents"] a:has-text("Een consulent kijkt naar uw aanvraag")');
  await visitor.close();
});
