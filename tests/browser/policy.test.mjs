import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertGood, holdScripts, phone, shot } from './support/browser.mjs';
import { waitUntilShown } from './support/forms.mjs';
import { nodeAndBrowser } from './support/journey.mjs';

const { apply, newColleague } = nodeAndBrowser();

/** The version that counts now, as the page of all versions says. */
async function activeVersion(page) {
  await page.goto('/staff/beleid');
  return (await page.getAttribute('main p > a[href^="/staff/beleid/"]', 'href')).split('/').pop();
}

/** Counts from today on, the day that the page proposes: the examples of the policy are of earlier days. */
async function saveAge(page, version, age, why, from) {
  await page.goto(`/staff/beleid/${version}/parameters`);
  await page.fill('#p-householdHelpMinimumAge', age);
  if (from) await page.fill('#from', from);
  await page.fill('#why', why);
  await page.click('main form button[type="submit"]');
}

/** As filling it in, at once: typing a whole file takes a browser minutes. */
const setText = (page, text) => page.locator('#text').evaluate((area, value) => { area.value = value; }, text);

const versionIn = (page) => new URL(page.url()).pathname.split('/').pop();

for (const javaScript of [true, false]) {
  test(`a value of the policy changes by two persons and goes back by one ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
    const farid = await newColleague('farid', { javaScript });
    const hanna = await newColleague('hanna', { javaScript });
    const shipped = await activeVersion(farid.page);

    await saveAge(farid.page, shipped, '17', 'Raadsbesluit.');
    assert.match(await farid.page.title(), /^Fout: /);
    assert.match(await farid.page.textContent('#p-householdHelpMinimumAge-error'), /van 18 tot en met 120/);
    assert.equal(await farid.page.inputValue('#p-householdHelpMinimumAge'), '17');
    assert.equal(await farid.page.inputValue('#why'), 'Raadsbesluit.');
    await saveAge(farid.page, shipped, '119', '');
    assert.match(await farid.page.textContent('#why-error'), /waarom/);
    assert.equal(await farid.page.inputValue('#p-householdHelpMinimumAge'), '119');

    await farid.page.fill('#why', 'Raadsbesluit van 3 november.');
    await farid.page.click('main form button[type="submit"]');
    assert.match(await farid.page.textContent('[role="status"]'), /concept is bewaard/);
    const draft = versionIn(farid.page);
    const difference = await farid.page.textContent('section[aria-labelledby="verschil"] table');
    assert.match(difference, /Leeftijd waarop de bot hulp mag toekennen/);
    assert.match(difference, /65.*119/s);
    assert.match(await farid.page.textContent('section[aria-labelledby="goedkeuren"]'), /zelf voorgesteld, dus u kunt het niet goedkeuren/);
    if (javaScript) await assertGood(farid.page, 'policy-draft');

    // Whoever proposed it can send the form all the same: refused in words.
    const csrf = await farid.page.inputValue('form[action$="/weggooien"] input[name="csrf"]');
    const refused = await farid.page.request.post(`/staff/beleid/${draft}/goedkeuren`, { form: { csrf, why: 'Zelf.' } });
    assert.equal(refused.status(), 403);
    assert.match(await refused.text(), /kan die niet zelf goedkeuren/);

    await hanna.page.goto(`/staff/beleid/${draft}`);
    assert.match(await hanna.page.textContent('main'), /Raadsbesluit van 3 november/);
    await hanna.page.click('form[action$="/goedkeuren"] button');
    assert.match(await hanna.page.textContent('#summary'), /waarom/);
    await hanna.page.fill('#why-approve', 'Gelezen en akkoord.');
    await hanna.page.click('form[action$="/goedkeuren"] button');
    assert.match(await hanna.page.textContent('[role="status"]'), /goedgekeurd/);
    assert.match(await hanna.page.textContent('section[aria-labelledby="gebeurd"]'), /Goedgekeurd door Hanna Herlezer/);
    assert.equal(await activeVersion(hanna.page), draft);
    const reference = await apply('01-household-help-granted');
    const cora = await newColleague('cora', { javaScript: false });
    await cora.page.goto(`/staff/zaak/${reference}`);
    await waitUntilShown(cora.page, 'section[aria-labelledby="why"] li');
    assert.match(await cora.page.textContent('section[aria-labelledby="why"]'), /119|jonger|leeftijd/i);
    await cora.close();

    await farid.page.goto('/staff/beleid');
    if (javaScript) await assertGood(farid.page, 'policy-list');
    const outdated = await farid.page.request.post('/staff/beleid/terug', { form: { csrf, why: 'Wat ik typte.', active: shipped } });
    assert.equal(outdated.status(), 409);
    assert.match(await outdated.text(), /Wat ik typte\.<\/textarea>/);
    await farid.page.fill('#why-back', 'Er gaat te veel naar consulenten.');
    await farid.page.click('form[action="/staff/beleid/terug"] button');
    assert.match(await farid.page.textContent('[role="status"]'), /vorige versie telt weer/);
    assert.equal(await activeVersion(farid.page), shipped);
    assert.match(await farid.page.textContent('section[aria-labelledby="terug"]'), /geen eerdere goedgekeurde versie/);
    await farid.close();
    await hanna.close();
  });
}

test('a planned value is taken back, also when it is what holds today already', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  await saveAge(page, await activeVersion(page), '70', 'Vooruit.', '2099-01-01');
  await saveAge(page, versionIn(page), '65', 'Niets.', '2099-01-01');
  assert.match(await page.textContent('#summary'), /nog niets veranderd.*kruis dan aan/s);
  await page.check('#p-householdHelpMinimumAge-2099-01-01');
  await page.fill('#why', 'Toch niet.');
  await shot(page, 'policy-planned-value');
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  assert.doesNotMatch(await page.textContent('section[aria-labelledby="verschil"]'), /2099/);
  await close();
});

test('text where a number belongs is refused, also where no value holds yet', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  const shipped = await activeVersion(page);
  await page.goto(`/staff/beleid/${shipped}/bestand/parameters.json`);
  const parameters = JSON.parse(await page.inputValue('#text'));
  const age = parameters.parameters.find((one) => one.name === 'householdHelpMinimumAge');
  age.municipalities = { ...age.municipalities, molendam: [{ from: '2099-01-01', value: 70 }] };
  await setText(page, JSON.stringify(parameters));
  await page.fill('#why', 'Molendam wacht.');
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  await page.goto(`${page.url().split('?')[0]}/parameters?voor=molendam`);
  assert.equal(await page.inputValue('#p-householdHelpMinimumAge'), '');
  await page.fill('#p-householdHelpMinimumAge', 'zeventig');
  await page.fill('#why', 'Proef.');
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('#p-householdHelpMinimumAge-error'), /van 18 tot en met 120/);
  assert.equal(await page.inputValue('#p-householdHelpMinimumAge'), 'zeventig');
  await close();
});

test('a rule is changed as text: what is wrong is told with its place and nothing is lost', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  const shipped = await activeVersion(page);
  await page.goto(`/staff/beleid/${shipped}/bestand/small-aids.dmn`);
  const model = await page.inputValue('#text');
  const rule = model.slice(model.indexOf('<rule id="rule_condition-register_1">'), model.indexOf('<rule id="rule_condition-register_2">'));
  await setText(page, model.replace(rule, ''));
  await page.fill('#why', 'Een regel minder.');
  await page.click('main form button[type="submit"]');
  const found = await page.textContent('#refused');
  assert.match(found, /Gat: een geval waarvoor geen regel geldt/);
  assert.match(found, /In small-aids\.dmn/);
  assert.match(found, /In besluit "Bekend in de basisregistratie" \(tekstregel \d+\): op dit geval past geen enkele regel\. Het dichtst in de buurt komen regels 1 en 2\. Bijvoorbeeld: /);
  assert.equal(await page.inputValue('#text'), model.replace(rule, ''));
  assert.equal(await page.inputValue('#why'), 'Een regel minder.');
  await shot(page, 'policy-file-refused');

  await page.setInputFiles('#upload', { name: 'mine.dmn', mimeType: 'application/xml', buffer: Buffer.from(model.replace('U staat in de basisregistratie', 'U staat ingeschreven')) });
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  const changes = await page.textContent('section[aria-labelledby="verschil"] ul');
  assert.match(changes, /Weg: .*U staat in de basisregistratie/s);
  assert.match(changes, /Nieuw: .*U staat ingeschreven/s);
  await page.fill('#why-throw', 'Proefje.');
  await page.click('form[action$="/weggooien"] button');
  assert.match(await page.textContent('[role="status"]'), /weggegooid/);
  await close();
});

test('a file larger than a field of a form may usually be is saved from its page too', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  await page.goto(`/staff/beleid/${await activeVersion(page)}/bestand/small-aids.dmn`);
  const model = await page.inputValue('#text');
  await setText(page, model.replace('</definitions>', `<!-- ${'x'.repeat(300_000)} --></definitions>`));
  await page.fill('#why', 'Een lang commentaar.');
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  await close();
});

test('a file that is too large or no text is refused in Dutch, with what to do', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  await page.goto(`/staff/beleid/${await activeVersion(page)}/bestand/small-aids.dmn`);
  const model = await page.inputValue('#text');
  const upload = async (buffer) => {
    await page.setInputFiles('#upload', { name: 'mine.dmn', mimeType: 'application/xml', buffer });
    await page.fill('#why', 'Van mijn computer.');
    await page.click('main form button[type="submit"]');
    return page.locator('#refused');
  };
  const large = await upload(Buffer.from(model.replace('</definitions>', `<!-- ${'x'.repeat(5_000_000)} --></definitions>`)));
  assert.match(await large.textContent(), /Bestand dat te groot is.*groter dan 4 MiB\. Haal eruit/s);
  assert.equal(await large.locator('[lang]').count(), 0);
  assert.equal(await page.inputValue('#text'), model);
  assert.equal(await page.inputValue('#why'), 'Van mijn computer.');
  const bytes = await upload(Buffer.concat([Buffer.from(model), Buffer.from([0xe9])]));
  assert.match(await bytes.textContent(), /Bestand dat geen UTF-8 is.*Sla het in uw editor op als UTF-8/s);
  assert.equal(await bytes.locator('[lang]').count(), 0);
  await shot(page, 'policy-file-no-text');
  await page.setInputFiles('#upload', { name: 'mine.dmn', mimeType: 'application/xml', buffer: Buffer.alloc(13_000_000, 32) });
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('main'), /te groot/);
  assert.equal(await page.getAttribute('html', 'lang'), 'nl');
  await close();
});

test('a table is edited with dmn-js, whose mark stays in sight, and saved as a draft', async () => {
  const { page, close } = await newColleague('farid');
  const shipped = await activeVersion(page);
  await page.goto(`/staff/beleid/${shipped}/bestand/small-aids.dmn`);
  await page.waitForSelector('[data-dmn="place"] td.annotation');
  assert.ok(await page.locator('a.bjs-powered-by').isVisible());
  assert.match(await page.textContent('[data-dmn="place"] tbody'), /U staat in de basisregistratie en woont in onze gemeente/);
  await page.setViewportSize(phone);
  await shot(page, 'policy-drawing-phone');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.click('[data-dmn="place"] td.annotation >> nth=0');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('U staat ingeschreven in onze gemeente.');
  await shot(page, 'policy-drawing');
  await page.selectOption('#views', { label: 'Overzicht: hoe alles samenhangt' });
  await page.waitForSelector('[data-dmn="place"] .djs-container');
  await page.fill('#why', 'Duidelijker zin.');
  // The drawing is written into the form first: the browser leaves the page a moment after the press.
  await Promise.all([page.waitForNavigation(), page.click('main form button[type="submit"]')]);
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  const changes = page.locator('section[aria-labelledby="verschil"] ul.softbot-changes li');
  assert.equal(await changes.count(), 2);
  assert.match(await changes.last().textContent(), /U staat ingeschreven in onze gemeente\./);
  await assertGood(page, 'policy-draft-of-rules');
  await close();
});

test('a file that dmn-js cannot edit is shown as text and says so', async () => {
  const { page, close } = await newColleague('farid');
  const shipped = await activeVersion(page);
  await page.goto(`/staff/beleid/${shipped}/bestand/small-aids.dmn`);
  await page.waitForSelector('[data-dmn="place"] td.annotation');
  await page.click('[data-dmn="to-text"]');
  const model = await page.inputValue('#text');
  const refusedFor = async (text) => {
    await setText(page, text);
    await page.click('[data-dmn="to-drawing"]');
    await page.waitForSelector('[data-dmn="refused"]:visible');
    assert.ok(await page.locator('#text').isVisible());
    return page.textContent('[data-dmn="refused"]');
  };
  assert.match(await refusedFor(model.replaceAll('https://www.omg.org/spec/DMN/20191111/MODEL/', 'https://www.omg.org/spec/DMN/20230324/MODEL/')),
    /niet als tabellen te bewerken.*andere versie van DMN dan 1\.3/s);
  const decision = `<decision id="later" name="Later"><variable name="Later" typeRef="number" />
    <conditional><if><literalExpression><text>1 = 1</text></literalExpression></if><then><literalExpression><text>1</text></literalExpression></then>
    <else><literalExpression><text>2</text></literalExpression></else></conditional></decision>`;
  const later = model.replace('<decision ', `${decision}\n<decision `);
  assert.match(await refusedFor(later), /kwijtraken: een keuze als-dan-anders \(conditional\)/);
  assert.match(await refusedFor(model.replace('</itemDefinition>', '<surprise>x</surprise></itemDefinition>')), /kwijtraken: iets in "surprise"/);
  await assertAccessible(page, 'policy-file-as-text');
  await shot(page, 'policy-file-not-drawn');

  // Kept as text; from then on the page does not offer to draw it, and takes no drawing of it.
  await setText(page, later);
  await page.fill('#why', 'Een keuze erbij.');
  await page.click('main form button[type="submit"]');
  assert.match(await page.textContent('[role="status"]'), /concept is bewaard/);
  await page.goto(`/staff/beleid/${versionIn(page)}/bestand/small-aids.dmn`);
  assert.match(await page.textContent('main'), /zou het kwijtraken: een keuze als-dan-anders/);
  assert.equal(await page.locator('[data-dmn]').count(), 1);
  await assertGood(page, 'policy-file-undrawable');
  const csrf = await page.inputValue('main form input[name="csrf"]');
  const drawn = await page.request.post(page.url(), { multipart: { csrf, why: 'Getekend.', drawn: 'yes', text: model } });
  assert.equal(drawn.status(), 422);
  assert.match(await drawn.text(), /De tekening is niet bewaard/);
  await close();
});

test('on a slow line, who works on the text before it can be drawn keeps the text, and may have it drawn', async () => {
  const { page, close } = await newColleague('farid');
  const version = await activeVersion(page);
  const letScriptsCome = await holdScripts(page);
  await page.goto(`/staff/beleid/${version}/bestand/small-aids.dmn`, { waitUntil: 'commit' });
  await page.locator('#text').press('Control+End');
  await page.locator('#text').press('Enter');
  const typed = await page.inputValue('#text');
  await letScriptsCome();
  await page.waitForSelector('[data-dmn="to-drawing"]:visible');
  assert.ok(await page.locator('#text').isVisible());
  assert.equal(await page.inputValue('#text'), typed);
  await page.click('[data-dmn="to-drawing"]');
  await page.waitForSelector('[data-dmn="place"] td.annotation');
  await close();
});

test('a drawing that cannot be written is not sent, and the page says so', async () => {
  const { page, close } = await newColleague('farid');
  await page.goto(`/staff/beleid/${await activeVersion(page)}/bestand/small-aids.dmn`);
  await page.waitForSelector('[data-dmn="place"] td.annotation');
  await page.evaluate(() => { XMLSerializer.prototype.serializeToString = () => { throw new Error('out of paper'); }; });
  await page.fill('#why', 'Zonder papier.');
  await page.click('main form button[type="submit"]');
  await page.waitForSelector('[data-dmn="refused"]:visible');
  assert.match(await page.textContent('[data-dmn="refused"]'), /niet als bestand schrijven\. Er is niets bewaard/);
  assert.ok(await page.locator('[data-dmn="place"]').isVisible());
  await close();
});

test('comments that a drawing has no place for are told of before they are gone', async () => {
  const { page, close } = await newColleague('farid');
  await page.goto(`/staff/beleid/${await activeVersion(page)}/bestand/small-aids.dmn`);
  await page.waitForSelector('[data-dmn="place"] td.annotation');
  assert.equal(await page.locator('[data-dmn="comments"]').isVisible(), false);
  await page.click('[data-dmn="to-text"]');
  await setText(page, (await page.inputValue('#text')).replace('</definitions>', '<!-- Van de gemeenteraad. --></definitions>'));
  await page.click('[data-dmn="to-drawing"]');
  await page.waitForSelector('[data-dmn="comments"]:visible');
  await close();
});

test('a draft with which an example fails says which, and cannot be approved', async () => {
  const { page, close } = await newColleague('farid', { javaScript: false });
  const shipped = await activeVersion(page);
  await page.goto(`/staff/beleid/${shipped}/parameters`);
  await page.fill('#p-householdHelpMinimumAge', '119');
  await page.fill('#from', '2026-01-01');
  await page.fill('#why', 'Proef.');
  await page.click('main form button[type="submit"]');
  const found = await page.textContent('section[aria-labelledby="controle"]');
  assert.match(found, /Voorbeeld dat anders uitkomt dan het zegt/);
  assert.match(found, /In household-help\.examples\.json/);
  const draft = versionIn(page);
  await close();
  const hanna = await newColleague('hanna', { javaScript: false });
  await hanna.page.goto(`/staff/beleid/${draft}`);
  assert.match(await hanna.page.textContent('section[aria-labelledby="goedkeuren"]'), /kan niet worden goedgekeurd/);
  assert.equal(await hanna.page.locator('form[action$="/goedkeuren"]').count(), 0);
  await hanna.close();
});

test('an auditor sees the policy and changes nothing', async () => {
  const { page, close } = await newColleague('anna');
  await page.goto('/staff/beleid');
  assert.match(await page.textContent('main'), /U kunt dit bekijken/);
  await page.click('main p > a[href^="/staff/beleid/"]');
  assert.equal(await page.locator('main form').count(), 0);
  await page.click('a[href$="/parameters"]');
  assert.equal(await page.locator('main button').count(), 0);
  await assertGood(page, 'policy-parameters');
  await page.goto(`${page.url().replace('/parameters', '')}/bestand/extension.dmn`);
  assert.equal(await page.locator('main button').count(), 0);
  await close();
});
