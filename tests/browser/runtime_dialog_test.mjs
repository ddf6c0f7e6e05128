// The banner, the preferences and the interface, as a visitor and a page's own script meet them.
import assert from 'node:assert/strict';
import { ORIGIN, choice, click, composeSite, cookieText, filesOf, stateOf } from './support/runtime_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const site = composeSite({
  services: [
    { id: 'ads-1', category: 'advertising' }, { id: 'ads-2', category: 'advertising' }, { id: 'films', category: 'functional' },
    { id: 'session', category: 'necessary' },
  ],
});

useBrowser();

async function visiting({ groups, body = '<p>Hello</p><p style="height: 3000px"></p><p><a href="/policy" data-consent="preferences" id="link">Preferences</a></p>', head = '' }, act) {
  world.serve('site.example', filesOf(site, { '/': body }, { policy: "default-src 'self' 'unsafe-inline'", head }));
  const visit = await browser.visit();
  try {
    if (groups) await visit.context.addCookies([choice(site, groups)]);
    await visit.goto(ORIGIN);
    await act(visit, visit.page);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}
const valueOf = async (visit) => (await visit.cookies())[0]?.value;
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.localName);
const boxes = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('dialog input')].map((box) => [
  box.dataset.consentCategory ?? box.dataset.consentService, box.indeterminate ? 'mixed' : box.checked])));
const open = (page) => page.evaluate(() => document.querySelector('dialog').open);

test('the banner leaves the focus where it is, and moves nothing', () => visiting({}, async (visit, page) => {
  assert.equal(await focused(page), 'body');
  assert.equal((await visit.shift()).value, 0);
  assert.equal(await page.isVisible('#consent-banner'), true);
}));

for (const method of ['accept-all', 'reject-all']) {
  test(`after ${method} the focus is in main, nothing scrolls, and the status says that it is saved`, () => visiting({}, async (visit, page) => {
    assert.equal(await page.textContent('#consent-status'), '');
    await page.evaluate(() => scrollTo(0, 1000));
    await page.evaluate((name) => document.querySelector(`#consent-banner [data-consent="${name}"]`).click(), method);
    assert.equal(await focused(page), 'main');
    assert.equal(await page.textContent('#consent-status'), 'Your choice is saved.');
    assert.equal(await page.isVisible('#consent-banner'), false);
    // The banner is gone above; the browser keeps what is seen in its place.
    assert.ok(await page.evaluate(() => scrollY) > 500);
  }));
}

test('nothing is ticked before a decision, nor after a refusal', async () => {
  for (const groups of [undefined, [{ refused: ['ads-1', 'ads-2', 'films'] }]]) {
    await visiting({ groups }, async (visit, page) => {
      await click(visit, 'preferences', 'footer');
      assert.deepEqual(await boxes(page), { advertising: false, 'ads-1': false, 'ads-2': false, functional: false, films: false });
    });
  }
});

// As Firefox does after a reload; autocomplete="off", which would tell it not to, is not for boxes.
test('what a browser has ticked again by itself is let go when the preferences open', () => visiting({ groups: [{ granted: ['ads-1'], refused: ['ads-2', 'films'] }] }, async (visit, page) => {
  await page.evaluate(() => { for (const box of document.querySelectorAll('dialog input')) box.checked = true; });
  await click(visit, 'preferences', 'footer');
  assert.deepEqual(await boxes(page), { advertising: 'mixed', 'ads-1': true, 'ads-2': false, functional: false, films: false });
  await click(visit, 'save', 'dialog');
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['ads-1'], refused: ['ads-2', 'films'] }]));
}));

