import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SOFTBOT_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 780 };
export const narrow = { width: 320, height: 640 };

/** Milliseconds that scripts, and what they ask for, come late: as on a slow line. Shows tests that look before a page is ready. */
const lateScripts = Number(process.env.SOFTBOT_LATE_SCRIPTS ?? 0);
/** How many times slower pages compute. */
const slowProcessor = Number(process.env.SOFTBOT_SLOW_CPU ?? 1);
const ofScripts = new Set(['script', 'fetch', 'xhr', 'eventsource']);

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

async function slowDown(context) {
  if (lateScripts > 0) {
    await context.route('**/*', async (route) => {
      if (ofScripts.has(route.request().resourceType())) await delay(lateScripts);
      await route.continue().catch(() => {}); // the page may have gone meanwhile
    });
  }
  if (slowProcessor > 1) {
    context.on('page', async (page) => {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowProcessor });
    });
  }
}

/** A press that leads to another page ends when that page is whole, with what its scripts do to it. */
function waitForWholePages(context) {
  context.on('page', (page) => {
    for (const name of ['click', 'press']) {
      const act = page[name].bind(page);
      page[name] = async (...how) => {
        await act(...how);
        await page.waitForLoadState();
      };
    }
  });
}

/**
 * Keeps scripts away from this page, as a slow line does; gives what lets them come. Meanwhile no page is whole: press by locators, and go with
 * `waitUntil: 'commit'`.
 */
export async function holdScripts(page) {
  let held = [];
  await page.route('**/*.js', (route) => (held === null ? route.fallback() : held.push(route)));
  return async ({ forThisPage = true } = {}) => {
    const waiting = held;
    held = null;
    if (forThisPage) await Promise.all(waiting.map((route) => route.fallback()));
  };
}

/** A page of a visitor with cookies of their own, at one address. Whatever a page logs as an error, or loads from elsewhere than `elsewhere`, fails the test at `close`. */
export async function openPage(browser, address, { viewport = desktop, javaScript = true, elsewhere = [] } = {}) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: javaScript, baseURL: address, locale: 'nl-NL' });
  await slowDown(context);
  waitForWholePages(context);
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
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  // Only what is wrong: all that is right is much to gather and to bring over.
  const violations = await page.evaluate(async () => (await globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  })).violations);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} (${node.failureSummary})`).join(' | ')}`);
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

/** A picture of the whole page, for who wants to see it. */
export async function shot(page, name) {
  if (!shots) return;
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
