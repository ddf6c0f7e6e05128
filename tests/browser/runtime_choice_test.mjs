// The visitor's choice: the cookie and its groups, what is asked about, what a Global Privacy Control signal does.
import assert from 'node:assert/strict';
import { ORIGIN, choice, click, composeSite, cookieText, filesOf, stateOf, today } from './support/runtime_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const SERVICES = [
  { id: 'atlas', category: 'advertising', sells: true },
  { id: 'films', category: 'functional' },
  { id: 'count', category: 'analytics' },
];
const site = composeSite({ services: SERVICES });
const print = site.fingerprints;

useBrowser();

// Opens the site's page with these groups in the cookie (or this text), and gives what `act` gives.
async function visiting({ groups, cookies, facts, path = '/', files, early, ...options }, act) {
  const made = facts ? composeSite({ ...facts }) : site;
  world.serve('site.example', files ?? filesOf(made, { [path]: '<p>Hello</p>' }));
  const visit = await browser.visit(options);
  try {
    if (groups) await visit.context.addCookies([choice(site, groups)]);
    if (cookies) await visit.context.addCookies(cookies);
    if (early) await early(visit, () => visit.page.goto(ORIGIN + path, { waitUntil: 'commit' }));
    else await visit.goto(ORIGIN + path);
    const result = await act(visit, made);
    assert.deepEqual(visit.complaints, []);
    return result;
  } finally {
    await visit.close();
  }
}
const granted = (visit) => visit.page.evaluate((ids) => ids.filter((id) => globalThis.hardtop.consent.granted(id)), SERVICES.map(({ id }) => id));
const cookieOf = async (visit, name = 'cookie_consent') => (await visit.cookies()).filter((cookie) => cookie.name === name);
const valueOf = async (visit) => (await cookieOf(visit))[0]?.value;

test('whoever has not decided is asked, and no cookie is written', () => visiting({}, async (visit) => {
  assert.equal(await stateOf(visit), 'js ask');
  assert.deepEqual(await granted(visit), []);
  assert.deepEqual(await visit.cookies(), []);
}));

test('accepting all is written as a group of today: host-only, SameSite=Lax, Secure, of the path', () => visiting({}, async (visit) => {
  await click(visit, 'accept-all');
  const [cookie, another] = await visit.cookies();
  assert.equal(another, undefined);
  assert.equal(cookie.value, `1.${today()}.${print.atlas}~${print.films}~${print.count}..Text-1`);
  assert.deepEqual([cookie.domain, cookie.path, cookie.sameSite, cookie.secure, cookie.httpOnly], ['site.example', '/', 'Lax', true, false]);
  assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 180 * 86400) < 100, String(cookie.expires));
  assert.equal(await stateOf(visit), 'js');
  assert.deepEqual(await granted(visit), ['atlas', 'films', 'count']);
}));

test('rejecting all is kept for 365 days, since something among it sells or shares', () => visiting({}, async (visit) => {
  await click(visit, 'reject-all');
  const [cookie] = await visit.cookies();
  assert.equal(cookie.value, `1.${today()}..${print.atlas}~${print.films}~${print.count}.Text-1`);
  assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 365 * 86400) < 100, String(cookie.expires));
  assert.equal(await stateOf(visit), 'js refused');
}));

test('on http there is no Secure, and the path is that of base_url', () => visiting(
  { facts: { services: SERVICES, https: false, base_path: '/docs/' }, path: '/docs/' }, async (visit) => {
    await click(visit, 'accept-all');
    const [cookie] = await visit.cookies();
    assert.deepEqual([cookie.path, cookie.secure], ['/docs/', false]);
  }));

test('a visit writes the cookie anew, with its days and its unknown fingerprints kept', () => visiting(
  { groups: [{ age: 170, granted: ['films', 'zzzzzzz'], text: 'Old-1' }, { age: 3, granted: ['count'], refused: ['atlas', 'yyyyyyy'] }] }, async (visit) => {
    const [cookie] = await cookieOf(visit);
    assert.equal(cookie.value, cookieText(site, [{ age: 170, granted: ['films', 'zzzzzzz'], text: 'Old-1' }, { age: 3, granted: ['count'], refused: ['atlas', 'yyyyyyy'] }]));
    assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 362 * 86400) < 100, String(cookie.expires));
    assert.equal(await stateOf(visit), 'js');
  }));

test('a decision leaves the groups of other days as they are', () => visiting(
  { groups: [{ age: 30, granted: ['films', 'count'], text: 'Old-1' }] }, async (visit) => {
    assert.equal(await stateOf(visit), 'js ask changed');
    await visit.page.evaluate(() => globalThis.hardtop.consent.refuse(['atlas']));
    assert.equal(await valueOf(visit), cookieText(site, [{ age: 30, granted: ['films', 'count'], text: 'Old-1' }, { refused: ['atlas'] }]));
  }));

