// The preview's client in Chromium, under the policies of the example site's pages: live reload, style swaps, the error overlay, the
// consent toolbar. The server is a mock (support/mock_preview.mjs): what it is told to send is what a test is about.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBareBrowser } from './support/bare_browser.mjs';
import { buildSite, openSite } from './support/example_site.mjs';
import { clientPath, openPreview } from './support/mock_preview.mjs';
import { axePath } from './support/packages.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const FILM = '/footer-privacy-policy-product-info.html';
const LONG = '/footer-privacy-policy.html';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const ERRORS = [
  { severity: 'error', id: 'consent/undeclared-host', message: "no service declares the host 'px.example'", hint: "add it to a service's hosts in consent.toml, or declare one:\n[[service]]\nid = \"px\"",
    path: 'content/a.md', line: 2, column: 11, excerpt: ['  2 | <img src="https://px.example/1.gif">', '    |           ^~~~~~~~~~~~~~~~~~~~~~~~'], notes: [] },
  { severity: 'error', id: 'theme/unknown-name', message: "'page.titel' is no name that templates have", hint: "did you mean 'page.title'?",
    path: 'themes/mini/layouts/page.mustache', line: 3, column: 7, excerpt: ['  3 | <h1>{{page.titel}}</h1>', '    |       ^~~~~~~~~~~~~~'],
    notes: [{ path: 'themes/mini/layouts/base.mustache', line: 8, column: 1, message: 'included from here' }] },
];
const WARNING = { severity: 'warning', id: 'consent/placeholder', message: "'G-XXXXXXXXXX' stands for an id of yours", hint: 'put it in',
  path: 'consent.toml', line: 9, column: 4, excerpt: ['  9 | id=G-XXXXXXXXXX', '    |    ^'], notes: [] };

const site = buildSite({ build: ['--environment', 'development'] });

useBrowser(() => openSite(world, site));

// The shadow root is closed to the page, as it should be, and so to the tests: here it is made open.
const openShadow = () => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachOpen(init) { return attach.call(this, { ...init, mode: 'open' }); };
};

async function withPreview(options, act) {
  const { of = site, visitor = {}, closed = false, ...rest } = options;
  const preview = await openPreview(of, rest);
  const visit = await browser.visit({ viewport: { width: 1280, height: 800 }, ...visitor });
  try {
    if (!closed) await visit.context.addInitScript(openShadow);
    await act(visit, preview);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
    await preview.close();
  }
}

const ui = (visit, selector) => visit.page.locator(`hardtop-preview ${selector}`);
const pillOf = (visit) => ui(visit, '.pill:not(.pill-errors)');
const overlayOf = (visit) => ui(visit, '.overlay');
const control = (visit, key) => ui(visit, `[data-key="${key}"]`);

async function open(visit, preview, path) {
  await visit.goto(preview.origin + path);
  await preview.connected(1);
  await pillOf(visit).waitFor();
}

async function openPanel(visit) {
  await pillOf(visit).click();
  await ui(visit, '.panel').waitFor();
}

// The same document goes on, or another one is there: a mark in it tells.
const mark = (visit) => visit.page.evaluate(() => { globalThis.isMarked = true; });
const isMarked = (visit) => visit.page.evaluate(() => globalThis.isMarked === true);
const reloaded = async (visit, preview) => {
  await visit.page.waitForFunction(() => !globalThis.isMarked && document.readyState === 'complete');
  await preview.connected(1);
  await pillOf(visit).waitFor({ state: 'attached' });
};
const outlineIs = (visit, width) => visit.page.waitForFunction((want) => getComputedStyle(document.querySelector('main')).outlineWidth === want, width);
const sheetsAre = (visit, count) => visit.page.waitForFunction((want) => document.querySelectorAll('link[rel=stylesheet]').length === want, count);

// --- Live reload

test('a changed page is reloaded where it was being read', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  // Also where the site takes it on itself, and does nothing.
  await visit.page.evaluate(() => {
    history.scrollRestoration = 'manual';
    scrollTo({ top: 1500, behavior: 'instant' });
  });
  await mark(visit);
  preview.send('change', { reload: true, styles: [] });
  await reloaded(visit, preview);
  await visit.page.waitForFunction(() => Math.abs(scrollY - 1500) <= 1);
  assert.equal(preview.queries.at(-1).output, 'footer-privacy-policy.html');
  assert.equal(preview.queries.at(-1).version, '1.1');
}));

