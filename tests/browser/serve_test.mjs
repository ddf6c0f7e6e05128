// `hardtop serve` in Chromium, whole: files of the example site are edited as a person edits them, and what the browser shows of it
// is looked at. preview_client_test.mjs tries the client alone, against a mock, and in more detail.
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync } from 'node:fs';
import { buildSite, openSite } from './support/example_site.mjs';
import { openServe } from './support/serve.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const NOT_FOUND = /404 \(Not Found\)/;
const TAKES_NO_POST = /405 \(Method Not Allowed\)/; // the site's own endpoint is not the preview's
const FILM = 'footer-privacy-policy-product-info.html';
const LONG = 'footer-privacy-policy.html';
const LONG_SOURCE = 'site/content/footer-privacy-policy.md';
const COOKIES_SOURCE = 'site/content/cookies.md';

useBrowser(() => openSite(world, buildSite()));

// The shadow root is closed to the page, as it should be, and so to the tests: here it is made open.
const openShadow = () => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachOpen(init) { return attach.call(this, { ...init, mode: 'open' }); };
};

// `complains`: what Chromium may say of what a test does, whenever it says it.
async function withServe({ complains, ...options }, act) {
  const preview = await openServe(options);
  let visit;
  try {
    visit = await browser.visit({ viewport: { width: 1280, height: 800 } });
    await visit.context.addInitScript(openShadow);
    await act(visit, preview);
    assert.deepEqual(await visit.violations(), []);
    assert.deepEqual(visit.complaints.filter((text) => !complains?.test(text)), []);
  } finally {
    // First what pages reload from: Chromium does not close a page that is on its way.
    await preview.close().finally(() => visit?.close());
  }
}

const ui = (visit, selector) => visit.page.locator(`hardtop-preview ${selector}`);
const overlayOf = (visit) => ui(visit, '.overlay');
const control = (visit, key) => ui(visit, `[data-key="${key}"]`);

async function open(visit, preview, path = '') {
  const response = await visit.goto(preview.url + path);
  await ui(visit, '.pill:not(.pill-errors)').waitFor();
  return response;
}
async function openPanel(visit) {
  await ui(visit, '.pill:not(.pill-errors)').click();
  await ui(visit, '.panel').waitFor();
  await ui(visit, '.connection', { hasText: 'Live' }).waitFor();
}
const mark = (visit) => visit.page.evaluate(() => { globalThis.isMarked = true; });
const isMarked = (visit) => visit.page.evaluate(() => globalThis.isMarked === true);
const isReloaded = async (visit) => {
  await visit.page.waitForFunction(() => !globalThis.isMarked && document.readyState === 'complete');
};
const mainHas = (visit, text) => visit.page.waitForFunction((wanted) => document.querySelector('main')?.textContent.includes(wanted), text);
const stateIs = (visit, name, text) => ui(visit, '.service').filter({ hasText: name }).locator('.state', { hasText: new RegExp(`^${text}$`) }).waitFor();

// --- What is saved shows

test('an edit of Markdown reloads its page where it was being read, and no other page', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  const other = await visit.context.newPage();
  await other.goto(`${preview.url}cookies.html`);
  await other.evaluate(() => { globalThis.isMarked = true; });
  await visit.page.bringToFront();
  await visit.page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
  await visit.page.waitForFunction(() => scrollY === 1500);
  await mark(visit);
  appendFileSync(preview.at(LONG_SOURCE), '\nJust added at the end.\n');
  await isReloaded(visit);
  await mainHas(visit, 'Just added at the end.');
  await visit.page.waitForFunction(() => Math.abs(scrollY - 1500) <= 1);
  assert.equal(await other.evaluate(() => globalThis.isMarked), true);
}));

test('an edit of a style swaps the sheet without a reload', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  await mark(visit);
  preview.edit('themes/mini/styles/main.scss', (text) => `${text}\n$thick: 3px;\nmain { outline: $thick + 4px solid red; }\n`);
  await visit.page.waitForFunction(() => getComputedStyle(document.querySelector('main')).outlineWidth === '7px');
  assert.equal(await isMarked(visit), true);
}));

test('an edit of a template reloads', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  await mark(visit);
  preview.edit('themes/mini/layouts/page.mustache', (text) => `${text}\n<p id="of-template">{{page.title}}</p>\n`);
  await isReloaded(visit);
  await visit.page.waitForFunction(() => document.getElementById('of-template')?.textContent);
}));

test('a page that is new, renamed and removed is there, moved and gone, and so are the links to it', () => withServe({ complains: NOT_FOUND }, async (visit, preview) => {
  const status = async (path) => (await visit.context.request.get(preview.url + path)).status();
  preview.forget();
  preview.write('site/content/extra.md', '+++\ntitle = "Extra"\n+++\nA page that is new.\n');
  await preview.said(/content\/extra\.md: \d+ files? /);
  await open(visit, preview, 'extra.html');
  await mainHas(visit, 'A page that is new.');
  await mark(visit);
  preview.forget();
  renameSync(preview.at('site/content/extra.md'), preview.at('site/content/other.md'));
  await preview.said(/ 1 removed, in /);
  await isReloaded(visit); // to the page that says so
  await visit.page.waitForFunction(() => document.title.includes('not found') || document.body.textContent.includes('404') || !document.body.textContent.includes('A page that is new.'));
  assert.equal(await status('extra.html'), 404);
  assert.equal(await status('other.html'), 200);
  await mark(visit);
  preview.forget();
  rmSync(preview.at('site/content/other.md'));
  await preview.said(/ 1 removed, in /);
  await isReloaded(visit); // a page that is not there might be another one now
  assert.equal(await status('other.html'), 404);
}));

