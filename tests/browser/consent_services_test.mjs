// What the example site's services do once they are allowed, and that the matrix would notice what it is there for.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expected, judge, judgeContacts } from './support/account.mjs';
import { buildSite, openSite } from './support/example_site.mjs';
import { parseToml, root } from './support/packages.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const site = buildSite();
const pageAt = (path) => site.pages.find((page) => page.path === path);

useBrowser(() => openSite(world, site));

async function withVisit(options, act) {
  const visit = await browser.visit(options);
  try {
    await act(visit);
  } finally {
    await visit.close();
  }
}
const grant = (visit, ids) => visit.page.evaluate((list) => { window.hardtop.consent.grant(list); }, ids);

// --- Memory seat

const FORM = '/insiders.html';
const ANSWERS = { name: 'Ada', email: 'ada@example.com' };

async function send(visit) {
  for (const [name, value] of Object.entries(ANSWERS)) await visit.page.locator(`form [name="${name}"]`).fill(value);
  await Promise.all([visit.page.waitForEvent('load'), visit.page.locator('form [type="submit"]').click()]);
  await visit.settle();
}
const answers = (visit) => visit.page.evaluate(
  (names) => Object.fromEntries(names.map((name) => [name, document.querySelector(`form [name="${name}"]`).value])), Object.keys(ANSWERS));
const NONE = { name: '', email: '' };

test('the memory seat keeps name and e-mail where it is allowed, fills them in, and is emptied when that is taken back', () => withVisit({}, async (visit) => {
  await visit.goto(site.origin + FORM);
  await grant(visit, ['memory-seat']);
  await send(visit);
  assert.deepEqual((await visit.storage()).localStorage, ['memory-seat']);
  assert.deepEqual(await answers(visit), ANSWERS);
  const stored = await visit.page.evaluate(() => JSON.parse(localStorage.getItem('memory-seat')));
  assert.deepEqual(stored, ANSWERS);
  await Promise.all([visit.page.waitForEvent('load'), visit.page.evaluate(() => { window.hardtop.consent.withdraw(['memory-seat']); })]);
  await visit.settle();
  assert.deepEqual((await visit.storage()).localStorage, []);
  assert.deepEqual(await answers(visit), NONE);
  assert.deepEqual(visit.complaints, []);
}));

test('the form keeps nothing but its session where the memory seat is not allowed', () => withVisit({}, async (visit) => {
  await visit.goto(site.origin + FORM);
  assert.deepEqual(await visit.cookies(), []);
  await send(visit);
  assert.deepEqual((await visit.cookies()).map(({ name }) => name), ['session']);
  assert.deepEqual((await visit.storage()).localStorage, []);
  assert.deepEqual(await answers(visit), NONE);
  assert.deepEqual(visit.complaints, []);
}));

// --- Visit count

test('a visit is counted under one number on every page, which goes when that is taken back', () => withVisit({}, async (visit) => {
  const from = world.mark();
  await visit.goto(`${site.origin}/`);
  await grant(visit, ['visit-count']);
  await visit.settle();
  await visit.goto(site.origin + FORM);
  const bodies = world.since(from).filter(({ method, path }) => method === 'POST' && path === site.params.visit_endpoint)
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  assert.deepEqual(bodies.map(({ page }) => page), ['/', FORM]);
  assert.match(bodies[0].visit, /^\w{6,14}$/);
  assert.equal(bodies[0].visit, bodies[1].visit);
  const cookie = (await visit.cookies()).find(({ name }) => name === 'visit');
  assert.equal(cookie.value, bodies[0].visit);
  assert.equal(cookie.expires, -1);
  await Promise.all([visit.page.waitForEvent('load'), visit.page.evaluate(() => { window.hardtop.consent.withdraw(); })]);
  await visit.settle();
  assert.equal((await visit.cookies()).find(({ name }) => name === 'visit'), undefined);
}));

// --- The film

