import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SOFTBOT_SHOTS ?? mkdtempSync(join(tmpdir(), 'softbot-shots-'));
mkdirSync(shots, { recursive: true });

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 780 };
export const narrow = { width: 320, height: 640 };

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A page of a visitor with cookies of their own, at one address. Whatever a page logs as an error, or loads from elsewhere than `elsewhere`, fails the test at `close`. */
export async function openPage(browser, address, { viewport = desktop, javaScript = true, elsewhere = [] } = {}) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: javaScript, baseURL: address, locale: 'nl-NL' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    // A refused form is answered with 4xx on purpose; the browser logs that by itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    const known = [address, 'data:', ...elsewhere].some((place) => url.startsWith(place));
    if (!known) complaints.push(`loads from elsewhere: ${new URL(url).origin}`);
  });
  return {
    page,
    async close() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** No violations of WCAG 2.2 A and AA, nor of axe's best practices. */
export async function assertAccessible(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const found = result.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} (${node.failureSummary})`).join(' | ')}`);
  assert.deepEqual(found, [], name);
}

/** Nothing is cut off: the page scrolls in one direction only. */
export async function assertFits(page, name) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `${name}: content is ${content} px wide in a window of ${window} px`);
}

/** The looks of a page that go for all pages: language, title, one main heading, a skip link that works by keyboard. */
export async function assertWellFormed(page, name) {
  assert.match(await page.getAttribute('html', 'lang'), /^(nl|en)$/, name);
  assert.match(await page.title(), / – Gemeente /, name);
  assert.equal(await page.locator('h1').count(), 1, name);
  assert.equal(await page.locator('a.nl-skip-link[href="#inhoud"]').count(), 1, name);
}

/** All that holds for every page, at the widths that people have. 320 px is also what 1280 px is at 400% zoom. */
export async function assertGood(page, name) {
  await page.waitForLoadState();
  for (const [size, viewport] of [['desktop', desktop], ['phone', phone], ['narrow', narrow]]) {
    await page.setViewportSize(viewport);
    await assertFits(page, `${name} at ${viewport.width} px`);
    await assertEndsWithFooter(page, `${name} at ${viewport.width} px`);
    await assertWellFormed(page, name);
    if (size !== 'phone') await assertAccessible(page, `${name} at ${viewport.width} px`);
    await shot(page, `${name}-${size}`);
  }
  await page.setViewportSize(desktop);
}

/** Nothing white below the footer, however short the page is. */
async function assertEndsWithFooter(page, name) {
  const [height, end] = await page.locator('footer').evaluate((footer) => [document.documentElement.scrollHeight,
    footer.getBoundingClientRect().bottom + window.scrollY]);
  assert.ok(Math.abs(height - end) <= 1, `${name}: the footer ends at ${end} px of ${height} px`);
}

export async function shot(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