test('what is decided again leaves its old group, and an empty group goes', () => visiting(
  { groups: [{ age: 30, granted: ['films'], text: 'Old-1' }, { age: 2, granted: ['count'], refused: ['atlas'] }] }, async (visit) => {
    await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['films', 'count']));
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films', 'count'] }, { age: 2, refused: ['atlas'] }]));
  }));

test('two decisions on one day are one group', () => visiting({}, async (visit) => {
  await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['films']));
  await visit.page.evaluate(() => globalThis.hardtop.consent.refuse(['count']));
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films'], refused: ['count'] }]));
}));

test('what was decided on one day under another text keeps that text', () => visiting(
  { groups: [{ granted: ['films'], refused: ['atlas'], text: 'Old-1' }] }, async (visit) => {
    await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['count']));
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films'], refused: ['atlas'], text: 'Old-1' }, { granted: ['count'] }]));
    await Promise.all([visit.page.waitForEvent('load'), visit.page.evaluate(() => { globalThis.hardtop.consent.refuse(['films']); })]);
    await visit.settle();
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['count'], refused: ['films'] }, { refused: ['atlas'], text: 'Old-1' }]));
  }));

const CHANGED = { services: [SERVICES[0], { ...SERVICES[1], revision: 2 }, SERVICES[2]] };
const NEW_FILMS = composeSite(CHANGED).fingerprints.films;
test('when facts change, only that service is asked about, and the banner decides on it alone', () => visiting(
  { facts: CHANGED, groups: [{ age: 9, granted: ['atlas', 'films', 'count'] }] }, async (visit, made) => {
    assert.equal(await stateOf(visit), 'js ask changed');
    assert.deepEqual(await granted(visit), ['atlas', 'count']);
    await click(visit, 'reject-all', '#consent-banner');
    assert.equal(await valueOf(visit), cookieText(made, [{ age: 9, granted: ['atlas', 'count'] }, { refused: ['films'] }]));
    assert.equal(await stateOf(visit), 'js');
    assert.deepEqual(await granted(visit), ['atlas', 'count']);
  }));

// What a banner that asks again lists, with the services' names for the entries.
const listed = (visit) => visit.page.locator('#consent-new > :visible').allInnerTexts();
for (const [what, expected, options] of [
  ['what has changed', ['films'], { facts: CHANGED, groups: [{ age: 9, granted: ['atlas', 'films', 'count'] }] }],
  ['what was never answered', ['films', 'count'], { groups: [{ age: 9, refused: ['atlas'] }] }],
  ['what has expired', ['count'], { groups: [{ age: 200, granted: ['count'] }, { age: 9, granted: ['atlas', 'films'] }] }],
  ['what has changed, and what was never answered', ['films', 'count'], { facts: CHANGED, groups: [{ age: 9, granted: ['atlas', 'films'] }] }],
  ['nothing that a signal refuses', ['count'], { gpc: true, groups: [{ age: 9, granted: ['films'] }] }],
  ['all where nothing is left of what was answered', ['atlas', 'films', 'count'], { groups: [{ age: 9, granted: ['zzzzzzz'] }] }],
]) {
  test(`a banner that asks again lists ${what}`, () => visiting(options, async (visit) => {
    assert.equal((await stateOf(visit)).replace(' gpc', ''), 'js ask changed');
    assert.deepEqual(await listed(visit), expected);
    assert.equal((await visit.shift()).value, 0);
  }));
}

test('what a banner lists is settled before the runtime has come, and follows what is decided', async () => {
  let come;
  const runtime = new Promise((resolve) => { come = resolve; });
  world.on('site.example', ({ path }) => (path === '/consent.js' ? runtime : undefined));
  try {
    await visiting({
      groups: [{ age: 9, refused: ['atlas'] }],
      async early(visit, open) {
        await open();
        await visit.page.waitForSelector('footer');
        assert.deepEqual(await listed(visit), ['films', 'count']);
        assert.equal(await visit.page.evaluate('window.hardtop.consent'), undefined);
        come();
        await visit.settle();
      },
    }, async (visit) => {
      assert.deepEqual(await listed(visit), ['films', 'count']);
      assert.equal((await visit.shift()).value, 0);
      await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['films']));
      assert.deepEqual(await listed(visit), ['count']);
    });
  } finally {
    world.on('site.example', () => undefined);
  }
});

test('a site with one service says so, too, when its facts have changed', () => visiting(
  { facts: { services: [CHANGED.services[1]] }, groups: [{ age: 9, granted: ['films'] }] },
  async (visit) => assert.equal(await stateOf(visit), 'js ask changed')));