test('the film loads once, in the size of its placeholder, and is asked about again the next time', () => withVisit({}, async (visit) => {
  const page = site.pages.find(({ gated }) => gated.some(({ service }) => service === 'product-film'));
  await visit.goto(site.origin + page.path);
  const box = (of) => visit.page.locator(of).evaluate((element) => {
    const { x, width, height } = element.getBoundingClientRect();
    return { x, y: element.getBoundingClientRect().y + scrollY, width, height };
  });
  const placeholder = visit.page.locator('.consent-placeholder[data-service="product-film"]');
  await placeholder.scrollIntoViewIfNeeded();
  const room = await box('.consent-placeholder[data-service="product-film"]');
  const next = await box('figcaption');
  const from = world.mark();
  await placeholder.locator('[data-consent="once:product-film"]').click();
  await visit.settle();
  assert.deepEqual(judgeContacts(site, page, ['product-film'], world.since(from)), []);
  assert.deepEqual(await box('iframe[src*="player.films.example"]'), room);
  assert.deepEqual(await box('figcaption'), next);
  assert.deepEqual(await visit.cookies(), []);
  const again = world.mark();
  await visit.goto(site.origin + page.path);
  assert.deepEqual(await judge({ site, page, running: [], visit, world, from: again }), []);
  assert.equal(await placeholder.isVisible(), true);
}));

test('the film is allowed for good beside its place', () => withVisit({}, async (visit) => {
  const page = site.pages.find(({ gated }) => gated.some(({ service }) => service === 'product-film'));
  await visit.goto(site.origin + page.path);
  const from = world.mark();
  await visit.page.locator('[data-consent="grant:product-film"]').click();
  await visit.settle();
  assert.deepEqual(judgeContacts(site, page, ['product-film'], world.since(from)), []);
  const again = world.mark();
  await visit.goto(site.origin + page.path);
  assert.deepEqual(await judge({ site, page, running: ['product-film'], visit, world, from: again, decided: true }), []);
}));

test('the film loads once where everything is refused, too, and the next load refuses it again', () => withVisit({}, async (visit) => {
  const page = site.pages.find(({ gated }) => gated.some(({ service }) => service === 'product-film'));
  await visit.goto(site.origin + page.path);
  await visit.page.locator('#consent-banner [data-consent="reject-all"]').click();
  const from = world.mark();
  await Promise.all([visit.page.waitForEvent('load'), visit.page.locator('[data-consent="once:product-film"]').click()]);
  await visit.settle();
  assert.deepEqual(judgeContacts(site, page, ['product-film'], world.since(from)), []);
  await visit.page.waitForFunction(() => document.activeElement.localName === 'iframe');
  const again = world.mark();
  await visit.goto(site.origin + page.path);
  assert.deepEqual(await judge({ site, page, running: [], visit, world, from: again, decided: true }), []);
  assert.equal(await visit.page.locator('.consent-placeholder[data-service="product-film"]').isVisible(), true);
}));

test('without JavaScript the film is a plain link to it', () => withVisit({ javaScript: false }, async (visit) => {
  const page = site.pages.find(({ gated }) => gated.some(({ service }) => service === 'product-film'));
  await visit.goto(site.origin + page.path);
  const placeholder = visit.page.locator('.consent-placeholder[data-service="product-film"]');
  assert.equal(await placeholder.locator('a[href^="https://player.films.example/"]').isVisible(), true);
  assert.equal(await placeholder.locator('button:visible').count(), 0);
}));

// --- Links and signals

test('the policy and the footer of every page with the beacon lead to its opt-out', () => withVisit({}, async (visit) => {
  const [atlas] = site.services.filter(({ id }) => id === 'atlas');
  assert.equal(atlas.opt_out_url, 'http://www.atlasdmt.com/privacy/');
  for (const { path } of site.pages) {
    await visit.page.goto(site.origin + path);
    assert.equal(await visit.page.locator(`footer a[href="${atlas.opt_out_url}"]`).count(), 1, path);
    assert.equal(await visit.page.locator('footer [data-consent="preferences"]:visible').count(), 1, path);
    assert.ok(await visit.page.locator('[data-consent="do-not-sell"]:visible').count(), path);
  }
  await visit.page.goto(site.origin + pageAt('/footer-privacy-policy.html').path);
  assert.ok(await visit.page.locator(`main a[href="${atlas.opt_out_url}"]`).count());
  await visit.page.locator('main a[data-consent="preferences"]').first().click();
  assert.equal(await visit.page.locator('#consent-preferences').isVisible(), true);
}));