test('what was at the top of the window is there again, though more stands above it', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  const headings = await visit.page.evaluate(() => [...document.querySelectorAll('main h2[id]')].map(({ id }) => id));
  const id = headings[2];
  await visit.page.evaluate((of) => {
    history.scrollRestoration = 'manual'; // or Chromium would do the same by itself
    scrollTo({ top: document.getElementById(of).getBoundingClientRect().top + scrollY + 40, behavior: 'instant' });
  }, id);
  const top = (of) => document.getElementById(of).getBoundingClientRect().top;
  const before = await visit.page.evaluate(top, id);
  preview.write('footer-privacy-policy.html', preview.read('footer-privacy-policy.html').replace(/<h2 id/, `${'<p>More of it.</p>'.repeat(20)}$&`));
  await mark(visit);
  preview.send('change', { reload: true, styles: [] });
  await reloaded(visit, preview);
  await visit.page.waitForFunction(([of, want]) => Math.abs(document.getElementById(of).getBoundingClientRect().top - want) <= 1, [id, before]);
}));

test('open preferences are open again after a reload, with what was ticked', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await visit.page.locator('#consent-banner [data-consent="preferences"]').click();
  await visit.page.locator('#consent-preferences [data-consent-service="product-film"]').check();
  await mark(visit);
  preview.send('change', { reload: true, styles: [] });
  await reloaded(visit, preview);
  await visit.page.locator('#consent-preferences[open]').waitFor();
  assert.deepEqual(await visit.page.evaluate(() => [...document.querySelectorAll('#consent-preferences [data-consent-service]:checked')].map((box) => box.dataset.consentService)), ['product-film']);
  await visit.page.locator('#consent-preferences [data-consent="save"]').click();
  assert.equal(await visit.page.evaluate(() => window.hardtop.consent.granted('product-film')), true);
}));

test('the toolbar is open again after a reload', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await mark(visit);
  preview.send('change', { reload: true, styles: [] });
  await reloaded(visit, preview);
  await ui(visit, '.panel').waitFor();
}));

test('a style sheet is swapped without a reload and without a moment unstyled', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  await mark(visit);
  await visit.page.evaluate(() => {
    globalThis.seen = [];
    const look = () => {
      globalThis.seen.push(getComputedStyle(document.body).marginTop);
      requestAnimationFrame(look);
    };
    look();
  });
  const links = await visit.page.locator('link[rel=stylesheet]').count();
  preview.write('assets/main.css', `${preview.read('assets/main.css')}\nmain { outline: 7px solid red }`);
  preview.send('change', { reload: false, styles: ['/assets/main.css'] });
  await outlineIs(visit, '7px');
  await sheetsAre(visit, links);
  assert.equal(await isMarked(visit), true);
  assert.deepEqual([...new Set(await visit.page.evaluate(() => globalThis.seen))], ['0px']);
  assert.deepEqual(await visit.shift(), { value: 0, sources: [] });
  // Once more: the sheet that came last is found by its path.
  preview.write('assets/main.css', `${preview.read('assets/main.css')}\nmain { outline-width: 3px }`);
  preview.send('change', { reload: false, styles: ['/assets/main.css'] });
  await outlineIs(visit, '3px');
}));

test('a style sheet that cannot be loaded leaves the old one', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  const count = await visit.page.locator('link[rel=stylesheet]').count();
  const color = await visit.page.evaluate(() => getComputedStyle(document.querySelector('footer')).backgroundColor);
  await visit.page.route('**/main.css*', (route) => route.abort());
  const failed = visit.page.waitForEvent('requestfailed');
  preview.send('change', { reload: false, styles: ['/assets/main.css'] });
  await failed;
  await sheetsAre(visit, count);
  assert.equal(await visit.page.evaluate(() => getComputedStyle(document.querySelector('footer')).backgroundColor), color);
  visit.complaints.length = 0; // Chromium says that it could not be loaded
}));

test('a style sheet that another one imports is swapped with it', () => withPreview({}, async (visit, preview) => {
  preview.write('assets/parts.css', 'main { outline: 5px solid red }');
  preview.write('assets/main.css', `@import "parts.css";\n${preview.read('assets/main.css')}`);
  await open(visit, preview, LONG);
  await mark(visit);
  assert.equal(await visit.page.evaluate(() => getComputedStyle(document.querySelector('main')).outlineWidth), '5px');
  preview.write('assets/parts.css', 'main { outline: 9px solid red }');
  preview.send('change', { reload: false, styles: ['/assets/parts.css'] });
  await outlineIs(visit, '9px');
  assert.equal(await isMarked(visit), true);
}));

test('a sheet with a checksum is swapped though its bytes are others', () => withPreview({}, async (visit, preview) => {
  const { createHash } = await import('node:crypto');
  const sum = createHash('sha384').update(preview.read('assets/main.css')).digest('base64');
  preview.write('index.html', preview.read('index.html').replace('href="/assets/main.css"', `$& integrity="sha384-${sum}"`));
  await open(visit, preview, '/');
  preview.write('assets/main.css', `${preview.read('assets/main.css')}\nmain { outline: 7px solid red }`);
  preview.send('change', { reload: false, styles: ['/assets/main.css'] });
  await outlineIs(visit, '7px');
}));