test('a refusal of what sells or shares outlives a change of its facts, a grant does not', async () => {
  const facts = { services: [{ ...SERVICES[0], revision: 2 }, SERVICES[1], SERVICES[2]] };
  await visiting({ facts, groups: [{ age: 9, granted: ['films', 'count'], refused: ['atlas'] }] }, async (visit) => {
    assert.equal(await stateOf(visit), 'js');
    assert.deepEqual(await granted(visit), ['films', 'count']);
    assert.equal(await valueOf(visit), cookieText(site, [{ age: 9, granted: ['films', 'count'], refused: ['atlas'] }]));
  });
  await visiting({ facts, groups: [{ age: 9, granted: ['atlas', 'films', 'count'] }] }, async (visit) => {
    assert.equal(await stateOf(visit), 'js ask changed');
    assert.deepEqual(await granted(visit), ['films', 'count']);
  });
});

const STATES = [
  ['a grant of the last day', [{ age: 179, granted: ['atlas', 'films', 'count'] }], 'js', ['atlas', 'films', 'count']],
  ['a grant that has expired', [{ age: 180, granted: ['atlas', 'films', 'count'] }], 'js ask', []],
  ['one group expired, the other not', [{ age: 200, granted: ['films'] }, { age: 20, granted: ['atlas', 'count'] }], 'js ask changed', ['atlas', 'count']],
  ['a refusal of a sale after 364 days', [{ age: 364, refused: ['atlas', 'films', 'count'] }], 'js ask changed', []],
  ['a refusal of a sale after 365 days', [{ age: 365, refused: ['atlas', 'films', 'count'] }], 'js ask', []],
  ['a day in the future', [{ age: -1, granted: ['atlas', 'films', 'count'] }], 'js ask', []],
  ['a refusal in the future', [{ age: -1, refused: ['atlas', 'films', 'count'] }], 'js ask', []],
  ['granted and refused', [{ age: 9, refused: ['films'] }, { age: 3, granted: ['atlas', 'films', 'count'] }], 'js', ['atlas', 'count']],
  ['granted and refused, the other way round', [{ age: 9, granted: ['atlas', 'films', 'count'] }, { age: 3, refused: ['films'] }], 'js', ['atlas', 'count']],
  ['refused with other facts', [{ age: 9, refused: ['films'] }, { age: 3, granted: ['atlas', 'count'] }], 'js ask changed', ['atlas', 'count'], CHANGED],
  // The runtime never writes this: where a cookie contradicts itself, it asks.
  ['granted now, refused with other facts', [{ age: 9, refused: ['films'] }, { age: 3, granted: ['atlas', NEW_FILMS, 'count'] }], 'js ask changed', ['atlas', 'count'], CHANGED],
  ['all refused', [{ age: 9, refused: ['atlas', 'films', 'count'] }], 'js refused', []],
  ['only what nobody knows', [{ age: 9, granted: ['zzzzzzz'] }], 'js ask changed', []],
];
for (const [what, groups, state, services, facts] of STATES) {
  test(`believed: ${what}`, () => visiting({ groups, facts }, async (visit) => {
    assert.equal(await stateOf(visit), state);
    assert.deepEqual(await granted(visit), services);
  }));
}

const at = (value, more) => ({ name: 'cookie_consent', value, url: `${ORIGIN}/`, ...more });
const all = `.${today()}.${print.atlas}~${print.films}~${print.count}..Text-1`;
for (const [what, cookies] of Object.entries({
  'of another version': [at(`2${all}`)],
  'of nothing': [at('')],
  'of one character': [at('1')],
  'of something else': [at('yes')],
  'cut off': [at(`1${all}`.slice(0, 12))],
  'of another name that ends in the same': [at(`1${all}`, { name: 'x_cookie_consent' })],
  'without groups, before a cookie that looks like them': [at('1'), at(`1${all}`, { name: 'z' })],
})) {
  test(`a cookie ${what} is no decision`, () => visiting({ cookies }, async (visit) => {
    assert.equal(await stateOf(visit), 'js ask');
    assert.deepEqual(await granted(visit), []);
  }));
}

test('two cookies of the name are no decision; deciding leaves one', () => visiting(
  {
    cookies: [at(`1${all}`), { name: 'cookie_consent', value: `1${all}`, domain: '.site.example', path: '/', secure: true }],
  }, async (visit) => {
    assert.equal((await cookieOf(visit)).length, 2);
    assert.equal(await stateOf(visit), 'js ask');
    await click(visit, 'reject-all');
    assert.deepEqual((await cookieOf(visit)).map(({ domain }) => domain), ['site.example']);
    await visit.page.reload();
    assert.equal(await stateOf(visit), 'js refused');
  }));

