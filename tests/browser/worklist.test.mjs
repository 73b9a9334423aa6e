import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood, holdScripts } from './support/browser.mjs';
import { signInStaff, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague, newVisitor } = nodeAndBrowser();

/** Cases that wait: the first is urgent, the third asks for a small aid. They come with the first test. */
const cases = {};
async function someCases() {
  if (Object.keys(cases).length) return;
  for (const name of ['12-urgent', '13-personal-budget', '14-long-term-care', '15-housemate-can-help']) cases[name] = await apply(name);
  const { page, close } = await newColleague('cora', { javaScript: false });
  await page.goto('/staff?lijst=');
  for (const reference of Object.values(cases)) await waitUntilShown(page, rowOf(reference));
  await close();
}

const rowOf = (reference) => `a[href="/staff/zaak/${reference}"]`;
const shownOn = (page) => page.locator('a[data-row] strong').allTextContents();
const openCase = async (page) => page.textContent('[data-reference]');

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without';

  test(`what a consultant chose in the worklist stays, until they choose all cases again, ${how} JavaScript`, async () => {
    await someCases();
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    await page.goto('/staff');
    assert.equal(await page.locator('.softbot-chosen').count(), 0);
    await page.selectOption('#f-soort', 'small-aids');
    await page.click('form[action="/staff"] button');
    assert.deepEqual(await shownOn(page), [cases['14-long-term-care']]);
    assert.match(await page.textContent('.softbot-chosen'), /niet alles.*Soort aanvraag: .*hulpmiddel/is);
    if (javaScript) await assertGood(page, 'worklist-chosen');

    await page.click(rowOf(cases['14-long-term-care']));
    await page.click('text=Terug naar de werkvoorraad');
    assert.deepEqual(await shownOn(page), [cases['14-long-term-care']]);
    assert.equal(await page.inputValue('#f-soort'), 'small-aids');

    const [kept] = (await page.context().cookies()).filter((cookie) => cookie.name === 'softbot-werkvoorraad');
    assert.match(kept.value, /^[^.]{12}\.soort=small-aids$/);
    assert.equal(kept.httpOnly, true);

    // The next day, after a colleague worked at the same computer.
    await page.click('text=/^Uitloggen/');
    await signInStaff(page, 'farid');
    await page.goto('/staff');
    assert.equal((await shownOn(page)).length, 4);
    await page.click('text=/^Uitloggen/');
    await signInStaff(page, 'cora');
    await page.goto('/staff');
    assert.deepEqual(await shownOn(page), [cases['14-long-term-care']]);

    await page.click('text=Alle zaken');
    assert.equal((await shownOn(page)).length, 4);
    await page.goto('/staff');
    assert.equal((await shownOn(page)).length, 4);
    assert.equal(await page.locator('.softbot-chosen').count(), 0);
    await visitor.close();
  });

  test(`the tabs count the cases they lead to, and urgent help comes first, ${how} JavaScript`, async () => {
    await someCases();
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    const tabs = 'nav[aria-label="Delen van de werkvoorraad"] a';
    await page.goto('/staff?lijst=');
    assert.equal((await shownOn(page))[0], cases['12-urgent']);
    assert.match(await page.locator('tbody tr').first().textContent(), /Spoed/);
    assert.deepEqual(await page.locator(tabs).allTextContents(),
      ['Mijn zaken (0)', 'Alle (4)', 'Spoed of te laat (1)', 'Termijn binnen 7 dagen (0)']);
    await page.click(`${tabs}:has-text("Spoed")`);
    assert.deepEqual(await shownOn(page), [cases['12-urgent']]);
    assert.equal(await page.textContent(`${tabs}[aria-current="page"]`), 'Spoed of te laat (1)');
    await page.selectOption('#f-soort', 'small-aids');
    await page.click('form[action="/staff"] button');
    assert.deepEqual(await page.locator(tabs).allTextContents(),
      ['Mijn zaken (0)', 'Alle (1)', 'Spoed of te laat (0)', 'Termijn binnen 7 dagen (0)']);
    assert.match(await page.textContent('main'), /Er wacht niets met deze keuze/);
    if (javaScript) await assertGood(page, 'worklist-nothing-waits');

    await page.goto(`/staff/zaak/${cases['14-long-term-care']}`);
    await page.click('form[action$="/pakken"] button');
    await page.goto('/staff?lijst=mij');
    assert.deepEqual(await shownOn(page), [cases['14-long-term-care']]);
    assert.equal(await page.textContent(`${tabs}[aria-current="page"]`), 'Mijn zaken (1)');
    await page.goto(`/staff/zaak/${cases['14-long-term-care']}`);
    await page.click('form[action$="/loslaten"] button');
    await visitor.close();
  });
}

test('by keys alone from the list into a case, to the next and back', async () => {
  await someCases();
  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto('/staff?lijst=');
  const order = await shownOn(page);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('j');
  assert.equal(await focused(), order[0]);
  await page.keyboard.press('j');
  assert.equal(await focused(), order[1]);
  await page.keyboard.press('k');
  assert.equal(await focused(), order[0]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/staff\/zaak/);
  assert.equal(await openCase(page), order[0]);
  assert.equal(await page.locator('a[data-key="p"]').count(), 0);
  for (const [key, expected] of [['n', 1], ['n', 2], ['p', 1]]) {
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    assert.equal(await openCase(page), order[expected]);
  }
  await page.click('[data-keys] summary');
  await assertGood(page, 'case-with-keys');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('w')]);
  assert.match(await page.textContent('h1'), /Werkvoorraad/);
  await visitor.close();
});

