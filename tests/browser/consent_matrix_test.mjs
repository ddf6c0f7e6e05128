// Every page of the example site in every state that a visitor can be in: requests, cookies and storage are exactly those
// that consent.toml declares for what the visitor allowed, the browser has nothing to complain about, and nothing moves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, judgeContacts, judgeKept, expected } from './support/account.mjs';
import { openBareBrowser } from './support/bare_browser.mjs';
import { buildSite, matches, openSite } from './support/example_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const site = buildSite();
const NOTE = 'It calls on one more computer';
const changed = buildSite({
  note: NOTE,
  change: ({ read, write }) => write('site/consent.toml',
    read('site/consent.toml').replace('hosts = ["view.atlasdmt.com"]', 'hosts = ["view.atlasdmt.com", "more.atlasdmt.com"]')),
});
const all = site.optional.map(({ id }) => id);
const sellers = site.optional.filter((service) => service.sells_or_shares).map(({ id }) => id);
const honest = all.filter((id) => !sellers.includes(id));
const DAY = 86_400_000;
const today = () => Math.floor(Date.now() / DAY);

// Cookies as the runtime wrote them, by what was granted: all, and each alone. A returning visitor brings them along.
const choices = {};

useBrowser(() => openSite(world, site));

const button = (visit, name, within = '#consent-banner') => visit.page.locator(`${within} [data-consent="${name}"]`);
const stateOf = (visit) => visit.page.evaluate(() => document.documentElement.dataset.consentState.split(' '));
const choiceOf = async (visit) => (await visit.cookies()).find(({ name }) => name === site.cookieName);

// A visit that nothing is left of from the one before.
async function afresh(visit, cookies = []) {
  await visit.context.clearCookies();
  await visit.page.goto('about:blank');
  if (cookies.length) await visit.context.addCookies(cookies);
}

// Loads the page; what came since is judged with these services running on it.
async function load(visit, page, running, options = {}) {
  const from = world.mark();
  await visit.goto(site.origin + page.path);
  assert.deepEqual(await judge({ site, page, running, visit, world, from, ...options }), []);
}

// What a click sets off, while the page stays.
async function stay(visit, page, running, click, options = {}) {
  const from = world.mark();
  await click();
  await visit.settle();
  assert.deepEqual(await judge({ site, page, running, visit, world, from, ...options }), []);
}

// What a click sets off that takes something back: the page loads again, and nobody hears a goodbye.
async function reload(visit, page, running, click, options = {}) {
  const from = world.mark();
  await Promise.all([visit.page.waitForEvent('load'), click()]);
  await visit.settle();
  assert.deepEqual(await judge({ site, page, running, visit, world, from, ...options }), []);
}

// One context for all visits of a kind, begun afresh for each: making one takes longer than most of what is done in it.
const visits = new Map();
async function withVisit(options, act) {
  const kind = JSON.stringify(options);
  const visit = visits.get(kind) ?? await browser.visit(options);
  visits.set(kind, visit);
  try {
    await afresh(visit);
    await act(visit);
  } catch (error) {
    visits.delete(kind);
    await visit.close();
    throw error;
  }
}

async function choose(visit, ids) {
  await visit.page.locator('#consent-banner [data-consent="preferences"]:visible, footer [data-consent="preferences"]').first().click();
  for (const { id } of site.optional) {
    const box = visit.page.locator(`[data-consent-service="${id}"]`);
    if (await box.isChecked() !== ids.includes(id)) await box.setChecked(ids.includes(id));
  }
  await button(visit, 'save', '#consent-preferences').click();
}

// --- What the rest relies on

test('consent.toml and the pages agree: every tag stands, inert, on the pages that it names, and all are services\' own', () => {
  assert.ok(site.pages.length >= 7, String(site.pages.length));
  const tagged = [];
  for (const { id, hosts = [], tag = [] } of site.optional) {
    for (const { pages: patterns, html } of tag) {
      for (const page of site.pages.filter(({ path }) => patterns.some((pattern) => matches(pattern, path)))) {
        tagged.push(page.path);
        assert.ok(page.gated.some((part) => part.service === id && part.html.includes(html)), `${id} on ${page.path}`);
      }
    }
    for (const { service, urls } of site.pages.flatMap(({ gated }) => gated)) {
      if (service !== id) continue;
      for (const url of urls) assert.ok([site.host, ...hosts].includes(new URL(url).hostname), `${url} of ${id}`);
    }
  }
  assert.equal(tagged.length, site.pages.length);
});

test('no page of the site makes code or markup from text, and its policy says so: none has a script of a third party', () => {
  for (const { path } of site.pages) {
    const html = readFileSync(join(site.folder, path.endsWith('/') ? `${path}index.html` : path), 'utf8');
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
    assert.match(policy, /; require-trusted-types-for 'script'; trusted-types 'none'$/, path);
  }
});

// --- The matrix