test('the browser goes to the page that was edited, where the server says so, and nowhere else', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/');
  await mark(visit);
  preview.send('change', { reload: false, styles: [], go: 'https://elsewhere.example/' });
  preview.send('change', { reload: false, styles: [], go: '/cookies.html' });
  await visit.page.waitForURL(`${preview.origin}/cookies.html`);
}));

test('a server that comes back is found again, and the page is reloaded', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/');
  await openPanel(visit);
  await mark(visit);
  await preview.stop();
  await ui(visit, '.connection.lost').waitFor();
  assert.equal(await ui(visit, '.connection').textContent(), 'The server does not answer; asking again');
  await preview.start();
  await reloaded(visit, preview);
  assert.equal(await ui(visit, '.connection').textContent(), 'Live');
  visit.complaints.length = 0; // Chromium tells of each connection that was refused
}));

// With no-store, which the preview server sends, Chromium keeps no page; other browsers do.
test('a page that comes back from the back-forward cache asks what it has missed', () => withPreview({ headers: { 'Cache-Control': 'no-cache' } }, async (visit, preview) => {
  await open(visit, preview, '/');
  await visit.page.evaluate(() => addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; }));
  await visit.page.goto(`${preview.origin}/cookies.html`);
  await preview.connected(1);
  const asked = preview.queries.length;
  await visit.page.goBack({ waitUntil: 'commit' });
  await visit.page.waitForFunction(() => globalThis.persisted === true);
  await preview.connected(1);
  assert.deepEqual(preview.queries.slice(asked), [{ version: '1.0', output: 'index.html' }]);
}));

// Playwright's browser prerenders nothing: a bare one, and the site as the world serves it.
test('a prerendered page connects when it is shown', async (t) => {
  const page = '<!doctype html><html lang="en"><head><meta charset="utf-8"><script src="/.hardtop/preview.js" data-version="1.0" data-output="next.html"></script>'
    + '<title>Next</title><link rel="icon" href="data:,"></head><body><main><h1>Next</h1></main></body></html>';
  world.serve('preview.example', {
    '/next.html': page,
    '/.hardtop/preview.js': readFileSync(clientPath()),
    '/.hardtop/events': { type: 'text/event-stream', body: 'event: state\ndata: {"version":"1.0","diagnostics":[],"consent":null}\n\n' },
    '/.hardtop/page': { type: 'application/json', body: '{"content":"","services":[],"gated":[]}' },
  });
  const bare = await openBareBrowser(world);
  t.after(() => bare.close());
  const from = world.mark();
  const streams = () => world.since(from).filter(({ path }) => path.startsWith('/.hardtop/events')).length;
  // What the page asks after it has been parsed, it has asked after connecting, if it connects.
  const prerendered = await bare.prerender('https://preview.example/next.html', ({ host, path }) => host === 'preview.example' && path.startsWith('/.hardtop/page'));
  assert.equal(streams(), 0);
  await prerendered.activate();
  await world.arrival(({ path }) => path === '/.hardtop/events?version=1.0&output=next.html', from);
});

// A browser opens six connections to a server, and each stream holds one.
test('of the tabs that nobody sees, only the last one stays connected; one that is seen again asks what it has missed', () => withPreview({}, async (visit, preview) => {
  const show = (page, hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { get: () => value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await open(visit, preview, '/');
  const other = await visit.context.newPage();
  await other.goto(`${preview.origin}/cookies.html`);
  await preview.connected(2);
  await show(visit.page, true);
  await show(other, true);
  await preview.connected(1);
  const asked = preview.queries.length;
  await show(visit.page, false);
  await preview.connected(2);
  assert.deepEqual(preview.queries.slice(asked), [{ version: '1.0', output: 'index.html' }]);
}));

test('where the page’s policy forbids live reload, the toolbar says what to allow', () => withPreview({ headers: { 'Content-Security-Policy': "connect-src 'none'" } }, async (visit, preview) => {
  await visit.goto(`${preview.origin}/`);
  await openPanel(visit);
  assert.match(await ui(visit, '.notice').innerText(), /^Live reload is blocked\. The page’s Content-Security-Policy \(connect-src\) does not let it speak to the preview server\. Allow it .*\s+connect-src 'self'$/s);
  assert.equal(await ui(visit, '[aria-labelledby="part-services"] p').innerText(), 'Not known: the preview server cannot be asked.');
  assert.equal(preview.queries.length, 0);
  visit.complaints.length = 0; // that is what this is about
}));

// --- The error overlay

test('errors lie over the page that is open, and go when they are mended, without a reload', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  await mark(visit);
  preview.send('errors', { diagnostics: [...ERRORS, WARNING] });
  await overlayOf(visit).waitFor();
  assert.equal(await ui(visit, '.overlay h2').innerText(), '2 errors');
  const [first, second] = await ui(visit, '.errors > li').all();
  assert.equal(await first.locator('.place code').innerText(), 'content/a.md:2:11');
  assert.equal(await first.locator('.id').innerText(), 'consent/undeclared-host');
  assert.equal(await first.locator('.message').innerText(), "no service declares the host 'px.example'");
  assert.equal(await first.locator('pre').first().innerText(), ERRORS[0].excerpt.join('\n'));
  assert.equal(await first.locator('.hint').innerText(), "Hint add it to a service's hosts in consent.toml, or declare one:");
  assert.equal(await first.locator('.paste pre').innerText(), '[[service]]\nid = "px"');
  assert.equal(await second.locator('.notes .place code').innerText(), 'themes/mini/layouts/base.mustache:8:1');
  assert.equal(await second.locator('.notes li > span').last().innerText(), 'included from here');
  assert.equal(await ui(visit, '[role=alert]').first().textContent(), "2 errors. content/a.md:2:11 no service declares the host 'px.example'");
  preview.send('errors', { diagnostics: [] });
  await overlayOf(visit).waitFor({ state: 'hidden' });
  assert.equal(await isMarked(visit), true);
  assert.deepEqual(await visit.shift(), { value: 0, sources: [] });
}));

