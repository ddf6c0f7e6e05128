// The parts that only some sites ship: regions, Consent Mode, forms that remember, placeholders.
import assert from 'node:assert/strict';
import { ORIGIN, choice, click, composeSite, cookieText, filesOf, stateOf, strictPolicy } from './support/runtime_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

useBrowser();

async function visiting({ facts, groups, cookies = [], body = '', files = {}, policy, ...options }, act) {
  const site = composeSite(facts);
  const sources = site.services.map(({ id }) => `https://${id}.example`).join(' ');
  world.serve('site.example', {
    ...filesOf(site, { '/': body }, { policy: policy ?? strictPolicy(site, { sources: `'unsafe-inline' ${sources}`, trustedTypes: false }).replaceAll(/'sha256-[^']*'/g, '') }),
    ...files,
  });
  const visit = await browser.visit(options);
  try {
    if (groups) await visit.context.addCookies([choice(site, groups)]);
    await visit.context.addCookies(cookies.map(([name, value]) => ({ name, value, url: ORIGIN })));
    const from = world.mark();
    await visit.goto(ORIGIN);
    await act(visit, site, (host) => world.since(from).filter((contact) => contact.kind === 'request' && contact.host === host).map(({ path }) => path));
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}
const ran = (visit) => visit.page.evaluate(() => window.ran ?? []);
const RUN = (id) => `<template data-service="${id}"><script>(window.ran ??= []).push("${id}")</script></template>`;
const reloaded = async (visit, act) => {
  await visit.page.evaluate(() => { window.before = 1; });
  await act();
  await visit.page.waitForFunction(() => !window.before);
  await visit.settle();
};
const valueOf = async (visit) => (await visit.cookies()).find(({ name }) => name === 'cookie_consent')?.value;

// --- Regions

const REGIONS = [{ places: ['DE', 'FR'], rule: 'opt-in' }, { places: ['US', 'US-CA'], rule: 'opt-out' }, { places: ['US-TX', 'JP'], rule: 'exempt' }];
const SERVICES = [{ id: 'atlas', category: 'advertising', sells: true }, { id: 'films', category: 'functional' }];
const BODY = RUN('atlas') + RUN('films');
const trace = (place) => ({ '/cdn-cgi/trace': { type: 'text/plain', body: `fl=1\nip=192.0.2.1\nloc=${place}\ntls=x\n` } });

const PLACES = [
  ['DE', 'js ask', []],
  ['US', 'js ask opt-out', ['atlas', 'films']],
  ['US-CA', 'js ask opt-out', ['atlas', 'films']],
  ['US-NY', 'js ask opt-out', ['atlas', 'films']],
  ['US-TX', 'js opt-out', ['atlas', 'films']],
  ['JP', 'js opt-out', ['atlas', 'films']],
  ['BR', 'js ask', []],
  ['XX', 'js ask', []],
  ['', 'js ask', []],
  ['toString', 'js ask', []],
  ['us', 'js ask', []],
];
for (const [place, state, services] of PLACES) {
  test(`a place in a cookie, '${place}', decides before anything shows`, () => visiting(
    { facts: { services: SERVICES, regions: REGIONS, region_source: 'cookie:place' }, cookies: [['place', place]], body: BODY },
    async (visit, _, came) => {
      assert.equal(await stateOf(visit), state);
      assert.deepEqual(await ran(visit), services);
      assert.deepEqual(came('site.example').filter((path) => path.startsWith('/cdn')), []);
      assert.equal((await visit.shift()).value, 0);
      assert.equal(await valueOf(visit), undefined);
    }));
}
for (const [place, state, services] of PLACES.filter(([name]) => !name.includes('-') && name !== 'US').concat([['T1', 'js ask', []]])) {
  test(`Cloudflare says '${place}'`, () => visiting(
    { facts: { services: SERVICES, regions: REGIONS, region_source: 'cloudflare' }, files: trace(place), body: BODY },
    async (visit) => {
      assert.equal(await stateOf(visit), state);
      assert.deepEqual(await ran(visit), services);
    }));
}
test('Cloudflare tells the country: the strictest of its parts counts', () => visiting(
  { facts: { services: SERVICES, regions: [{ places: ['US'], rule: 'exempt' }, { places: ['US-CA'], rule: 'opt-in' }], region_source: 'cloudflare' }, files: trace('US'), body: BODY },
  async (visit) => assert.equal(await stateOf(visit), 'js ask')));

test('without the source everything works, by the strictest rule', () => visiting(
  { facts: { services: SERVICES, rule: 'opt-out', regions: REGIONS, region_source: 'cloudflare' }, body: BODY }, async (visit) => {
    assert.equal(await stateOf(visit), 'js ask');
    await click(visit, 'accept-all');
    assert.deepEqual(await ran(visit), ['atlas', 'films']);
    visit.complaints.length = 0; // Chromium says that there is no /cdn-cgi/trace
  }));

test('who has decided is not asked where they are', () => visiting(
  { facts: { services: SERVICES, regions: REGIONS, region_source: 'cloudflare' }, groups: [{ granted: ['films'], refused: ['atlas'] }], files: trace('US'), body: BODY },
  async (visit, _, came) => {
    assert.deepEqual(came('site.example').filter((path) => path.startsWith('/cdn')), []);
    assert.deepEqual(await ran(visit), ['films']);
  }));

test('under opt-out a signal and a refusal count', async () => {
  const facts = { services: SERVICES, rule: 'opt-out' };
  await visiting({ facts, body: BODY, gpc: true }, async (visit) => {
    assert.equal(await stateOf(visit), 'js ask gpc opt-out');
    assert.deepEqual(await ran(visit), ['films']);
  });
  await visiting({ facts, body: BODY }, async (visit, site) => {
    assert.deepEqual(await ran(visit), ['atlas', 'films']);
    await reloaded(visit, () => click(visit, 'do-not-sell', 'footer'));
    assert.deepEqual(await ran(visit), ['films']);
    assert.equal(await valueOf(visit), cookieText(site, [{ refused: ['atlas'] }]));
    await reloaded(visit, () => click(visit, 'reject-all', '#consent-banner'));
    assert.deepEqual(await ran(visit), []);
    assert.equal(await stateOf(visit), 'js opt-out refused');
  });
});

// --- Consent Mode

const GOOGLE = [{ id: 'analytics', category: 'analytics', google: true }, { id: 'ads', category: 'advertising', google: true }, { id: 'films', category: 'functional' }];
const TAG = '<template data-service="analytics"><script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag("config", "G-1")</script></template>';
const layer = (visit) => visit.page.evaluate(() => globalThis.dataLayer?.map((entry) => [...entry].map((part) => (typeof part === 'object' ? Object.values(part).join() : part)).join(' ')));
const signals = (ads, analytics) => `${ads},${ads},${ads},${analytics}`;

test('Google finds its defaults and the choice before its tag runs, and is told of changes', () => visiting({ facts: { services: GOOGLE }, body: TAG }, async (visit) => {
  assert.equal(await layer(visit), undefined);
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['films']); });
  assert.equal(await layer(visit), undefined);
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['analytics']); });
  const first = [`consent default ${signals('denied', 'denied')}`, `consent update ${signals('denied', 'granted')}`, 'config G-1'];
  assert.deepEqual(await layer(visit), first);
  assert.deepEqual(await visit.page.evaluate(() => [Object.prototype.toString.call(globalThis.dataLayer[0]), Object.keys(globalThis.dataLayer[0][2]).join()]),
    ['[object Arguments]', 'ad_storage,ad_user_data,ad_personalization,analytics_storage']);
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['ads']); });
  assert.deepEqual(await layer(visit), [...first, `consent update ${signals('granted', 'granted')}`]);
  await visit.page.evaluate(() => document.addEventListener('consentchange', () => sessionStorage.setItem('last', Object.values(globalThis.dataLayer.at(-1)[2]).join())));
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw(['ads']); }));
  assert.equal(await visit.page.evaluate(() => sessionStorage.getItem('last')), signals('denied', 'granted'));
}));

