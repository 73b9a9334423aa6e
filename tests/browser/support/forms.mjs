import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source } from './node.mjs';

/** A sample submission by the number that its name begins with. */
export function sample(name) {
  return JSON.parse(readFileSync(join(source, 'samples/submissions', `${name}.json`), 'utf8')).submission;
}

/** Fills in one answer, whatever kind of question it is. */
async function fillOne(page, name, value) {
  if (Array.isArray(value) && typeof value[0] === 'object') {
    for (const [index, row] of value.entries()) {
      if (index > 0) await page.click(`button[value="add:${name}"]`);
      for (const [field, answer] of Object.entries(row)) await fillOne(page, `${name}.${index}.${field}`, answer);
    }
    return;
  }
  if (Array.isArray(value)) {
    for (const option of value) await page.check(`input[name="${name}"][value="${option}"]`);
    return;
  }
  if (typeof value === 'boolean') {
    await page.check(`input[name="${name}"][value="${value ? 'yes' : 'no'}"]`);
    return;
  }
  const text = String(value);
  if (await page.locator(`input[name="${name}.day"]`).count()) {
    const [year, month, day] = text.split('-');
    await page.fill(`input[name="${name}.day"]`, String(Number(day)));
    await page.fill(`input[name="${name}.month"]`, String(Number(month)));
    await page.fill(`input[name="${name}.year"]`, year);
    return;
  }
  if (await page.locator(`input[name="${name}"][type="radio"]`).count()) {
    await page.check(`input[name="${name}"][value="${text}"]`);
    return;
  }
  const box = page.locator(`[name="${name}"]`).first();
  if (!(await box.isEditable())) return;
  await box.fill(text);
}

/** Fills in the application form from a sample submission, without what is named in `except`. */
export async function fillForm(page, submission, { except = [] } = {}) {
  const parts = [['common', submission.common], ...submission.requests.map((request) => [request.type, request.fields])];
  // Asked only where residents are mailed.
  const left = (await page.locator('[name="common.electronicDelivery"]').count()) ? except : [...except, 'electronicDelivery', 'email'];
  for (const [prefix, answers] of parts) {
    for (const [name, value] of Object.entries(answers)) {
      if (!left.includes(name)) await fillOne(page, `${prefix}.${name}`, value);
    }
  }
}

/** Chooses types on the first page and goes on to the form. */
export async function chooseTypes(page, ...types) {
  await page.goto('/');
  for (const type of types) await page.check(`input[name="type"][value="${type}"]`);
  await page.click('main form[action="/aanvragen"] button[type="submit"]');
}

/** On to the page with everything that was filled in, and from there sends it, unless something is missing. */
export async function send(page) {
  await page.click('button[name="action"][value="send"]');
  await confirm(page);
}

/** Sends although something is missing: after send(), on the form that says so. */
export async function sendAllTheSame(page) {
  await page.click('button[name="action"][value="send-anyway"]');
  await confirm(page);
}

async function confirm(page) {
  const button = 'button[name="action"][value="confirm"]';
  if (await page.locator(button).count()) await page.click(button);
}

/** Reference and code of each application on the receipt. */
export async function receipts(page) {
  const references = await page.locator('dd[data-reference]').allTextContents();
  const codes = await page.locator('dd[data-code]').allTextContents();
  return references.map((reference, index) => ({ reference, code: codes[index] }));
}

export async function signInAs(page, bsn) {
  await page.goto('/inloggen');
  await page.fill('#other', bsn);
  await page.click('main form[action="/inloggen"] button[type="submit"]');
}

export async function signInStaff(page, name) {
  await page.goto('/staff/inloggen');
  await page.fill('#name', name);
  await page.fill('#password', `demo-${name}`);
  await page.click('main form[action="/staff/inloggen"] button[type="submit"]');
}

export async function openCase(page, { reference, code }) {
  await page.goto('/zaak');
  await page.fill('#reference', reference);
  await page.fill('#code', code);
  await page.click('main form button[type="submit"]');
}

/** Loads the page again until it shows this; the bot works in the background, and reading a scan takes a slow machine long. */
export async function waitUntilShown(page, selector) {
  for (const end = Date.now() + 180_000; Date.now() < end;) {
    if (await page.locator(selector).count()) return;
    await page.waitForTimeout(300);
    await page.reload();
  }
  throw new Error(`never shown: ${selector}`);
}

/** This day where the municipality is, as 2026-11-27, whatever clock the machine keeps. */
export function today() {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
}
