import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { assertGood, openBrowser, openPage, phone } from './support/browser.mjs';
import { chooseTypes, fillForm, receipts, sample, send, signInAs, signInStaff, waitUntilShown } from './support/forms.mjs';
import { source, startNode } from './support/node.mjs';

const helpAtHome = sample('01-household-help-granted');
const toiletSeat = sample('02-toilet-seat-granted');
const showerStool = sample('03-shower-stool-granted');

/** The real mail server of tests/support; `mails` is what it took so far. */
function startMailServer() {
  const child = spawn('/usr/bin/python3', [join(source, 'tests/support/mail_server.py')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const mails = [];
  let rest = '';
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the mail server ended with ${code}`)));
    child.stdout.on('data', (bytes) => {
      const lines = (rest + bytes).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith('listening ')) {
          resolve({
            port: Number(line.split(' ')[1]),
            mails,
            stop: () => new Promise((ended) => {
              child.removeAllListeners('exit');
              child.on('exit', ended);
              child.kill('SIGTERM');
            }),
          });
        } else {
          mails.push(JSON.parse(line));
        }
      }
    });
  });
}

let server;
let node;
let browser;
before(async () => {
  server = await startMailServer();
  node = await startNode({
    settings: {
      publicAddress: 'https://loket.voorbeeld.nl',
      mail: { host: '127.0.0.1', port: server.port, encryption: 'none', senderName: 'Gemeente Voorbeeld', senderAddress: 'loket@voorbeeld.nl' },
    },
  });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
  await server?.stop();
});

async function mailFor(address) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = server.mails.find(({ to }) => to.includes(address));
    if (found) return found;
    await new Promise((wait) => { setTimeout(wait, 100); });
  }
  throw new Error('no such mail came');
}

/** Applies signed in, with this address for messages; the reference. */
async function apply(page, submission, address) {
  await signInAs(page, submission.common.bsn);
  await chooseTypes(page, submission.requests[0].type);
  await fillForm(page, submission, { except: ['electronicDelivery'] });
  await page.check('[name="common.electronicDelivery"][value="yes"]');
  await page.fill('[name="common.email"]', address);
  await send(page);
  return (await receipts(page))[0].reference;
}

test('a resident who agreed gets a mail that says where to look, and finds the decision there', async () => {
  const visitor = await openPage(browser, node.address);
  const { page } = visitor;
  const reference = await apply(page, helpAtHome, 'bewoner@voorbeeld.nl');
  const mail = await mailFor('bewoner@voorbeeld.nl');
  assert.equal(mail.subject, 'Er staat een bericht van Gemeente Voorbeeld voor u klaar');
  assert.match(mail.text, /https:\/\/loket\.voorbeeld\.nl\/mijn\n/);
  assert.doesNotMatch(mail.raw, new RegExp(`${reference}|${helpAtHome.common.bsn}|${helpAtHome.common.birthName}`));

  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, 'text=E-mail gestuurd: er staat een bericht klaar');
  assert.match(await page.textContent('main'), /Besluit op uw aanvraag/);
  assert.match(await page.textContent('#brieven'), /b•••@voorbeeld\.nl/);
  assert.match(await page.textContent('[data-status]'), /U krijgt de brief niet ook met de post/);
  await assertGood(page, 'mail-announced');
  await page.setViewportSize(phone);
  await assertGood(page, 'mail-announced-phone');
  await visitor.close();

  const colleague = await openPage(browser, node.address);
  await signInStaff(colleague.page, 'cora');
  await colleague.page.goto('/staff');
  await colleague.page.click('text=Zaak bij een e-mailadres');
  await assertGood(colleague.page, 'mail-find-address');
  await colleague.page.fill('#address', 'bewoner@voorbeeld.nl');
  await colleague.page.click('button:has-text("Zoek de zaak")');
  assert.equal(new URL(colleague.page.url()).pathname, `/staff/zaak/${reference}`);
  assert.match(await colleague.page.textContent('section[aria-labelledby="outbox"]'), /Besluit op uw aanvraag: per e-mail aangekondigd op/);
  assert.match(await colleague.page.textContent('main'), /E-mail gestuurd: er staat een bericht klaar/);
  await assertGood(colleague.page, 'mail-announced-staff');

  await colleague.page.click('text=Stuur de brieven met de post');
  assert.match(await colleague.page.textContent('[role="status"]'), /De brieven van deze zaak gaan met de post/);
  assert.equal(await colleague.page.locator('text=Stuur de brieven met de post').count(), 0);
  await waitUntilShown(colleague.page, 'text=klaar om te posten. Brief met de post, want een medewerker koos daarvoor');
  assert.match(await colleague.page.textContent('main'), /Brieven gaan voortaan met de post/);
  await assertGood(colleague.page, 'mail-stopped-staff');
  await colleague.page.setViewportSize(phone);
  await assertGood(colleague.page, 'mail-stopped-staff-phone');
  await colleague.close();

  const room = await openPage(browser, node.address);
  await signInStaff(room.page, 'petra');
  await room.page.goto('/staff/post');
  assert.match(await room.page.textContent('main'), new RegExp(reference));
  await room.close();

  const later = await openPage(browser, node.address);
  await signInAs(later.page, helpAtHome.common.bsn);
  await later.page.goto(`/zaak/${reference}`);
  assert.match(await later.page.textContent('main'), /Brieven gaan voortaan met de post/);
  assert.doesNotMatch(await later.page.textContent('[data-status]'), /niet ook met de post/);
  await later.close();
});

test('while a letter waits for its mail, its page does not say that it lies there', async () => {
  const visitor = await openPage(browser, node.address);
  const { page } = visitor;
  const reference = await apply(page, showerStool, 'full@voorbeeld.nl');
  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, '[data-status="decided"]');
  assert.match(await page.textContent('[data-status]'), /U krijgt een e-mail als de brief hier staat/);
  assert.doesNotMatch(await page.textContent('[data-status]'), /U leest het hier/);
  await assertGood(page, 'mail-waits');
  await visitor.close();
});

test('a refused address means a letter by post, and everybody sees why; another address can be given', async () => {
  const visitor = await openPage(browser, node.address, { javaScript: false });
  const { page } = visitor;
  const reference = await apply(page, toiletSeat, 'refused@voorbeeld.nl');
  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, 'text=Brief met de post, want het e-mailadres werkt niet');
  assert.match(await page.textContent('[data-status]'), /U krijgt het per post/);
  assert.match(await page.textContent('#brieven'), /U krijgt onze brieven met de post\. Uw e-mailadres werkt niet/);

  const room = await openPage(browser, node.address);
  await signInStaff(room.page, 'petra');
  await room.page.goto('/staff/post');
  await waitUntilShown(room.page, 'text=want het e-mailadres werkt niet');
  assert.match(await room.page.textContent('main'), new RegExp(reference));
  await assertGood(room.page, 'mail-refused-post');
  await room.close();

  await page.fill('#letter-address', 'geen adres');
  await page.click('#brieven button');
  assert.match(await page.textContent('#summary'), /Vul een e-mailadres in/);
  await visitor.close();

  const again = await openPage(browser, node.address, { viewport: phone });
  await signInAs(again.page, toiletSeat.common.bsn);
  await again.page.goto(`/zaak/${reference}`);
  await again.page.fill('#letter-address', 'zonder apenstaart');
  await again.page.click('#brieven button');
  await assertGood(again.page, 'mail-address-wrong-phone');
  await again.page.fill('#letter-address', 'goed@voorbeeld.nl');
  await again.page.click('#brieven button');
  assert.match(await again.page.textContent('[role="status"]'), /voortaan een e-mail/);
  assert.match(await again.page.textContent('#brieven'), /g•••@voorbeeld\.nl/);
  await again.page.click('#brieven button');
  assert.match(await again.page.textContent('[role="status"]'), /voortaan met de post/);
  await assertGood(again.page, 'mail-back-to-post-phone');
  await again.close();
});

test('where nobody is mailed, nobody is asked for an address', async () => {
  const without = await startNode();
  const visitor = await openPage(browser, without.address);
  const { page } = visitor;
  await signInAs(page, helpAtHome.common.bsn);
  await chooseTypes(page, 'household-help');
  assert.equal(await page.locator('[name="common.electronicDelivery"], [name="common.email"]').count(), 0);
  assert.equal(await page.locator('[name="common.phone"]').count(), 1);
  await fillForm(page, helpAtHome);
  await send(page);
  const { reference } = (await receipts(page))[0];
  await page.goto(`/zaak/${reference}`);
  await waitUntilShown(page, '[data-status="decided"]');
  assert.equal(await page.locator('#brieven').count(), 0);
  await visitor.close();
  await without.stop();
});
