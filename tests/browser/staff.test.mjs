import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGood, shot } from './support/browser.mjs';
import { fillForm, receipts, sample, send, signInStaff, waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague, newVisitor } = nodeAndBrowser();

async function inQueue(page, reference) {
  await page.goto('/staff');
  await waitUntilShown(page, `a[href="/staff/zaak/${reference}"]`);
}

for (const javaScript of [true, false]) {
  test(`a consultant claims, corrects, asks and decides ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const reference = await apply(javaScript ? '12-urgent' : '13-personal-budget');
    const visitor = await newVisitor({ javaScript });
    const { page } = visitor;
    await page.goto(`/staff/zaak/${reference}`);
    assert.match(await page.textContent('h1'), /Inloggen voor medewerkers/);
    await signInStaff(page, 'cora');
    await inQueue(page, reference);
    await shot(page, 'staff-queue');
    await page.click(`a[href="/staff/zaak/${reference}"]`);
    assert.match(await page.textContent('section[aria-labelledby="why"]'), javaScript ? /meteen nodig/ : /budget/i);

    await page.click('form[action$="/pakken"] button');
    assert.match(await page.textContent('main'), /U behandelt deze zaak/);

    await page.click('section[aria-labelledby="correct"] summary');
    await page.fill('[name="household-help.roomsInUse"]', '3');
    await page.uncheck('#again');
    await page.click('form[action$="/gegevens"] button:has-text("Verbetering opslaan")');
    assert.match(await page.textContent('#summary'), /waarom/);
    assert.equal(await page.inputValue('[name="household-help.roomsInUse"]'), '3');
    await page.fill('#why-text', 'Gebeld: er zijn drie kamers.');
    await page.uncheck('#again');
    await page.click('form[action$="/gegevens"] button:has-text("Verbetering opslaan")');
    assert.match(await page.textContent('section[aria-labelledby="events"]'), /"2" -> "3"; Gebeld/);

    await page.click('section[aria-labelledby="decide"] summary');
    await page.check('#o-granted-in-part');
    await page.fill('#minutes', '90');
    await page.check('#differs-no');
    await page.click('form[action$="/besluit"] button[value="decide"]');
    assert.match(await page.title(), /^Fout: /);
    assert.match(await page.textContent('#reasons-error'), /waarom/);
    assert.equal(await page.inputValue('#minutes'), '90');
    await page.fill('#reasons', 'U kunt licht werk zelf doen. Daarom krijgt u hulp voor het zware werk.');
    await shot(page, 'staff-case');
    await page.click('form[action$="/besluit"] button[value="decide"]');
    assert.match(await page.textContent('[role="status"]'), /besluit is genomen/);
    assert.match(await page.textContent('section[aria-labelledby="decision"]'), /Deels toegekend/);
    await waitUntilShown(page, 'section[aria-labelledby="documents"] a[href*="/document/"]');
    await visitor.close();
  });
}

test('a consultant asks the resident for something, and records what came in', async () => {
  const reference = await apply('14-long-term-care');
  const visitor = await newColleague('cora', { javaScript: false });
  const { page } = visitor;
  await inQueue(page, reference);
  await page.goto(`/staff/zaak/${reference}`);
  await page.click('section[aria-labelledby="ask"] summary');
  await page.fill('#question', 'Stuur een kopie van uw indicatie.\nWie helpt u nu?');
  await page.click('form[action$="/vragen"] button');
  assert.match(await page.textContent('section[aria-labelledby="why"]'), /Stuur een kopie van uw indicatie/);
  assert.match(await page.textContent('section[aria-labelledby="why"]'), /Wie helpt u nu/);
  await page.click('section[aria-labelledby="events"] summary');
  await page.selectOption('#event-kind', 'complaint');
  await page.fill('#note', 'Per telefoon.');
  await page.click('form[action$="/gebeurtenis"] button');
  assert.match(await page.textContent('section[aria-labelledby="events"]'), /[Kk]lacht/);
  assert.match(await page.textContent('section[aria-labelledby="why"]'), /klacht/);
  await page.fill('[id="task-complaint"]', 'Teruggebeld, is opgelost.');
  await page.click('form[action$="/taak"] button');
  assert.match(await page.textContent('[role="status"]'), /taak is afgerond/);
  await visitor.close();
});

test('two consultants on one case: the second sees what changed, and loses nothing', async () => {
  const reference = await apply('15-housemate-can-help');
  const one = await newColleague('cora', { javaScript: false });
  const two = await newColleague('cora', { javaScript: false });
  await inQueue(one.page, reference);
  await one.page.goto(`/staff/zaak/${reference}`);
  await two.page.goto(`/staff/zaak/${reference}`);
  await one.page.click('form[action$="/pakken"] button');
  await two.page.click('section[aria-labelledby="decide"] summary');
  await two.page.check('#o-refused');
  await two.page.fill('#reasons', 'Uw huisgenoot kan dit doen.');
  await two.page.click('form[action$="/besluit"] button[value="decide"]');
  assert.match(await two.page.textContent('h1'), /intussen veranderd/);
  assert.match(await two.page.textContent('main'), /Uw huisgenoot kan dit doen/);
  await shot(two.page, 'staff-stale');
  await one.close();
  await two.close();
});

test('the mail room prints a letter and confirms the day of posting', async () => {
  const reference = await apply('01-household-help-granted');
  const visitor = await newColleague('petra');
  const { page } = visitor;
  await page.goto('/staff/post');
  const item = `li:has-text("${reference}") form[action="/staff/post/gepost"]`;
  await waitUntilShown(page, `${item} >> nth=1`); // the letter and the report, printed by two jobs in any order
  await shot(page, 'staff-mail-room');
  const letter = await page.request.get(await page.locator(`li:has-text("${reference}") a`).first().getAttribute('href'));
  assert.equal((await letter.body()).subarray(0, 5).toString(), '%PDF-');
  const before = await page.locator(item).count();
  await page.click(`${item} button >> nth=0`);
  assert.match(await page.textContent('[role="status"]'), /datum van posten/);
  assert.equal(await page.locator(item).count(), before - 1);

  await page.fill('#reference', reference);
  await page.selectOption('#kind', 'objection');
  await page.click('form[action="/staff/post/binnen"] button');
  assert.match(await page.textContent('[role="status"]'), /vastgelegd/);
  assert.equal((await page.goto('/staff/beheer')).status(), 403);
  await visitor.close();

  const consultant = await newColleague('cora');
  await inQueue(consultant.page, reference);
  await consultant.close();
});

test('the administrator throws the kill switch: the bot grants no more, until two administrators release it', async () => {
  const visitor = await newColleague('farid');
  const other = await newColleague('hanna');
  const { page } = visitor;
  await page.goto('/staff/beheer');
  await page.click('.softbot-menu a[href="/staff/cijfers"]');
  assert.match(await page.textContent('h1'), /^Cijfers/);
  assert.equal(await page.textContent('.softbot-menu [aria-current="page"]'), 'Cijfers');
  await page.goto('/staff/beheer');
  assert.match(await page.textContent('main'), /De bot mag toekennen/);
  await page.fill('#why-small-aids', 'Leverancier is failliet.');
  await page.click('form:has(#why-small-aids) button');
  assert.match(await page.textContent('[role="alert"]'), /noodstop staat aan/);
  await assertGood(page, 'staff-manage');
  const reference = await apply('03-shower-stool-granted');

  const consultant = await newColleague('cora');
  await inQueue(consultant.page, reference);
  await consultant.page.goto(`/staff/zaak/${reference}`);
  assert.match(await consultant.page.textContent('section[aria-labelledby="why"]'), /kill-switch/);
  await consultant.close();

  const smallAids = 'li:has(h3:text-is("Wc-verhoger of ander klein hulpmiddel"))';
  await other.page.goto('/staff/beheer');
  await page.fill('#why-small-aids', 'Er is een nieuwe leverancier.');
  await page.click('form:has(#why-small-aids) button');
  assert.match(await page.textContent('[role="status"]'), /Een andere beheerder moet het bevestigen/);
  assert.match(await page.textContent('[role="alert"]'), /noodstop staat aan/);
  assert.match(await page.textContent(smallAids), /Dat bent u zelf/);
  assert.equal(await page.locator('form[action$="/bevestigen"]').count(), 0);
  await assertGood(page, 'staff-release-proposed');

  await other.page.fill('#why-small-aids', 'Ook gezien.');
  await other.page.click('form:has(#why-small-aids) button');
  assert.match(await other.page.textContent('#summary'), /Een andere beheerder heeft dit al voorgesteld/);
  assert.equal(await other.page.inputValue('#why-small-aids'), 'Ook gezien.', 'what was typed stays');
  assert.match(await other.page.textContent(smallAids), /Er is een nieuwe leverancier/);
  await assertGood(other.page, 'staff-release-to-confirm');

  await page.fill('#why-small-aids', 'Toch nog even wachten.');
  await page.click('form:has(#why-small-aids) button');
  assert.match(await page.textContent('[role="status"]'), /teruggenomen/);
  await other.page.click('form:has(#why-small-aids) button');
  assert.match(await other.page.textContent('#summary'), /Er wacht geen voorstel/);

  await page.fill('#why-small-aids', 'De leverancier levert nu.');
  await page.click('form:has(#why-small-aids) button');
  await other.page.goto('/staff/beheer');
  await other.page.fill('#why-small-aids', 'Gebeld, het klopt.');
  await other.page.click('form:has(#why-small-aids) button');
  assert.match(await other.page.textContent('[role="status"]'), /opgeheven/);
  await other.page.click(`${smallAids} summary`);
  const history = await other.page.locator(`${smallAids} details li`).allTextContents();
  assert.equal(history.length, 5);
  assert.match(history[0], /hanna: opheffen bevestigd: noodstop opgeheven. Gebeld, het klopt./);
  assert.match(history[4], /farid: noodstop aangezet. Leverancier is failliet./);
  await assertGood(other.page, 'staff-released');
  await other.close();
  await visitor.close();
});

test('a clerk types in a conversation at the counter, and the auditor sees who looked', async () => {
  const visitor = await newColleague('bas');
  const { page } = visitor;
  await page.goto('/staff/balie');
  await page.check('input[value="small-aids"]');
  await page.click('main form button[type="submit"]');
  await page.check('input[name="gesprek"][value="balie"]');
  await fillForm(page, sample('02-toilet-seat-granted'));
  await shot(page, 'staff-counter');
  await send(page);
  const [{ reference }] = await receipts(page);
  assert.doesNotMatch(await page.textContent('main'), /handtekening ontbreekt/);
  await visitor.close();

  const consultant = await newColleague('cora');
  await consultant.page.goto(`/staff/zaak/${reference}?doel=controle`);
  assert.match(await consultant.page.textContent('main'), /Vastgesteld aan de balie/);
  await consultant.close();

  const auditor = await newColleague('anna');
  await auditor.page.goto('/staff/logboek');
  await auditor.page.fill('#subject', reference);
  await auditor.page.click('main form button');
  const rows = await auditor.page.textContent('main table');
  assert.match(rows, /cora/);
  assert.match(rows, /controle/);
  await shot(auditor.page, 'staff-audit');
  await auditor.close();
});