// --- Forms that remember

const SEAT = { services: [{ id: 'memory', category: 'functional', stored: [{ kind: 'local', name: 'seat' }] }, { id: 'films' }], memory_seat: true };
const FORM = `<form data-remember="memory" action="/sent"><input name="name" data-remember><input name="email" data-remember value=""><input name="secret"><button>Sign up</button></form>`;
const fields = (visit) => visit.page.evaluate(() => [...document.querySelectorAll('form input')].map(({ value }) => value));
const kept = (visit) => visit.page.evaluate(() => localStorage.getItem('seat'));
async function send(visit, name) {
  await visit.page.fill('[name=name]', name);
  await visit.page.fill('[name=secret]', 'hidden');
  await visit.page.click('form button');
  await visit.page.waitForURL(/sent/);
  await visit.goto(ORIGIN);
}
test('a form remembers while its service is granted, and forgets when it is withdrawn', () => visiting({ facts: SEAT, body: FORM, files: { '/sent': '<!doctype html><link rel=icon href=data:,>' } }, async (visit) => {
  await send(visit, 'Ada');
  assert.equal(await kept(visit), null);
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['memory']); });
  await send(visit, 'Ada');
  assert.deepEqual(JSON.parse(await kept(visit)), { name: 'Ada', email: '' });
  assert.deepEqual(await fields(visit), ['Ada', '', '']);
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw(['memory']); }));
  assert.deepEqual(await fields(visit), ['', '', '']);
  assert.equal(await kept(visit), null);
}));