test('--navigate goes to the page that was edited', () => withServe({ args: ['--navigate'] }, async (visit, preview) => {
  await open(visit, preview);
  preview.edit(COOKIES_SOURCE, (text) => `${text}\nEdited.\n`);
  await visit.page.waitForURL(`${preview.url}cookies.html`);
  await mainHas(visit, 'Edited.');
}));

// --- What is wrong shows

// What the overlay says, as the terminal says it; spaces apart.
async function overlayText(visit) {
  const items = [];
  for (const item of await ui(visit, '.errors > li').all()) {
    const pres = await item.locator('pre').allInnerTexts();
    const hint = await item.locator('.hint').innerText();
    items.push(`${await item.locator('.place code').first().innerText()}: error: ${await item.locator('.message').innerText()} [${await item.locator('.id').innerText()}] ${pres[0]} ${hint.replace(/^Hint/, 'hint:')} ${pres.slice(1).join(' ')}`);
  }
  return items.join(' ').replace(/\s+/g, ' ').trim();
}

for (const [what, path, breakIt, wanted] of [
  ['template', 'themes/mini/layouts/page.mustache', (text) => `${text}{{page.titel}}`, 'template/unknown-name'],
  ['front matter', COOKIES_SOURCE, (text) => text.replace('title =', 'titel ='), 'front-matter/unknown-key'],
  ['style', 'themes/mini/styles/main.scss', (text) => `${text}\nmain { color: $nowhere; }\n`, 'style/sass-error'],
  ['page with a host that nobody declares', COOKIES_SOURCE, (text) => `${text}\n<img src="https://px.example/1.gif" alt="">\n`, 'consent/undeclared-host'],
]) {
  test(`a broken ${what} is told over whatever page is open, in the terminal's words, until it is mended`, () => withServe({}, async (visit, preview) => {
    await open(visit, preview, LONG);
    await mark(visit);
    const good = preview.read(path);
    preview.forget();
    preview.edit(path, breakIt);
    await overlayOf(visit).waitFor();
    await preview.said('what is served is what was good last');
    const told = preview.told.replace(/\s+/g, ' ').trim();
    assert.ok(told.startsWith(path), told);
    assert.ok(told.includes(` [${wanted}`), told);
    assert.equal(await overlayText(visit), told);
    assert.equal(await isMarked(visit), true); // the last good page is below
    assert.equal(await visit.page.locator('main h1').isVisible(), true);
    assert.equal((await visit.context.request.get(`${preview.url}cookies.html`)).status(), 200);
    preview.write(path, good);
    await overlayOf(visit).waitFor({ state: 'hidden' });
    assert.equal(await isMarked(visit), true);
  }));
}

test('a theme that is gone is told, and the site is whole when it comes back', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  renameSync(preview.at('themes/mini'), preview.at('away'));
  await overlayOf(visit).waitFor();
  assert.equal(await ui(visit, '.errors .message').innerText(), "there is no theme called 'mini'");
  renameSync(preview.at('away'), preview.at('themes/mini'));
  await overlayOf(visit).waitFor({ state: 'hidden' });
  preview.edit('themes/mini/layouts/page.mustache', (text) => `${text}<p id="of-template">x</p>`);
  await visit.page.locator('#of-template').waitFor({ state: 'attached' });
}));

test('a site.toml that stops parsing is told, and takes effect when it is mended', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, LONG);
  const good = preview.read('site/site.toml');
  preview.write('site/site.toml', good.replace('title = "MINI USA"', 'title = "MINI USA'));
  await overlayOf(visit).waitFor();
  assert.equal(await ui(visit, '.errors .place code').first().innerText(), 'site/site.toml:3:9');
  preview.write('site/site.toml', good.replace('title = "MINI USA"', 'title = "MINI Anywhere"'));
  await overlayOf(visit).waitFor({ state: 'hidden' });
  await visit.page.waitForFunction(() => document.title.endsWith('MINI Anywhere'));
}));

test('a file that is half written at first is whole in the end', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, 'cookies.html');
  const good = preview.read(COOKIES_SOURCE);
  preview.write(COOKIES_SOURCE, good.slice(0, 10));
  await overlayOf(visit).waitFor();
  appendFileSync(preview.at(COOKIES_SOURCE), `${good.slice(10)}\nThe second half.\n`);
  await overlayOf(visit).waitFor({ state: 'hidden' });
  await mainHas(visit, 'The second half.');
}));

