import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { sample, signInAs, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newVisitor } = nodeAndBrowser();

/** The page of a case that the bot granted, for the resident whom it is about. */
async function decided(name, looks) {
  const reference = await apply(name);
  const visitor = await newVisitor(looks);
  await signInAs(visitor.page, sample(name).common.bsn);
  await visitor.page.goto(`/zaak/${reference}`);
  await waitUntilShown(visitor.page, '#hoe-ging-het');
  return visitor;
}

for (const javaScript of [true, false]) {
  test(`after a decision a resident says how it went, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const { page, close } = await decided(javaScript ? '01-household-help-granted' : '02-toilet-seat-granted', { javaScript });
    assert.match(await page.textContent('#hoe-ging-het'), /zonder uw naam en zonder uw kenmerk/);
    if (javaScript) await assertGood(page, 'experience');

    await page.click('#hoe-ging-het button');
    assert.match(await page.title(), /^Fout: /);
    assert.match(await page.textContent('#summary'), /minstens één vraag/);
    await page.click('#summary a');
    if (javaScript) await assertGood(page, 'experience-nothing-chosen');

    await page.check('#clear-yes');
    await page.check('#fast-partly');
    const csrf = await page.inputValue('#hoe-ging-het input[name="csrf"]');
    const action = await page.getAttribute('#hoe-ging-het form', 'action');
    await page.click('#hoe-ging-het button');
    assert.match(await page.textContent('[role="status"]'), /Dank u wel/);
    assert.equal(await page.locator('#hoe-ging-het form').count(), 0);
    assert.match(await page.textContent('#hoe-ging-het'), /hebt deze vragen beantwoord/);
    if (javaScript) await assertGood(page, 'experience-answered');

    const again = await page.request.post(action, { form: { csrf, clear: 'no' } });
    assert.equal(again.status(), 200);
    assert.match(await again.text(), /We tellen uw antwoorden één keer/);

    await page.goto('/mijn');
    const cookies = (await page.context().cookies()).filter(({ name }) => name === 'softbot-ervaring');
    assert.deepEqual(cookies.map(({ path, value }) => [path, value]), [[action.replace(/\/ervaring$/, ''), '1']], 'only the browser knows, for this case alone');
    await close();
  });
}

test('the questions stand there in English', async () => {
  const { page, close } = await decided('03-shower-stool-granted', {});
  await page.click('a[hreflang="en"]');
  await waitUntilShown(page, '#hoe-ging-het');
  assert.match(await page.textContent('#hoe-ging-het'), /Do you understand the decision\?/);
  await assertGood(page, 'experience-english');
  await close();
});
