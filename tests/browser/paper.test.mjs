import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, desktop, narrow, newVisitor, openBrowser, phone, shot } from './support/browser.mjs';
import { signInStaff, waitUntilShown } from './support/forms.mjs';
import { source, startNode } from './support/node.mjs';

/** Handwriting whose ticks fill their boxes, as somebody does who takes one back: a person has to look. */
const scan = join(source, 'samples/scans/11-any-order-upside-down.pdf');

let node;
let browser;
before(async () => {
  node = await startNode({ register: 'samples/scans/register.json' });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

test('a scan is read, a consultant checks what is doubtful beside the page, and the case goes on', async () => {
  const room = await newVisitor(browser, node.address);
  await signInStaff(room.page, 'petra');
  await room.page.goto('/staff/scans');
  await room.page.setInputFiles('#files', scan);
  await room.page.click('form[data-upload] button[type="submit"]');
  await waitUntilShown(room.page, '[data-scans] > li:first-child ul li');
  const reference = (await room.page.locator('[data-scans] > li:first-child ul li .softbot-nowrap').first().textContent()).trim();
  await room.close();

  const visitor = await newVisitor(browser, node.address);
  const { page } = visitor;
  await signInStaff(page, 'cora');
  await page.goto(`/staff/zaak/${reference}`);
  await waitUntilShown(page, '[data-status="referred"]');
  assert.match(await page.textContent('section[aria-labelledby="why"]'), /field-doubtful/);
  await page.click('section[aria-labelledby="paper"] a');

  const checks = page.locator('fieldset[data-check]:has(input[value="ok"])');
  assert.ok((await checks.count()) > 0);
  const picture = page.locator('.softbot-sheet img').first();
  assert.ok((await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 500);
  const crop = checks.first().locator('.softbot-crop img');
  assert.ok((await crop.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 50);
  for (const [size, viewport] of [['desktop', desktop], ['phone', phone], ['narrow', narrow]]) {
    await page.setViewportSize(viewport);
    await assertFits(page, `paper at ${viewport.width} px`);
    if (size !== 'phone') await assertAccessible(page, `paper at ${viewport.width} px`);
    await shot(page, `paper-${size}`);
  }
  await page.setViewportSize(desktop);

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
