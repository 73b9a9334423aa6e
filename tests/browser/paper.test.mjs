import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertGood } from './support/browser.mjs';
import { waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';
import { source } from './support/node.mjs';

/** In black and white, with ticks beside each other that reach into one another: a person has to look. */
const scan = join(source, 'samples/scans/01-household-help-granted.pdf');

const { newColleague } = nodeAndBrowser({ register: 'samples/scans/register.json' });

test('a scan is read, a consultant checks what is doubtful beside the page, and the case goes on', async () => {
  const room = await newColleague('petra');
  await room.page.goto('/staff/scans');
  await room.page.setInputFiles('#files', scan);
  await room.page.click('form[data-upload] button[type="submit"]');
  await waitUntilShown(room.page, '[data-scans] > li:first-child ul li');
  const reference = (await room.page.locator('[data-scans] > li:first-child ul li .softbot-nowrap').first().textContent()).trim();
  await room.close();

  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto(`/staff/zaak/${reference}`);
  await waitUntilShown(page, '[data-status="referred"]');
  assert.match(await page.textContent('section[aria-labelledby="why"]'), /field-doubtful/);
  await page.click('section[aria-labelledby="paper"] a');

  const checks = page.locator('fieldset[data-check]:has(input[value="ok"])');
  assert.ok((await checks.count()) > 0);
  const picture = page.locator('.softbot-sheet img').first();
  assert.ok((await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 500);
  // A tick is cut from its page, with the words beside it.
  const tick = checks.first().locator('.softbot-crop svg');
  const [x, , width] = (await tick.getAttribute('viewBox')).split(' ').map(Number);
  const place = page.locator(`#plek-${await checks.first().getAttribute('data-check')} rect`);
  assert.ok(x < Number(await place.getAttribute('x')) - 10);
  assert.ok(x + width > Number(await place.getAttribute('x')) + Number(await place.getAttribute('width')));
  assert.ok((await tick.locator('image').evaluate(async (image) => {
    const same = new Image();
    same.src = image.href.baseVal;
    await same.decode();
    return same.naturalWidth;
  })) > 500);
  const numbers = await page.locator('.softbot-check__number').allTextContents();
  assert.deepEqual(numbers, numbers.map((_, index) => String(index + 1)));
  await assertGood(page, 'paper');

  await page.click('#opslaan button');
  assert.match(await page.textContent('#melding'), /nog niets gekozen. Er is dus niets veranderd/);
  await page.waitForFunction(() => document.activeElement?.id === 'melding');
  assert.doesNotMatch(await page.title(), /^Fout/);

  await page.click('[data-zoom="in"]');
  assert.equal(await page.textContent('[data-zoom-level]'), '150%');
  const doubtful = page.locator('h2#na-te-kijken ~ fieldset[data-check]');
  for (let index = 0; index < (await doubtful.count()); index += 1) {
    const choices = doubtful.nth(index).locator('input[type="radio"]');
    const values = await choices.evaluateAll((inputs) => inputs.map((input) => input.value));
    await choices.last().focus();
    assert.equal(await page.locator('.softbot-place--current').count(), 1);
    await page.keyboard.press(String(values.indexOf('ok') + 1));
  }
  for (const box of await page.locator('input[name="twijfel"]').all()) await box.check();
  await page.click('#opslaan button');
  assert.match(await page.textContent('[role="status"]'), /nagekeken|Opgeslagen/);
  await page.goto(`/staff/zaak/${reference}`);
  await waitUntilShown(page, 'section[aria-labelledby="why"]:not(:has-text("field-doubtful"))');
  assert.match(await page.textContent('section[aria-labelledby="events"]'), /opnieuw/i);
  await visitor.close();
});