test('whoever opens a page while the site has errors sees them', () => withPreview({}, async (visit, preview) => {
  preview.state.diagnostics = ERRORS;
  await visit.goto(preview.origin + LONG);
  await overlayOf(visit).waitFor();
}));

test('Escape puts the errors away, also over a reload, and a button brings them back', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  preview.state.diagnostics = ERRORS;
  preview.send('errors', { diagnostics: ERRORS });
  await overlayOf(visit).waitFor();
  await visit.page.keyboard.press('Escape');
  await overlayOf(visit).waitFor({ state: 'hidden' });
  const button = ui(visit, '.pill-errors');
  assert.equal(await button.getAttribute('aria-label'), '2 errors: show');
  preview.send('errors', { diagnostics: ERRORS.slice(0, 1) });
  await ui(visit, '.pill-errors[aria-label="1 error: show"]').waitFor();
  assert.equal(await overlayOf(visit).isVisible(), false);
  await mark(visit);
  preview.send('change', { reload: true, styles: [] });
  await reloaded(visit, preview);
  await button.waitFor();
  assert.equal(await overlayOf(visit).isVisible(), false);
  await button.click();
  await overlayOf(visit).waitFor();
  // Mended, and broken anew: it is news again.
  await visit.page.keyboard.press('Escape');
  preview.send('errors', { diagnostics: [] });
  await button.waitFor({ state: 'hidden' });
  preview.send('errors', { diagnostics: ERRORS });
  await overlayOf(visit).waitFor();
}));

test('whoever types goes on typing when errors appear; else the errors have the focus', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/insiders.html');
  const field = visit.page.locator('main form input:not([type=hidden])').first();
  await field.click();
  await visit.page.keyboard.type('Ann');
  preview.send('errors', { diagnostics: ERRORS });
  await overlayOf(visit).waitFor();
  await visit.page.keyboard.type('abel');
  assert.equal(await field.inputValue(), 'Annabel');
  await visit.page.keyboard.press('Escape');
  await field.evaluate((element) => element.blur());
  preview.send('errors', { diagnostics: [] });
  await ui(visit, '.pill-errors').waitFor({ state: 'hidden' });
  preview.send('errors', { diagnostics: ERRORS });
  await overlayOf(visit).waitFor();
  assert.equal(await visit.page.evaluate(() => document.activeElement.localName), 'hardtop-preview');
  // The keyboard alone: on to the first control of the errors, and back.
  await visit.page.keyboard.press('Tab');
  assert.equal(await visit.page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), 'HideEsc');
  await visit.page.keyboard.press('Enter');
  await overlayOf(visit).waitFor({ state: 'hidden' });
  assert.equal(await visit.page.evaluate(() => document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')), '2 errors: show');
}));

test('errors can be used over open preferences', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await visit.page.locator('#consent-banner [data-consent="preferences"]').click();
  preview.send('errors', { diagnostics: ERRORS });
  await overlayOf(visit).waitFor();
  await ui(visit, '.overlay .button').click();
  await overlayOf(visit).waitFor({ state: 'hidden' });
  assert.equal(await visit.page.locator('#consent-preferences').evaluate((dialog) => dialog.open), true);
}));