test('a category ticks its services, and is mixed when they differ', () => visiting({ groups: [{ granted: ['ads-1'], refused: ['ads-2', 'films'] }] }, async (visit, page) => {
  await click(visit, 'preferences', 'footer');
  assert.deepEqual(await boxes(page), { advertising: 'mixed', 'ads-1': true, 'ads-2': false, functional: false, films: false });
  await page.click('[data-consent-category="advertising"]');
  assert.deepEqual(await boxes(page), { advertising: true, 'ads-1': true, 'ads-2': true, functional: false, films: false });
  await page.click('[data-consent-category="advertising"]');
  assert.deepEqual(await boxes(page), { advertising: false, 'ads-1': false, 'ads-2': false, functional: false, films: false });
  await page.click('[data-consent-service="ads-2"]');
  assert.deepEqual(await boxes(page), { advertising: 'mixed', 'ads-1': false, 'ads-2': true, functional: false, films: false });
  await page.click('[data-consent-service="ads-1"]');
  assert.deepEqual(await boxes(page), { advertising: true, 'ads-1': true, 'ads-2': true, functional: false, films: false });
}));

test('saving decides on every service, closes, and focuses main', () => visiting({}, async (visit, page) => {
  await click(visit, 'preferences', '#consent-banner');
  await page.check('[data-consent-category="functional"]');
  await click(visit, 'save');
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films'], refused: ['ads-1', 'ads-2'] }]));
  assert.equal(await open(page), false);
  assert.equal(await focused(page), 'main');
  assert.equal(await stateOf(visit), 'js');
  assert.equal(await page.textContent('#consent-status'), 'Your choice is saved.');
}));

for (const [what, close] of Object.entries({
  Escape: (visit, page) => page.keyboard.press('Escape'),
  Close: (visit) => click(visit, 'close'),
})) {
  test(`${what} saves nothing, restores what is saved, and gives the focus back`, () => visiting({ groups: [{ granted: ['ads-1'], refused: ['ads-2', 'films'] }] }, async (visit, page) => {
    const before = await valueOf(visit);
    await page.focus('#settings');
    await page.keyboard.press('Enter');
    assert.equal(await open(page), true);
    await page.click('[data-consent-category="advertising"]');
    await close(visit, page);
    await page.waitForFunction(() => document.querySelector('[data-consent-category="advertising"]').indeterminate);
    assert.equal(await open(page), false);
    assert.equal(await focused(page), 'settings');
    assert.deepEqual(await boxes(page), { advertising: 'mixed', 'ads-1': true, 'ads-2': false, functional: false, films: false });
    assert.equal(await valueOf(visit), before);
    await click(visit, 'preferences', 'footer');
    assert.deepEqual(await boxes(page), { advertising: 'mixed', 'ads-1': true, 'ads-2': false, functional: false, films: false });
  }));
}

test('the preferences open over the page: what is behind cannot be reached', () => visiting({}, async (visit, page) => {
  await click(visit, 'preferences', 'footer');
  assert.equal(await page.evaluate(() => document.querySelector('dialog').matches(':modal')), true);
  assert.equal(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)), true);
}));

test('a link opens the preferences and leads nowhere', () => visiting({}, async (visit, page) => {
  await page.click('#link');
  assert.equal(await open(page), true);
  assert.equal(new URL(page.url()).pathname, '/');
}));

test('all in the preferences is all, also where only some are asked about', () => visiting({ groups: [{ age: 4, granted: ['ads-1'] }] }, async (visit) => {
  assert.equal(await stateOf(visit), 'js ask changed');
  await click(visit, 'preferences', '#consent-banner');
  await click(visit, 'reject-all', 'dialog');
  await visit.page.waitForFunction(() => document.documentElement.dataset.consentState === 'js refused');
  assert.equal(await valueOf(visit), cookieText(site, [{ refused: ['ads-1', 'ads-2', 'films'] }]));
}));

// --- window.hardtop.consent