for (const page of site.pages) {
  test(`${page.path}: fresh, accept all, returning, withdraw, back`, () => withVisit({}, async (visit) => {
    await load(visit, page, []);
    assert.deepEqual(await stateOf(visit), ['js', 'ask']);
    await stay(visit, page, all, () => button(visit, 'accept-all').click(), { decided: true });
    assert.deepEqual(await stateOf(visit), ['js']);
    choices.all = await choiceOf(visit);
    await load(visit, page, all, { decided: true });

    // On, and withdrawn there: the page before must not go on with what it had.
    const other = site.pages.find(({ path }) => path !== page.path);
    await visit.page.goto(site.origin + other.path);
    await visit.settle();
    await visit.page.locator('#consent-banner [data-consent="preferences"]:visible, footer [data-consent="preferences"]').first().click();
    await reload(visit, other, [], () => button(visit, 'reject-all', '#consent-preferences').click(),
      { decided: true, cookies: cookiesOfOthers() });
    assert.deepEqual(await stateOf(visit), ['js', 'refused']);
    const from = world.mark();
    await visit.back();
    await visit.page.waitForFunction(() => document.documentElement.dataset.consentState === 'js refused');
    await visit.settle();
    assert.deepEqual(judgeContacts(site, page, [], world.since(from)), []);
    assert.deepEqual(await judgeKept(site, page, [], visit, { decided: true, cookies: cookiesOfOthers() }), []);
    assert.equal(visit.page.url(), site.origin + page.path);
  }));

  test(`${page.path}: reject all, returning`, () => withVisit({}, async (visit) => {
    await load(visit, page, []);
    await stay(visit, page, [], () => button(visit, 'reject-all').click(), { decided: true });
    await load(visit, page, [], { decided: true });
    assert.deepEqual(await stateOf(visit), ['js', 'refused']);
  }));

  test(`${page.path}: each service alone, one after the other, and taken back`, () => withVisit({}, async (visit) => {
    await load(visit, page, []);
    let before = [];
    for (const id of all) {
      // What is not ticked is refused: from the second on, this takes back the one before.
      await (before.length ? reload : stay)(visit, page, [id], () => choose(visit, [id]), { decided: true, cookies: thirdParty(page, before) });
      choices[id] = await choiceOf(visit);
      if (before.length === 0) await load(visit, page, [id], { decided: true });
      before = [...before, id];
    }
    await reload(visit, page, [], () => visit.page.evaluate((id) => { window.hardtop.consent.withdraw([id]); }, all.at(-1)),
      { decided: true, cookies: thirdParty(page, all) });
  }));

  test(`${page.path}: GPC, and GPC over a grant`, () => withVisit({ gpc: true }, async (visit) => {
    await load(visit, page, []);
    assert.deepEqual(await stateOf(visit), ['js', 'ask', 'gpc']);
    await stay(visit, page, honest, async () => {
      visit.page.once('dialog', (dialog) => dialog.dismiss());
      await button(visit, 'accept-all').click();
    }, { decided: true });
    await afresh(visit, [choices.all]);
    await load(visit, page, honest, { decided: true });
    assert.ok(await visit.page.locator('.consent-gpc:visible').count(), 'the signal is shown as honoured');
  }));

  test(`${page.path}: no JavaScript, with and without a grant`, () => withVisit({ javaScript: false }, async (visit) => {
    for (const cookies of [[], [choices.all]]) {
      await afresh(visit, cookies);
      const from = world.mark();
      await visit.goto(site.origin + page.path);
      const decided = cookies.length > 0;
      assert.deepEqual(judgeContacts(site, page, [], world.since(from)), []);
      assert.deepEqual((await visit.cookies()).map(({ name }) => name), decided ? [site.cookieName] : []);
      assert.deepEqual(visit.complaints, []);
      assert.equal(await visit.page.locator('#consent-banner').isVisible(), false);
    }
  }));

  test(`${page.path}: part expired, and a service changed since`, () => withVisit({}, async (visit) => {
    // What sells was granted too long ago; the rest yesterday.
    const print = (id) => choices[id].value.split('.')[2];
    const text = choices.all.value.split('.')[4];
    const value = `1.${today() - 181}.${sellers.map(print).join('~')}..${text}.${today() - 1}.${honest.map(print).join('~')}..${text}`;
    await afresh(visit, [{ ...choices.all, value }]);
    await load(visit, page, honest, { decided: true });
    assert.deepEqual(await stateOf(visit), ['js', 'ask', 'changed']);
    await stay(visit, page, sellers, () => button(visit, 'accept-all').click(), { decided: true, cookies: expected(site, page, honest).cookies });

    openSite(world, changed);
    try {
      await afresh(visit, [choices.all]);
      await load(visit, changed.pages.find(({ path }) => path === page.path), honest, { decided: true, site: changed });
      assert.deepEqual(await stateOf(visit), ['js', 'ask', 'changed']);
      assert.ok((await visit.page.locator('#consent-banner').innerText()).includes(NOTE), 'the banner says what has changed');
    } finally {
      openSite(world, site);
    }
  }));
}

// What a third party has set under its own domain: out of reach from here, and said so on the page.
function thirdParty(page, ids) {
  return expected(site, page, ids).cookies.filter((text) => !text.endsWith(` of ${site.host}`));
}
function cookiesOfOthers() {
  return [...new Set(site.pages.flatMap((page) => thirdParty(page, all)))];
}

test('prerendered pages contact nobody before they are shown, and then what was granted', async (t) => {
  const bare = await openBareBrowser(world);
  t.after(() => bare.close());
  const script = (page) => site.files.find((file) => /consent[^/]*\.js$/.test(file)) ?? page.path;
  for (const page of site.pages) {
    for (const running of [[], all]) {
      await bare.forget();
      if (running.length) await bare.setCookies([{ ...choices.all, url: site.origin }]);
      const from = world.mark();
      const isOurs = ({ path }) => path.startsWith('/.prerender');
      const shown = await bare.prerender(site.origin + page.path, ({ path }) => path === `/${script(page)}`);
      const came = () => world.since(from).filter((contact) => !isOurs(contact));
      assert.deepEqual(judgeContacts(site, page, [], came()), []);
      await shown.activate();
      for (const request of expected(site, page, running).requests) {
        await world.arrival(({ method, url }) => `${method} ${url}` === request, from, request);
      }
      await bare.passSentinel();
      assert.deepEqual(judgeContacts(site, page, running, came()), []);
      assert.ok(came().every(({ url, kind, purpose }) => url !== site.origin + page.path || /prerender/.test(purpose) || kind !== 'request'), 'it was the prerendered page');
      await shown.close();
    }
  }
});