test('a place is copied with one click', () => withPreview({}, async (visit, preview) => {
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: preview.origin });
  await open(visit, preview, LONG);
  preview.send('errors', { diagnostics: ERRORS });
  await ui(visit, '.copy').first().click();
  await ui(visit, '.copy[aria-label="Copied content/a.md:2:11"]').waitFor();
  assert.equal(await visit.page.evaluate(() => navigator.clipboard.readText()), 'content/a.md:2:11');
}));

// --- The consent toolbar

const statesOf = async (visit) => Object.fromEntries(await ui(visit, '.service').evaluateAll((items) => items.map((item) => [item.querySelector('.name').textContent, item.querySelector('.state').textContent])));
const stateIs = (visit, name, state) => ui(visit, '.service').filter({ hasText: name }).locator('.state', { hasText: new RegExp(`^${state}$`) }).waitFor();
const same = (state) => ({ 'Sign-up session': 'Always on', 'Memory seat': state, 'Product film': state, 'Visit count': state, 'Atlas beacon': state });

test('the toolbar shows the services of the page and grants, withdraws, accepts and refuses with one click each', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  assert.equal(await pillOf(visit).getAttribute('aria-label'), 'Preview: 5 services, 4 undecided');
  await openPanel(visit);
  assert.deepEqual(await statesOf(visit), same('Undecided'));
  await control(visit, 'grant-product-film').click();
  await stateIs(visit, 'Product film', 'Granted');
  assert.equal(await control(visit, 'grant-product-film').getAttribute('aria-pressed'), 'true');
  assert.equal(await visit.page.evaluate(() => window.hardtop.consent.granted('product-film')), true);
  assert.equal(await visit.page.evaluate(() => document.activeElement.localName), 'hardtop-preview');
  await mark(visit);
  await control(visit, 'refuse-product-film').click(); // withdraws: the runtime reloads
  await reloaded(visit, preview);
  await stateIs(visit, 'Product film', 'Refused');
  await control(visit, 'accept-all').click();
  await stateIs(visit, 'Atlas beacon', 'Granted');
  assert.deepEqual(await statesOf(visit), same('Granted'));
  await mark(visit);
  await control(visit, 'reject-all').focus();
  await visit.page.keyboard.press('Enter');
  await reloaded(visit, preview);
  await stateIs(visit, 'Atlas beacon', 'Refused');
  assert.deepEqual(await statesOf(visit), same('Refused'));
  // Who used the keyboard is where they were.
  await visit.page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.dataset.key === 'reject-all');
}));

test('a fresh visitor has no choice, nothing stored, and nothing simulated', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/insiders.html');
  await openPanel(visit);
  await control(visit, 'gpc').click();
  await ui(visit, '[data-key="gpc"][aria-checked="true"]').waitFor();
  await control(visit, 'grant-memory-seat').click();
  await stateIs(visit, 'Memory seat', 'Granted');
  await visit.page.evaluate(() => {
    localStorage.setItem('memory-seat', '{"name":"Ann"}');
    localStorage.setItem('of-the-site', '1');
    document.cookie = 'visit=7; Path=/';
  });
  await mark(visit);
  await control(visit, 'fresh').click();
  await reloaded(visit, preview);
  await stateIs(visit, 'Memory seat', 'Undecided');
  assert.deepEqual(await visit.cookies(), []);
  assert.deepEqual((await visit.storage()).localStorage, ['of-the-site']);
  assert.equal(await visit.page.evaluate(() => navigator.globalPrivacyControl ?? false), false);
  await visit.page.locator('#consent-banner').waitFor();
}));

test('Global Privacy Control can be switched on and off, before the runtime asks', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await mark(visit);
  await control(visit, 'gpc').click();
  await reloaded(visit, preview);
  await stateIs(visit, 'Atlas beacon', 'Refused by GPC');
  assert.match(await visit.page.evaluate(() => document.documentElement.dataset.consentState), /\bgpc\b/);
  assert.equal(await visit.page.locator('#consent-banner .consent-gpc').isVisible(), true);
  await mark(visit);
  await control(visit, 'gpc').click();
  await reloaded(visit, preview);
  await stateIs(visit, 'Atlas beacon', 'Undecided');
}));

test('a browser that sends the signal itself can be one that does not', () => withPreview({ visitor: { gpc: true } }, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await stateIs(visit, 'Atlas beacon', 'Refused by GPC');
  await mark(visit);
  await control(visit, 'gpc').click();
  await reloaded(visit, preview);
  await stateIs(visit, 'Atlas beacon', 'Undecided');
}));

const REGIONS = '[[consent.region]]\nplaces = ["DE", "FR"]\ndefault = "opt-in"\n\n[[consent.region]]\nplaces = ["US"]\ndefault = "opt-out"\n\n';
const ofRegions = (source) => buildSite({
  build: ['--environment', 'development'],
  change: ({ read, write }) => write('site/consent.toml', read('site/consent.toml')
    .replace('[consent]\n', `$&region_source = "${source}"\n`).replace('[[service]]\n', `${REGIONS}$&`)),
});