test('what the visitor has typed stays when the service is granted', () => visiting({ facts: SEAT, groups: [{ refused: ['films'] }], body: FORM }, async (visit) => {
  await visit.page.fill('[name=name]', 'Grace');
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['memory']); });
  assert.deepEqual(await fields(visit), ['Grace', '', '']);
}));

// --- Placeholders

const HELD = { services: [{ id: 'films' }, { id: 'maps' }], placeholders: true };
const frame = (path, id = 'films') => `<span class="consent-placeholder" data-service="${id}"><button data-consent="once:${id}">Load once</button><button data-consent="grant:${id}">Always allow</button></span><template data-service="${id}"><iframe src="https://${id}.example/${path}" title="${path}" width="300" height="200"></iframe></template>`;
const HOLDERS = `${frame('one')}<p>text</p>${frame('two')}${frame('map', 'maps')}<p>end</p>`;
const frames = (visit) => visit.page.evaluate(() => [...document.querySelectorAll('iframe')].map(({ title }) => title));
const holders = (visit) => visit.page.locator('.consent-placeholder').count();
const focus = (visit) => visit.page.waitForFunction(() => document.activeElement.title).then(() => visit.page.evaluate(() => document.activeElement.title));
const serveFrames = () => {
  for (const host of ['films.example', 'maps.example']) world.on(host, () => ({ type: 'text/html', body: '<!doctype html>' }));
};

test('"Load once" loads this one, is not kept, and focuses it', () => visiting({ facts: HELD, body: HOLDERS }, async (visit, site, came) => {
  serveFrames();
  await visit.page.locator('[data-consent="once:films"]').nth(1).click();
  await visit.settle();
  assert.deepEqual(await frames(visit), ['two']);
  assert.equal(await holders(visit), 2);
  assert.equal(await focus(visit), 'two');
  assert.deepEqual(came('films.example'), ['/two']);
  assert.deepEqual(await visit.cookies(), []);
  assert.equal(await stateOf(visit), 'js ask');
  // Deciding on something else leaves it there; looking again does, too.
  await visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['maps']); });
  await visit.page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); });
  assert.deepEqual(await frames(visit), ['two', 'map']);
  // Refusing it does not.
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.refuse(['films']); }));
  assert.deepEqual(await frames(visit), ['map']);
}));

test('"Always allow" loads all of the service, and moves nothing', () => visiting({ facts: HELD, body: HOLDERS }, async (visit, site, came) => {
  serveFrames();
  await visit.page.locator('[data-consent="grant:films"]').nth(0).click();
  await visit.settle();
  assert.deepEqual(await frames(visit), ['one', 'two']);
  assert.equal(await holders(visit), 1);
  assert.equal(await focus(visit), 'one');
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films'] }]));
  assert.deepEqual(came('films.example').sort(), ['/one', '/two']);
}));

test('what is granted takes the places of its placeholders without a layout shift, and without taking the focus', () => visiting(
  { facts: HELD, groups: [{ granted: ['films', 'maps'] }], body: HOLDERS.replaceAll('height="200"', 'height="150"') }, async (visit) => {
    serveFrames();
    assert.deepEqual(await frames(visit), ['one', 'two', 'map']);
    assert.equal((await visit.shift()).value, 0);
    assert.equal(await visit.page.evaluate(() => document.querySelector('iframe').offsetHeight), 200);
    assert.equal(await visit.page.evaluate(() => document.activeElement.localName), 'body');
  }));

test('"Load once" works where everything is refused, for one load', () => visiting({ facts: HELD, groups: [{ refused: ['films', 'maps'] }], body: HOLDERS }, async (visit, site, came) => {
  serveFrames();
  await reloaded(visit, () => visit.page.locator('[data-consent="once:films"]').nth(1).click());
  assert.deepEqual(await frames(visit), ['two']);
  assert.deepEqual(came('films.example'), ['/two']);
  assert.equal(await stateOf(visit), 'js refused');
  await visit.page.reload();
  await visit.settle();
  assert.deepEqual(await frames(visit), []);
  assert.equal(await holders(visit), 3);
}));

test('an image can be loaded once, and gets the focus', () => visiting({
  facts: HELD,
  body: '<span class="consent-placeholder" data-service="films"><button data-consent="once:films">Load once</button></span><template data-service="films"><picture><img src="https://films.example/i" title="image" alt="" width="300" height="200"></picture></template>',
}, async (visit) => {
  world.on('films.example', () => ({ type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }));
  await visit.page.click('[data-consent="once:films"]');
  await visit.page.waitForFunction(() => document.activeElement.title === 'image');
}));
