import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { assertGood, openBrowser, openPage, phone } from './support/browser.mjs';
import { chooseTypes, fillForm, receipts, sample, send } from './support/forms.mjs';
import { freePort, startNode } from './support/node.mjs';
import { clientId, clientSecret, newKey, startProvider } from './support/provider.mjs';

const submission = sample('02-toilet-seat-granted');
const number = submission.common.bsn;
const signedIn = 'form[action="/uitloggen"]';

/** A node whose residents sign in at a provider of their own, and visitors that come to it. */
async function world({ key } = {}) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const provider = await startProvider({ returnAddress: `${address}/inloggen/terug`, key });
  const node = await startNode({
    demo: false,
    listen: `127.0.0.1:${port}`,
    settings: {
      publicAddress: address,
      residentSignIn: {
        name: 'DigiD',
        issuer: provider.issuer,
        clientId,
        levels: ['midden', 'hoog'],
        ...(key ? { keyFile: 'sign-in.jwk' } : { secretFile: 'sign-in.secret' }),
      },
    },
    files: { 'sign-in.jwk': JSON.stringify(key ?? {}), 'sign-in.secret': `${clientSecret}\n` },
  });
  const browser = await openBrowser();
  return {
    address,
    provider,
    newVisitor: (looks = {}) => openPage(browser, address, { ...looks, elsewhere: [provider.issuer] }),
    async stop() {
      await browser.close();
      await node.stop();
      await provider.stop();
    },
  };
}

/** From our page to the provider's, and through it. */
async function signInThere(page, { as = number, level = 'midden', action = 'Inloggen' } = {}) {
  await page.click('text=Inloggen met DigiD');
  await page.getByLabel('Nummer').fill(as);
  await page.getByLabel('Niveau').fill(level);
  await page.click(`button:text-is("${action}")`);
}

for (const [how, key] of [['a secret', undefined], ['a private key', newKey('ours')]]) {
  describe(`signing in at a provider that knows us by ${how}`, () => {
    let here;
    before(async () => {
      here = await world({ key });
    });
    after(() => here?.stop());

    test('a resident signs in elsewhere, comes back to where they wanted to be, and what they send is signed', async () => {
      const visitor = await here.newVisitor({ javaScript: false });
      const { page } = visitor;
      await page.goto('/mijn');
      await signInThere(page);
      assert.equal(new URL(page.url()).pathname, '/mijn');
      assert.equal(await page.locator(signedIn).count(), 1);
      await chooseTypes(page, 'small-aids');
      await fillForm(page, submission);
      await send(page);
      assert.equal((await receipts(page)).length, 1);
      assert.doesNotMatch(await page.textContent('main'), /handtekening ontbreekt/);
      await visitor.close();
    });
  });
}

describe('signing in at a provider', () => {
  let here;
  before(async () => {
    here = await world();
  });
  after(() => here?.stop());

  test('the page says what signing in is for, and that it can be done without', async () => {
    const visitor = await here.newVisitor();
    const { page } = visitor;
    await page.goto('/inloggen');
    assert.match(await page.textContent('main'), /Log in met DigiD.*ook zonder inloggen/s);
    await assertGood(page, 'sign-on');
    await visitor.close();
  });

  test('who cancels is told so and is not signed in; the next try goes to the same place', async () => {
    const visitor = await here.newVisitor({ viewport: phone });
    const { page } = visitor;
    await page.goto('/mijn');
    await signInThere(page, { action: 'Annuleren' });
    assert.match(await page.textContent('[role="alert"]'), /niet ingelogd, want het inloggen is afgebroken/);
    assert.equal(await page.locator(signedIn).count(), 0);
    await assertGood(page, 'sign-on-cancelled');
    await signInThere(page);
    assert.equal(new URL(page.url()).pathname, '/mijn');
    await visitor.close();
  });

  test('who proves too little, or has no citizen service number, is not signed in', async () => {
    for (const wrong of [{ level: 'basis' }, { as: '123456789' }]) {
      const visitor = await here.newVisitor();
      const { page } = visitor;
      await page.goto('/inloggen');
      await signInThere(page, wrong);
      assert.match(await page.textContent('[role="alert"]'), /Inloggen is niet gelukt/);
      assert.equal(await page.locator(signedIn).count(), 0);
      await visitor.close();
    }
  });

  test('after signing out the provider asks anew: the next one at a shared computer does not get in', async () => {
    const visitor = await here.newVisitor({ javaScript: false });
    const { page } = visitor;
    await page.goto('/inloggen');
    await signInThere(page);
    await page.click(`${signedIn} button`);
    await page.goto('/inloggen');
    await page.click('text=Inloggen met DigiD');
    assert.equal(await page.getByLabel('Nummer').count(), 1);
    await visitor.close();
  });

  test('an answer that somebody else began, or that was used, signs nobody in', async () => {
    const victim = await here.newVisitor();
    const other = await here.newVisitor();
    let answer;
    other.page.on('request', (request) => {
      if (request.url().includes('/inloggen/terug?')) answer = request.url();
    });
    await other.page.goto('/inloggen');
    await signInThere(other.page);
    assert.match(answer, /code=.+state=/);
    await other.page.context().clearCookies();
    for (const { page } of [victim, other]) {
      await page.goto(answer);
      assert.match(await page.textContent('[role="alert"]'), /begon op een andere plek/);
      assert.equal(await page.locator(signedIn).count(), 0);
    }
    await victim.close();
    await other.close();
  });
});

test('while the provider is away everything else goes on, and the page says so', async () => {
  const here = await world();
  try {
    await here.provider.stop();
    const visitor = await here.newVisitor();
    const { page } = visitor;
    await page.goto('/inloggen');
    await page.click('text=Inloggen met DigiD');
    assert.match(await page.textContent('[role="alert"]'), /DigiD geeft nu geen antwoord/);
    assert.match(await page.textContent('main'), /ook zonder inloggen/);
    await assertGood(page, 'sign-on-away');
    await visitor.close();
  } finally {
    await here.stop();
  }
});