test('the region is set in the cookie that the edge would set', async () => {
  const of = ofRegions('cookie:place');
  await withPreview({ of }, async (visit, preview) => {
    await open(visit, preview, FILM);
    await openPanel(visit);
    assert.deepEqual(await control(visit, 'region').locator('option').allInnerTexts(), ['Unknown', 'Germany: nothing runs before a yes', 'France: nothing runs before a yes', 'United States: everything runs until a no']);
    await mark(visit);
    await control(visit, 'region').selectOption('US');
    await reloaded(visit, preview);
    await stateIs(visit, 'Atlas beacon', 'Undecided, runs');
    assert.match(await visit.page.evaluate(() => document.documentElement.dataset.consentState), /\bopt-out\b/);
    assert.equal(await control(visit, 'region').inputValue(), 'US');
    await mark(visit);
    await control(visit, 'fresh').click();
    await reloaded(visit, preview);
    await stateIs(visit, 'Atlas beacon', 'Undecided');
    // What the beacon has under its own domain, no page of this site can remove.
    assert.deepEqual((await visit.cookies()).filter(({ domain }) => domain === '127.0.0.1'), []);
  });
});

test('the region is told to the server, where the site asks Cloudflare', async () => {
  await withPreview({ of: ofRegions('cloudflare') }, async (visit, preview) => {
    await open(visit, preview, FILM);
    await openPanel(visit);
    await mark(visit);
    preview.state.region = 'FR';
    await control(visit, 'region').selectOption('FR');
    await preview.requested('/.hardtop/region?set=FR');
    await reloaded(visit, preview);
    assert.equal(await control(visit, 'region').inputValue(), 'FR');
    visit.complaints.length = 0; // this mock has no /cdn-cgi/trace
  });
});

test('another language is told to the server, which sends the reload', () => withPreview({}, async (visit, preview) => {
  preview.state.languages = ['de', 'en'];
  await open(visit, preview, FILM);
  await openPanel(visit);
  assert.deepEqual(await control(visit, 'language').locator('option').allInnerTexts(), ['German (de)', 'English (en)']);
  await control(visit, 'language').selectOption('de');
  await preview.requested('/.hardtop/language?set=de');
}));

test('what the gate made inert is listed with its service, address and source', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  const items = ui(visit, '.gated li');
  assert.equal(await items.count(), 3);
  const film = items.filter({ hasText: 'Product film' });
  assert.equal(await film.locator('code').first().innerText(), '<iframe>');
  assert.equal(await film.locator('.url').innerText(), 'https://player.films.example/embed/once-around-the-block');
  assert.equal(await film.locator('.place code').innerText(), 'consent.toml:71:9');
  assert.equal(await film.locator('.state').innerText(), 'Waits');
  await control(visit, 'grant-product-film').click();
  await film.locator('.state', { hasText: 'Let in' }).waitFor();
}));

test('warnings of the build stand in the toolbar, and are no overlay', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  preview.send('errors', { diagnostics: [WARNING] });
  await ui(visit, '.pill[aria-label="Preview: 5 services, 4 undecided, 1 warning"]').waitFor();
  assert.equal(await overlayOf(visit).isVisible(), false);
  await openPanel(visit);
  assert.equal(await ui(visit, '.problem .place code').innerText(), 'consent.toml:9:4');
}));

test('a site without consent.toml contacts nobody, and the toolbar says so', () => withPreview({ consent: null }, async (visit, preview) => {
  preview.write('index.html', '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain</title><link rel="icon" href="data:,"></head><body><main><h1>Plain</h1></main></body></html>');
  await open(visit, preview, '/');
  await openPanel(visit);
  assert.equal(await ui(visit, '[aria-labelledby="part-services"] p').innerText(), 'Nothing is declared: the site has no consent.toml, and contacts nobody.');
  assert.equal(await control(visit, 'accept-all').isDisabled(), true);
}));

// --- Honest design as rendered

const problemsOf = async (visit) => (await ui(visit, '[aria-labelledby="part-design"] .problem').allInnerTexts()).map((text) => text.split('\n')[0]);
const SYMMETRY = '(EDPB cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2))';