test('a site that has errors from the start shows them, and the site when they are mended', () => withServe({
  complains: NOT_FOUND,
  change: ({ read, write }) => write(COOKIES_SOURCE, `${read(COOKIES_SOURCE)}\n[broken](nowhere.md)\n`),
}, async (visit, preview) => {
  await visit.goto(preview.url);
  await overlayOf(visit).waitFor();
  preview.edit(COOKIES_SOURCE, (text) => text.replace('[broken](nowhere.md)', 'Mended.'));
  await visit.page.locator('main h1').waitFor();
  await overlayOf(visit).waitFor({ state: 'hidden' });
}));

// --- The toolbar

test('the toolbar tells the services of the page, and makes a visitor who accepts, refuses, is new, or sends GPC', () => withServe({ complains: TAKES_NO_POST }, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  for (const name of ['Product film', 'Visit count', 'Atlas beacon']) await stateIs(visit, name, 'Undecided');
  await control(visit, 'accept-all').click();
  for (const name of ['Product film', 'Atlas beacon']) await stateIs(visit, name, 'Granted');
  assert.equal(await visit.page.evaluate(() => window.hardtop.consent.granted('product-film')), true);
  await control(visit, 'reject-all').click();
  for (const name of ['Product film', 'Atlas beacon']) await stateIs(visit, name, 'Refused');
  await control(visit, 'fresh').click();
  await stateIs(visit, 'Product film', 'Undecided');
  await visit.page.locator('#consent-banner').waitFor();
  await control(visit, 'gpc').click();
  await ui(visit, '[data-key="gpc"][aria-checked="true"]').waitFor();
  await stateIs(visit, 'Atlas beacon', 'Refused by GPC');
}));

test('what the gate made inert is listed with the lines that put it there', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await ui(visit, '.gated li').first().waitFor();
  const items = {};
  for (const item of await ui(visit, '.gated li').all()) items[await item.locator('.name').innerText()] = await item.locator('.place code').innerText();
  for (const [name, wanted] of [['Product film', 'player.films.example'], ['Atlas beacon', 'view.atlasdmt.com']]) {
    const [, path, line] = /^(.*):(\d+):\d+$/.exec(items[name] ?? `${name}:0:0`);
    const from = preview.read(`site/${path.replace(/^site\//, '')}`).split('\n')[line - 1];
    assert.ok(from !== undefined && (from.includes(wanted) || from.includes('{embed}') || from.includes('```')), `${name}: ${items[name]}: ${from}`);
  }
}));

test('the site speaks another language while the preview is told so', () => withServe({}, async (visit, preview) => {
  await open(visit, preview, FILM);
  await openPanel(visit);
  await mark(visit);
  await control(visit, 'language').selectOption('de');
  await isReloaded(visit);
  await visit.page.locator('#consent-banner [data-consent="reject-all"]', { hasText: 'Alle ablehnen' }).waitFor();
  assert.equal(await control(visit, 'language').inputValue(), 'de');
  await mark(visit);
  await control(visit, 'language').selectOption('en');
  await isReloaded(visit);
  await visit.page.locator('#consent-banner [data-consent="reject-all"]', { hasText: 'Reject all' }).waitFor();
}));

test('a region can be chosen where the site asks Cloudflare for it', () => withServe({
  complains: new RegExp(`${NOT_FOUND.source}|${TAKES_NO_POST.source}`), // without Cloudflare there is no /cdn-cgi/trace
  change: ({ read, write }) => write('site/consent.toml', read('site/consent.toml').replace('[consent]\n', '[consent]\nregion_source = "cloudflare"\n')
    .replace('[[service]]', '[[consent.region]]\nplaces = ["US"]\ndefault = "opt-out"\n\n[[service]]')),
}, async (visit, preview) => {
  assert.equal((await visit.context.request.get(`${preview.origin}/cdn-cgi/trace`)).status(), 404);
  await open(visit, preview, FILM);
  await openPanel(visit);
  await mark(visit);
  await control(visit, 'region').selectOption('US');
  await isReloaded(visit);
  await stateIs(visit, 'Atlas beacon', 'Undecided, runs');
  assert.match(await (await visit.context.request.get(`${preview.origin}/cdn-cgi/trace`)).text(), /^loc=US$/m);
}));

test('a site below a path is shown there, live', () => withServe({ args: ['--base-url', 'https://www.miniusa.example/down/here/'] }, async (visit, preview) => {
  assert.equal(preview.url, `${preview.origin}/down/here/`);
  assert.equal((await fetch(preview.origin, { redirect: 'manual' })).headers.get('location'), '/down/here/');
  await open(visit, preview, LONG);
  await mark(visit);
  appendFileSync(preview.at(LONG_SOURCE), '\nAt the end.\n');
  await isReloaded(visit);
  await mainHas(visit, 'At the end.');
  await mark(visit);
  preview.edit('themes/mini/styles/main.scss', (text) => `${text}\nmain { outline: 7px solid red; }\n`);
  await visit.page.waitForFunction(() => getComputedStyle(document.querySelector('main')).outlineWidth === '7px');
  assert.equal(await isMarked(visit), true);
}));