test('granted, grant, refuse, withdraw, open', () => visiting({}, async (visit, page) => {
  const ask = (ids) => page.evaluate((list) => list.map((id) => globalThis.hardtop.consent.granted(id)), ids);
  const ids = ['ads-1', 'ads-2', 'films', 'session', 'unknown', 'toString', '', undefined];
  assert.deepEqual(await ask(ids), [false, false, false, true, false, false, false, false]);
  await page.evaluate(() => { globalThis.hardtop.consent.grant(['ads-1', 'films', 'unknown', 'session']); });
  assert.deepEqual(await ask(ids), [true, false, true, true, false, false, false, false]);
  assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['ads-1', 'films'] }]));
  await page.evaluate(() => { globalThis.hardtop.consent.grant('ads-2'); });
  assert.deepEqual(await ask(['ads-1', 'ads-2']), [true, true]);
  await page.evaluate(() => { globalThis.hardtop.consent.refuse(['ads-2']); });
  await page.waitForFunction(() => globalThis.hardtop?.consent && !globalThis.hardtop.consent.granted('ads-2'));
  assert.deepEqual(await ask(ids), [true, false, true, true, false, false, false, false]);
  await page.evaluate(() => { globalThis.hardtop.consent.withdraw(); });
  await page.waitForFunction(() => document.documentElement.dataset.consentState === 'js refused');
  await visit.settle();
  await page.evaluate(() => globalThis.hardtop.consent.open());
  assert.equal(await open(page), true);
}));

test('grant without services grants none', () => visiting({}, async (visit, page) => {
  await page.evaluate(() => { globalThis.hardtop.consent.grant(); globalThis.hardtop.consent.grant([]); });
  assert.equal(await valueOf(visit), undefined);
  assert.equal(await stateOf(visit), 'js ask');
}));

test('an id that begins like another is not the other', () => visiting({}, async (visit, page) => {
  await page.evaluate(() => { globalThis.hardtop.consent.grant('ads'); globalThis.hardtop.consent.grant('ads-12'); });
  assert.equal(await valueOf(visit), undefined);
}));

const LISTENER = `<script>window.events = []; document.addEventListener('consentchange', () => events.push(hardtop.consent.granted('films')))</script>`;
test('consentchange tells of the state at the start and of each change, before anything is activated', () => visiting(
  { head: LISTENER, body: '<template data-service="films"><script>events.push("films")</script></template>' }, async (visit, page) => {
    assert.deepEqual(await page.evaluate('events'), [false]);
    await page.evaluate(() => { globalThis.hardtop.consent.grant(['films']); });
    assert.deepEqual(await page.evaluate('events'), [false, true, 'films']);
    await page.evaluate(() => { globalThis.hardtop.consent.grant(['films']); });
    assert.deepEqual(await page.evaluate('events'), [false, true, 'films']);
  }));

test('buttons of one service, and buttons that came later', () => visiting(
  { body: '<button data-consent="grant:films">Allow</button> <button data-consent="withdraw:films"><b>Withdraw</b></button> <button data-consent="nonsense:films">?</button>' }, async (visit, page) => {
    await click(visit, 'nonsense:films');
    await click(visit, 'grant:films');
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['films'] }]));
    await page.click('b');
    await page.waitForFunction(() => globalThis.hardtop?.consent && !globalThis.hardtop.consent.granted('films'));
    assert.equal(await valueOf(visit), cookieText(site, [{ refused: ['films'] }]));
    await page.evaluate(() => { document.body.append(Object.assign(document.createElement('button'), { id: 'late' })); document.querySelector('#late').dataset.consent = 'grant:ads-1'; });
    await page.click('#late');
    assert.equal(await valueOf(visit), cookieText(site, [{ granted: ['ads-1'], refused: ['films'] }]));
  }));

test('without dialog, main and status on a page, a grant still works', async () => {
  world.serve('site.example', {
    ...filesOf(site, {}),
    '/': `<!doctype html><html><head><meta charset="utf-8"><script>${site.head}</script><link rel="icon" href="/icon.svg"><script src="/consent.js" defer></script></head><body><template data-service="films"><script>window.films = 1</script></template></body></html>`,
  });
  const visit = await browser.visit();
  await visit.context.addCookies([choice(site, [{ granted: ['films'], refused: ['ads-1', 'ads-2'] }])]);
  await visit.goto(ORIGIN);
  assert.equal(await visit.page.evaluate('window.films'), 1);
  assert.deepEqual(visit.complaints, []);
  await visit.close();
});