for (const [what, css, wanted] of [
  ['a small refusal', '[data-consent="reject-all"] { font-size: 10px }', [`in the banner 'reject-all' has a smaller font, 10 px and not 19, than 'accept-all' ${SYMMETRY}`]],
  ['a light refusal', '[data-consent="reject-all"] { font-weight: 400 }', [`in the banner 'reject-all' has a lighter font, 400 and not 700, than 'accept-all' ${SYMMETRY}`]],
  ['a pale refusal', '[data-consent="reject-all"] { background: none; color: #999 }', [
    "in the banner 'reject-all' has a contrast of 2.54:1; text needs 4.5:1 (WCAG 2.2, 1.4.3)",
    `in the banner 'reject-all' has a text of less contrast, 2.54:1 and not 5.55:1, than 'accept-all' ${SYMMETRY}`]],
  ['a ghost of a refusal', '[data-consent="reject-all"] { background: none; color: #b50000 }', [
    `in the banner 'reject-all' stands out less from what is around it, 1:1 and not 4.96:1, than 'accept-all' ${SYMMETRY}`]],
  ['a hidden refusal', '#consent-banner [data-consent="reject-all"] { opacity: 0 }', ["in the banner the refusal cannot be used: it is transparent (EDPB cookie banner taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C))"]],
  ['no way back', '.consent-settings { display: none }', ['nothing visible on the page leads back to the preferences: the one that is there is not displayed (EDPB cookie banner taskforce 2023, practice K; GDPR, article 7(3))']],
]) {
  test(`the toolbar warns of what only a browser sees: ${what}`, () => withPreview({ visitor: { colorScheme: 'light' } }, async (visit, preview) => {
    await open(visit, preview, '/');
    await openPanel(visit);
    await ui(visit, '.fine').waitFor();
    preview.write('assets/main.css', `${preview.read('assets/main.css')}\n${css.replaceAll(';', ' !important;').replaceAll(' }', ' !important }')}`);
    preview.send('change', { reload: false, styles: ['/assets/main.css'] });
    await ui(visit, '[aria-labelledby="part-design"] .problem').first().waitFor();
    assert.deepEqual((await problemsOf(visit)).sort(), wanted.sort());
  }));
}

test('a box that is ticked before the visitor has chosen is a warning', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/');
  await openPanel(visit);
  await visit.page.evaluate(() => {
    document.querySelector('[data-consent-service="atlas"]').checked = true;
    document.body.append(document.createElement('i')); // occasion to look
  });
  await ui(visit, '[aria-labelledby="part-design"] .problem').waitFor();
  assert.deepEqual(await problemsOf(visit), ["'atlas' is ticked before the visitor has chosen: that is no consent (EDPB cookie banner taskforce 2023, practice B; GDPR, recital 32; CJEU C-673/17)"]);
}));

// --- Apart from the page

test('the page cannot reach the preview, and the preview leaves no trace in it', () => withPreview({ closed: true }, async (visit, preview) => {
  await visit.goto(`${preview.origin}/`);
  await preview.connected(1);
  await visit.page.waitForSelector('hardtop-preview', { state: 'attached' });
  const found = await visit.page.evaluate(() => ({
    root: document.querySelector('hardtop-preview').shadowRoot,
    scripts: [...document.scripts].map(({ src }) => src).filter((src) => src.includes('.hardtop')),
    inBody: document.body.querySelector('hardtop-preview'),
    attributes: [...document.documentElement.attributes].map(({ name }) => name).sort(),
    globals: Object.keys(window).filter((name) => /hardtop/i.test(name)), // the runtime's own
  }));
  assert.deepEqual(found, { root: null, scripts: [], inBody: null, attributes: ['data-consent-state', 'dir', 'lang'], globals: ['hardtop'] });
}));

test('the page’s styles do not touch the preview, and printing leaves it out', () => withPreview({}, async (visit, preview) => {
  preview.write('assets/main.css', `${preview.read('assets/main.css')}
* { display: block !important; color: red; font-size: 40px }
hardtop-preview { display: none; opacity: .1; transform: scale(3) }
::backdrop { background: red !important }`);
  await open(visit, preview, '/');
  const looks = await pillOf(visit).evaluate((pill) => {
    const { color, fontSize } = getComputedStyle(pill);
    const { host } = pill.getRootNode();
    const { opacity, transform } = getComputedStyle(host);
    return { color, fontSize, opacity, transform, backdrop: getComputedStyle(host, '::backdrop').display };
  });
  assert.deepEqual(looks, { color: 'rgb(255, 255, 255)', fontSize: '14px', opacity: '1', transform: 'none', backdrop: 'none' });
  await visit.page.emulateMedia({ media: 'print' });
  assert.equal(await pillOf(visit).isVisible(), false);
}));

test('the corner that the toolbar stands in is none where the banner has its buttons', () => withPreview({ visitor: { viewport: { width: 390, height: 700 } } }, async (visit, preview) => {
  preview.write('assets/main.css', `${preview.read('assets/main.css')}\n#consent-banner { position: fixed; inset: auto 0 0 0; z-index: 99 }`);
  await open(visit, preview, '/');
  await ui(visit, '.dock[data-edge="top"]').waitFor();
  const covered = await visit.page.evaluate(() => [...document.querySelectorAll('#consent-banner :is(button, a)')].filter((button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    return y + height < innerHeight && !button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  }).map((button) => button.textContent));
  assert.deepEqual(covered, []);
}));

