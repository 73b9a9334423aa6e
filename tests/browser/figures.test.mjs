import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();

for (const javaScript of [true, false]) {
  test(`an administrator watches what comes in and what is decided, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const reference = await apply(javaScript ? '01-household-help-granted' : '02-toilet-seat-granted');
    const { page, close } = await newColleague('farid', { javaScript });
    await page.goto('/staff/cijfers');
    assert.match(await page.textContent('h1'), /^Cijfers/);
    const charts = page.locator('figure.softbot-chart');
    assert.equal(await charts.count(), 3);
    assert.match(await charts.first().locator('svg').getAttribute('aria-label'), /^Staafgrafiek: Aanvragen per week\./);
    assert.equal(await charts.first().locator('rect').count(), 26);
    await charts.first().locator('summary').click();
    const thisWeek = charts.first().locator('tbody tr').first();
    assert.match(await thisWeek.textContent(), /loopt nog/);
    assert.ok(Number(await thisWeek.locator('td').textContent()) >= 1);
    assert.doesNotMatch(await page.textContent('main'), new RegExp(reference));
    await waitUntilShown(page, 'figure:has(svg[aria-label*="dat de bot nam"]) tbody tr:first-child td:nth-of-type(2):not(:text-is("0"))');

    await page.selectOption('#soort', 'extension');
    await page.click('form[action="/staff/cijfers"] button');
    assert.match(await page.textContent('main'), /de laatste 26 weken van Verlenging van hulp die stopt/);
    assert.equal(await page.inputValue('#soort'), 'extension');
    assert.equal(await page.locator('figure.softbot-chart').first().locator('tbody tr').first().locator('td').textContent(), '0');
    await close();
  });
}

test('a period beside it is chosen by the administrator, and what cannot be is told beside its field', async () => {
  const { page, close } = await newColleague('farid');
  await page.goto('/staff/cijfers');
  assert.equal(await page.locator('#vergelijking').count(), 0);
  await assertGood(page, 'figures');
  await page.fill('#van', 'vorig jaar');
  await page.fill('#tot', '29-3-2026');
  await page.click('form[action="/staff/cijfers"] button');
  assert.match(await page.title(), /^Fout: /);
  assert.match(await page.textContent('#van-error'), /dag, maand en jaar/);
  assert.equal(await page.inputValue('#van'), 'vorig jaar');
  await assertGood(page, 'figures-wrong-period');

  await page.fill('#van', '1-6-2026');
  await page.click('form[action="/staff/cijfers"] button');
  assert.match(await page.textContent('#tot-error'), /Draai ze om/);
  await page.fill('#van', '5 januari 2026');
  await page.click('form[action="/staff/cijfers"] button');
  assert.match(await page.textContent('main'), /5 januari 2026 tot en met 29 maart 2026/);
  const rows = await page.locator('#vergelijking ~ .softbot-table-wrap').first().locator('tbody th').allTextContents();
  assert.deepEqual(rows.slice(0, 3), ['Aanvragen per week', 'Deel van de besluiten dat de bot nam', 'Dagen tot een besluit, gemiddeld']);
  assert.match(await page.textContent('figcaption'), /in de periode ernaast: 0/);
  await page.locator('figure summary').nth(2).click();
  await assertGood(page, 'figures-beside');
  await close();
});

test('each plot can be downloaded as a table', async () => {
  const { page, close } = await newColleague('anna');
  await page.goto('/staff/cijfers?van=5-1-2026&tot=29-3-2026');
  for (const [name, first] of [['instroom', 'week_vanaf;week;soort;ontvangen;periode'], ['besluiten', 'week_vanaf;week;soort;besloten;'], ['antwoorden', 'soort;vraag;ja;een_beetje;nee;periode']]) {
    const address = await page.getAttribute(`a[href^="/staff/cijfers/${name}.csv"]`, 'href');
    const answer = await page.request.get(address);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()['content-type'], /^text\/csv/);
    assert.match(answer.headers()['content-disposition'], new RegExp(`attachment.*${name}\\.csv`));
    const text = await answer.text();
    assert.ok(text.replace('\uFEFF', '').startsWith(first), text.slice(0, 80));
    if (name === 'instroom') assert.match(text, /2026-01-05;2;"Hulp bij het huishouden";0;ernaast/);
  }
  await close();
  const consultant = await newColleague('cora');
  assert.equal((await consultant.page.request.get('/staff/cijfers/instroom.csv')).status(), 403);
  await consultant.close();
});