test('"Do not sell or share" refuses what sells or shares, and nothing else', () => withVisit({}, async (visit) => {
  await visit.goto(`${site.origin}/`);
  await visit.page.locator('footer [data-consent="do-not-sell"]').click();
  await visit.settle();
  const states = await visit.page.evaluate((ids) => ids.map((id) => window.hardtop.consent.granted(id)), site.optional.map(({ id }) => id));
  assert.ok(states.every((granted) => !granted));
  const value = (await visit.cookies()).find(({ name }) => name === site.cookieName).value.split('.');
  assert.equal(value[2], '');
  assert.equal(value[3].split('~').length, site.optional.filter((service) => service.sells_or_shares).length);
}));

test('a screen of twice as many pixels fetches nothing more', () => withVisit({ deviceScaleFactor: 2 }, async (visit) => {
  for (const page of site.pages) {
    const from = world.mark();
    await visit.goto(site.origin + page.path);
    assert.deepEqual(await judge({ site, page, running: [], visit, world, from }), []);
  }
}));

// --- Right to left

test('in Arabic the whole flow is the same, from right to left', () => withVisit({}, async (visit) => {
  const arabic = buildSite({
    change: ({ read, write }) => write('site/site.toml', read('site/site.toml').replace('language = "en"', 'language = "ar"')),
  });
  const words = parseToml(readFileSync(join(root, 'assets/consent/i18n/ar.toml'), 'utf8'));
  const all = arabic.optional.map(({ id }) => id);
  const page = arabic.pages.find(({ gated }) => gated.some(({ service }) => service === 'product-film'));
  const judged = async (running, from, options) => assert.deepEqual(await judge({ site: arabic, page, running, visit, world, from, ...options }), []);
  const click = (name, within) => visit.page.locator(`${within} [data-consent="${name}"]`).click();
  openSite(world, arabic);
  try {
    let from = world.mark();
    await visit.goto(arabic.origin + page.path);
    await judged([], from);
    const banner = visit.page.locator('#consent-banner');
    assert.equal(await banner.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.ok((await banner.innerText()).includes(words.consent_title));
    for (const [name, label] of [['accept-all', words.consent_accept_all], ['reject-all', words.consent_reject_all]]) {
      assert.equal((await banner.locator(`[data-consent="${name}"]`).innerText()).trim(), label);
    }

    await click('preferences', '#consent-banner');
    await visit.page.locator('[data-consent-service="product-film"]').check();
    from = world.mark();
    await click('save', '#consent-preferences');
    await visit.settle();
    await judged(['product-film'], from, { decided: true });
    assert.equal(await visit.page.locator('#consent-status').innerText(), words.consent_saved);

    await visit.page.locator('footer [data-consent="preferences"]').click();
    from = world.mark();
    await click('accept-all', '#consent-preferences');
    await visit.settle();
    await judged(all.filter((id) => id !== 'product-film'), from, { decided: true });

    await visit.page.locator('footer [data-consent="preferences"]').click();
    from = world.mark();
    await Promise.all([visit.page.waitForEvent('load'), click('reject-all', '#consent-preferences')]);
    await visit.settle();
    await judged([], from, { decided: true, cookies: expected(arabic, page, all).cookies.filter((text) => !text.endsWith(` of ${arabic.host}`)) });
  } finally {
    openSite(world, site);
  }
}));

// --- The matrix would notice

test('a page with one element taken out of its template is found out, for every service and every page', () => withVisit({}, async (visit) => {
  const folder = mkdtempSync(join(tmpdir(), 'hardtop-mutation-'));
  cpSync(site.folder, folder, { recursive: true });
  openSite(world, site, { folder });
  try {
    let mutations = 0;
    for (const page of site.pages) {
      const file = join(folder, page.path.endsWith('/') ? `${page.path}index.html` : page.path);
      const html = readFileSync(file, 'utf8');
      for (const { service, html: content, urls } of page.gated) {
        writeFileSync(file, html.replace(`<template data-service="${service}">${content}</template>`, () => content));
        await visit.context.clearCookies();
        const from = world.mark();
        await visit.goto(site.origin + page.path);
        const found = await judge({ site, page, running: [], visit, world, from });
        const url = urls[0];
        assert.ok(found.some((text) => text.endsWith(` is not allowed: GET ${url}`)), `${service} on ${page.path}: ${found.join('; ')}`);
        mutations += 1;
      }
      writeFileSync(file, html);
    }
    assert.ok(mutations > site.pages.length, String(mutations));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    openSite(world, site);
  }
}));