test('the keys keep still where somebody types, before leaving what is not sent, and when they are switched off', async () => {
  await someCases();
  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto('/staff?lijst=');
  const [first, second] = await shownOn(page);
  await page.goto(`/staff/zaak/${first}`);
  await page.click('section[aria-labelledby="ask"] summary');
  await page.click('#question');
  await page.keyboard.type('n en p');
  assert.equal(await page.inputValue('#question'), 'n en p');
  assert.equal(await openCase(page), first);

  await page.click('h1');
  await page.keyboard.press('n');
  assert.match(await page.textContent('[data-keys-say]'), /nog niet is verstuurd. Druk nog een keer op n/);
  await assertGood(page, 'case-key-warns');
  assert.equal(await openCase(page), first);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('n')]);
  assert.equal(await openCase(page), second);

  await page.click('[data-keys] summary');
  await page.uncheck('#keys-on');
  await page.reload();
  assert.equal(await page.isChecked('#keys-on'), false);
  assert.equal(await page.locator('kbd.softbot-key').first().isVisible(), false);
  assert.equal(await page.getAttribute('a[data-key="n"]', 'aria-keyshortcuts'), null);
  const taken = await page.evaluate(() => {
    const press = new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true });
    document.body.dispatchEvent(press);
    return press.defaultPrevented;
  });
  assert.equal(taken, false);
  await visitor.close();
});

test('on a slow line, a key leaves what was typed before the script was there no more than what was typed after', async () => {
  await someCases();
  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto('/staff?lijst=');
  const [first] = await shownOn(page);
  const letScriptsCome = await holdScripts(page);
  await page.goto(`/staff/zaak/${first}`, { waitUntil: 'commit' });
  await page.locator('section[aria-labelledby="ask"] summary').click();
  await page.locator('#question').fill('Wie helpt u nu?');
  await letScriptsCome();
  await page.waitForLoadState();
  await page.click('h1');
  await page.keyboard.press('n');
  assert.match(await page.textContent('[data-keys-say]'), /nog niet is verstuurd/);
  assert.equal(await openCase(page), first);
  await visitor.close();
});

for (const javaScript of [true, false]) {
  test(`several cases are taken at once, and what could not be is told case by case, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    await someCases();
    const visitor = await newColleague('cora', { javaScript });
    const { page } = visitor;
    await page.goto('/staff?lijst=');
    const [first, second] = await shownOn(page);
    const boxOf = (reference) => `input[name="zaak"][value^="${reference}:"]`;
    await page.click('button[name="actie"][value="ik"]');
    assert.match(await page.textContent('main'), /Kies eerst een of meer zaken/);

    await page.goto('/staff');
    if (javaScript) {
      await page.keyboard.press('j');
      await page.keyboard.press('x');
    } else {
      await page.check(boxOf(first));
    }
    await page.check(boxOf(second));
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(`/staff/zaak/${second}`);
    await elsewhere.click('form[action$="/pakken"] button');
    await elsewhere.close();
    await page.click('button[name="actie"][value="ik"]');
    assert.match(await page.textContent('h1'), /Niet alles is toegewezen/);
    assert.match(await page.textContent('main'), /1 zaak is nu bij cora/);
    assert.deepEqual(await page.locator('main li a').allTextContents(), [second]);
    assert.match(await page.textContent('main li'), /intussen veranderd/);
    if (javaScript) await assertGood(page, 'worklist-not-all-assigned');

    await page.click('text=Terug naar de werkvoorraad');
    await page.check(boxOf(second));
    assert.equal(await page.locator('#colleague').count(), 0, 'nobody else is a consultant here');
    await page.click('button[name="actie"][value="ik"]');
    assert.match(await page.textContent('[role="status"]'), /1 zaak is toegewezen/);
    if (javaScript) await assertGood(page, 'worklist-assigned');
    await page.goto('/staff?lijst=mij');
    assert.deepEqual(await shownOn(page), [first, second]);
    for (const reference of [first, second]) {
      await page.goto(`/staff/zaak/${reference}`);
      await page.click('form[action$="/loslaten"] button');
    }
    await page.goto('/staff?lijst=');
    await visitor.close();
  });
}

test('after a decision the next case of the list is one key away, and without JavaScript one link', async () => {
  await someCases();
  const visitor = await newColleague('cora');
  const { page } = visitor;
  await page.goto('/staff?lijst=');
  const order = await shownOn(page);
  await page.click(rowOf(order[1]));
  await page.click('section[aria-labelledby="decide"] summary');
  await page.check('#o-refused');
  await page.check('#differs-no');
  await page.fill('#reasons', 'Dit kan op een andere manier.');
  await page.click('form[action$="/besluit"] button[value="decide"]');
  assert.match(await page.textContent('[role="status"]'), /besluit is genomen/);
  await assertGood(page, 'case-decided-with-way-on');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('n')]);
  assert.equal(await openCase(page), order[2]);
  await visitor.close();

  const plain = await newVisitor({ javaScript: false });
  await signInStaff(plain.page, 'cora');
  await plain.page.goto('/staff?lijst=');
  const left = await shownOn(plain.page);
  await plain.page.click(rowOf(left[0]));
  await plain.page.click('section[aria-labelledby="ask"] summary');
  await plain.page.fill('#question', 'Wie helpt u nu?');
  await plain.page.click('form[action$="/vragen"] button');
  assert.match(await plain.page.textContent('main'), /De vraag gaat per brief/);
  await plain.page.click('a[data-key="n"]');
  assert.equal(await openCase(plain.page), left[1]);
  await plain.page.click('a[data-key="n"]');
  assert.match(await plain.page.textContent('main'), /laatste zaak van uw lijst/);
  assert.equal(await plain.page.locator('a[data-key="n"]').count(), 0);
  await plain.close();
});