for (const [what, block] of Object.entries({
  'that throws': () => Object.defineProperty(Document.prototype, 'cookie', { get() { throw new DOMException('no', 'SecurityError'); }, set() { throw new DOMException('no', 'SecurityError'); } }),
  'that is switched off': () => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
    Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
  },
})) {
  test(`with document.cookie ${what} everything is refused, and nobody is asked`, async () => {
    world.serve('site.example', filesOf(site, { '/': '<template data-service="films"><img src="https://films.example/x.gif" alt=""></template>' }));
    const visit = await browser.visit();
    await visit.context.addInitScript(block);
    const from = world.mark();
    await visit.goto(ORIGIN);
    assert.equal(await stateOf(visit), 'js refused');
    await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['films']));
    await click(visit, 'preferences', 'footer');
    await click(visit, 'accept-all', 'dialog');
    await visit.settle();
    assert.equal(await stateOf(visit), 'js refused');
    assert.equal(await visit.page.isVisible('dialog'), false);
    assert.deepEqual(world.since(from).filter(({ host }) => host === 'films.example'), []);
    assert.deepEqual(visit.complaints, []);
    await visit.close();
  });
}

// --- Global Privacy Control

test('a signal refuses what sells or shares: nobody is asked about it, nothing is written', () => visiting({ gpc: true }, async (visit) => {
  assert.equal(await stateOf(visit), 'js ask gpc');
  assert.deepEqual(await visit.cookies(), []);
  await click(visit, 'accept-all', '#consent-banner');
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films', 'count'] }]));
  assert.deepEqual(await granted(visit), ['films', 'count']);
  assert.equal(await stateOf(visit), 'js gpc');
}));

test('a signal counts over an earlier grant, which is there again without it', async () => {
  const groups = [{ age: 9, granted: ['atlas', 'films', 'count'] }];
  await visiting({ gpc: true, groups }, async (visit) => {
    assert.deepEqual(await granted(visit), ['films', 'count']);
    assert.equal(await stateOf(visit), 'js gpc');
    assert.equal(await valueOf(visit), cookieText(site, groups));
  });
  await visiting({ groups }, async (visit) => assert.deepEqual(await granted(visit), ['atlas', 'films', 'count']));
});

test('a grant that was confirmed over the signal counts, with and without it', async () => {
  const groups = [{ age: 9, granted: ['atlas!', 'films', 'count'] }];
  for (const gpc of [true, false]) {
    await visiting({ gpc, groups }, async (visit) => {
      assert.deepEqual(await granted(visit), ['atlas', 'films', 'count']);
      assert.equal(await valueOf(visit), cookieText(site, groups));
    });
  }
});

test('where only what sells or shares is left, a signal is a refusal of everything', () => visiting(
  { gpc: true, facts: { services: [SERVICES[0]] } }, async (visit) => assert.equal(await stateOf(visit), 'js gpc refused')));

test('where the site does not honour it, a signal changes nothing', () => visiting(
  { gpc: true, facts: { services: SERVICES, honor_gpc: false } }, async (visit) => {
    await click(visit, 'accept-all');
    assert.equal(await stateOf(visit), 'js');
    assert.deepEqual(await granted(visit), ['atlas', 'films', 'count']);
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['atlas', 'films', 'count'] }]));
  }));

for (const [answer, value, services] of [
  ['accept', [{ granted: ['atlas!', 'films'], refused: ['count'] }], ['atlas', 'films']],
  ['dismiss', [{ granted: ['films'], refused: ['count'] }], ['films']],
]) {
  test(`over a signal a grant needs a second step: ${answer}`, () => visiting({ gpc: true }, async (visit) => {
    const asked = [];
    visit.page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      dialog[answer]();
    });
    await click(visit, 'preferences', '#consent-banner');
    assert.equal(await visit.page.isChecked('[data-consent-service="atlas"]'), false);
    await visit.page.check('[data-consent-service="atlas"]');
    await visit.page.check('[data-consent-service="films"]');
    await click(visit, 'save');
    assert.deepEqual(asked, ['Your browser says no. Allow all the same?']);
    assert.equal(await valueOf(visit), cookieText(site, value));
    assert.deepEqual(await granted(visit), services);
    // What was confirmed is not asked about once more.
    await click(visit, 'preferences', 'footer');
    if (answer === 'accept') await click(visit, 'save');
    assert.equal(asked.length, 1);
    if (answer === 'accept') assert.equal(await valueOf(visit), cookieText(site, value));
  }));
}

test('do-not-sell refuses all that sells or shares, and nothing else', () => visiting({}, async (visit) => {
  await click(visit, 'do-not-sell', 'footer');
  assert.equal(await valueOf(visit), cookieText(site, [{ refused: ['atlas'] }]));
  assert.equal(await stateOf(visit), 'js ask changed');
  assert.equal(await visit.page.textContent('#consent-status'), 'Your choice is saved.');
}));