test('the panel stays where it is while it is open', () => withPreview({ visitor: { viewport: { width: 390, height: 700 } } }, async (visit, preview) => {
  await open(visit, preview, '/');
  await openPanel(visit);
  const where = await ui(visit, '.panel').boundingBox();
  await visit.page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('#consent-banner { position: fixed; inset: auto 0 0 0; z-index: 99 }');
    document.adoptedStyleSheets.push(sheet);
    dispatchEvent(new Event('resize'));
  });
  await visit.settle();
  assert.deepEqual(await ui(visit, '.panel').boundingBox(), where);
  await control(visit, 'close').click();
  await ui(visit, '.dock[data-edge="top"]').waitFor();
}));

test('the toolbar can be put away to a dot, and stays that in the tab', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, '/');
  await openPanel(visit);
  await control(visit, 'dot').click();
  await ui(visit, '.pill.dot').waitFor();
  await visit.goto(`${preview.origin}/cookies.html`);
  await ui(visit, '.pill.dot').waitFor();
  await ui(visit, '.pill.dot').click();
  await ui(visit, '.pill:not(.dot, .pill-errors)').waitFor();
}));

test('the keyboard alone opens the toolbar, reaches all of it, and closes it', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await pillOf(visit).focus();
  await visit.page.keyboard.press('Enter');
  await ui(visit, '.panel').waitFor();
  const key = () => visit.page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.dataset.key ?? '');
  assert.equal(await key(), 'close');
  const reached = new Set();
  for (let step = 0; step < 40 && (await key()) !== 'pill'; step += 1) {
    await visit.page.keyboard.press('Tab');
    reached.add(await key());
  }
  for (const wanted of ['fresh', 'accept-all', 'reject-all', 'gpc', 'grant-atlas', 'refuse-atlas', 'pill']) assert.ok(reached.has(wanted), `${wanted} of ${[...reached]}`);
  await control(visit, 'gpc').focus();
  await visit.page.keyboard.press('Escape');
  await ui(visit, '.panel').waitFor({ state: 'hidden' });
  assert.equal(await key(), 'pill');
}));

test('the preview shifts nothing', () => withPreview({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await visit.goto(preview.origin + LONG); // with the panel open from the start
  await ui(visit, '.panel').waitFor();
  await visit.settle();
  assert.deepEqual(await visit.shift(), { value: 0, sources: [] });
  assert.equal(await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
}));

// axe in a world of its own: the page's policy would not let it in.
const axe = readFileSync(axePath, 'utf8');
async function violations(visit, within) {
  const session = await visit.context.newCDPSession(visit.page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression, awaitPromise: true, returnByValue: true });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  };
  await run(`globalThis.axe || (() => { ${axe} })(); 0`);
  const options = { runOnly: TAGS, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
  const found = await run(`axe.run({ include: [{ fromShadowDom: ['hardtop-preview', ${JSON.stringify(within)}] }] }, ${JSON.stringify(options)}).then(({ violations, passes }) =>
    ({ passes: passes.length, violations: violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)) }))`);
  await session.detach();
  assert.ok(found.passes > 5, `axe looked at ${within}`);
  return found.violations;
}

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    test(`axe finds nothing in overlay and toolbar: ${colorScheme}, ${viewport.width} px`, () => withPreview({ visitor: { colorScheme, viewport } }, async (visit, preview) => {
      preview.state.languages = ['de', 'en'];
      await open(visit, preview, FILM);
      assert.deepEqual(await violations(visit, '.dock'), []);
      await openPanel(visit);
      await control(visit, 'grant-product-film').click();
      await stateIs(visit, 'Product film', 'Granted');
      preview.send('errors', { diagnostics: [WARNING] });
      await ui(visit, '.problem').waitFor();
      assert.deepEqual(await violations(visit, '.panel'), []);
      preview.send('errors', { diagnostics: ERRORS });
      await overlayOf(visit).waitFor();
      assert.deepEqual(await violations(visit, '.overlay'), []);
      await visit.page.keyboard.press('Escape');
      assert.deepEqual(await violations(visit, '.dock'), []);
    }));
  }
}

// --- Never in a build

test('no output file of a build, in any environment, has anything of the preview in it', () => {
  for (const of of [site, buildSite()]) {
    assert.ok(of.files.length > 10);
    for (const file of of.files) {
      const text = readFileSync(join(of.folder, file), 'latin1');
      assert.doesNotMatch(text, /\.hardtop\/|hardtop-preview|preview\.js/, file);
    }
  }
});
