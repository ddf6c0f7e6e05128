// Withdrawal and what it cleans up, other tabs, the back-forward cache, prerendering.
import assert from 'node:assert/strict';
import { openBareBrowser } from './support/bare_browser.mjs';
import { ORIGIN, choice, click, composeSite, cookieText, filesOf, stateOf, strictPolicy } from './support/runtime_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const KEPT = [{ name: '_f' }, { name: '_f_*' }, { kind: 'local', name: 'f.*' }, { kind: 'session', name: 'f' }, { kind: 'indexed', name: 'f-base' }, { kind: 'cache', name: 'f-cache-*' }];
const site = composeSite({
  services: [
    { id: 'films', stored: KEPT },
    { id: 'count', stored: [{ name: '_c' }, { name: '_f_shared' }] },
    { id: 'session', category: 'necessary', stored: [{ name: '_f_login' }] },
  ],
});

useBrowser();

const ALL = [{ age: 1, granted: ['films', 'count'] }];
const policy = strictPolicy(site, { sources: "'unsafe-inline' https://films.example", trustedTypes: false }).replaceAll(/'sha256-[^']*'/g, '');
const TAG = '<template data-service="films"><script src="https://films.example/tag.js"></script></template>';

// The vendor's script does `tag`; the pages are at `paths`.
function serve({ tag = '', paths = ['/', '/next'], body = TAG, made = site } = {}) {
  world.on('films.example', ({ path }) => (path === '/tag.js' ? { type: 'text/javascript', body: `window.films = 1; ${tag}` } : { status: 204 }));
  world.serve('site.example', filesOf(made, Object.fromEntries(paths.map((path) => [path, body])), { policy }));
}
async function visiting({ groups = ALL, path = '/', cookies = [], ...options }, act) {
  serve(options);
  const visit = await browser.visit(options);
  try {
    if (groups) await visit.context.addCookies([choice(options.made ?? site, groups)]);
    await visit.context.addCookies(cookies);
    const from = world.mark();
    await visit.goto(ORIGIN + path);
    await act(visit, () => world.since(from).filter(({ host, kind }) => host === 'films.example' && kind === 'request').map(({ path: at }) => at));
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}
const reloaded = async (visit, act, page = visit.page) => {
  await page.evaluate(() => { window.before = 1; });
  await act();
  await page.waitForFunction(() => !window.before);
  await visit.settle(page);
};
const names = async (visit) => (await visit.cookies()).filter(({ domain }) => /site\.example$/.test(domain)).map(({ name }) => name).sort();

test('withdrawing reloads the page, without the service', () => visiting({}, async (visit, came) => {
  assert.equal(await visit.page.evaluate('window.films'), 1);
  await reloaded(visit, () => click(visit, 'withdraw', 'footer'));
  assert.equal(await visit.page.evaluate('window.films'), undefined);
  assert.equal(await stateOf(visit), 'js refused');
  assert.deepEqual(came(), ['/tag.js']);
}));

for (const [what, act] of Object.entries({
  'refusing it': (visit) => visit.page.evaluate(() => { globalThis.hardtop.consent.refuse(['films']); }),
  'withdrawing it': (visit) => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw('films'); }),
  'unticking it': async (visit) => {
    await click(visit, 'preferences', 'footer');
    await visit.page.uncheck('[data-consent-service="films"]');
    await click(visit, 'save');
  },
})) {
  test(`${what} is a withdrawal`, () => visiting({}, async (visit) => {
    await reloaded(visit, () => act(visit));
    assert.equal(await visit.page.evaluate('window.films'), undefined);
    assert.equal((await visit.cookies())[0].value.replace(/^.*?\./, '1.'), cookieText(site, what === 'unticking it' ? [{ granted: ['count'], refused: ['films'] }] : [{ age: 1, granted: ['count'] }, { refused: ['films'] }]));
  }));
}

test('refusing what does not run reloads nothing', () => visiting({ groups: null }, async (visit) => {
  await visit.page.evaluate(() => { window.before = 1; });
  await click(visit, 'reject-all');
  await visit.settle();
  assert.equal(await visit.page.evaluate('window.before'), 1);
}));

test('no goodbye leaves: beacons, keepalive, images, of pagehide, unload, visibilitychange and consentchange', () => visiting({
  tag: `const bye = (how) => {
      navigator.sendBeacon("https://films.example/beacon-" + how); fetch("https://films.example/fetch-" + how, {keepalive: true, mode: "no-cors"}).catch(() => {});
      new Image().src = "https://films.example/image-" + how; new WebSocket("wss://films.example/socket-" + how);
    };
    for (const type of ["pagehide", "beforeunload", "unload", "visibilitychange"]) addEventListener(type, () => bye(type), true);
    document.addEventListener("consentchange", () => bye("consentchange"));
    new MutationObserver(() => window.leaving && bye("observer")).observe(document.documentElement, {attributes: true, childList: true, subtree: true});`,
}, async (visit, came) => {
  await visit.page.evaluate(() => { window.leaving = 1; });
  // Not of everything: what is refused altogether is kept in by the head script.
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw(['films']); }));
  assert.deepEqual(came(), ['/tag.js']);
  visit.complaints.length = 0; // the policy says what it kept in
}));

const cookie = (name, more = {}) => ({ name, value: 'x', domain: 'site.example', path: '/', secure: true, ...more });
const STRAY = [
  cookie('_f'), cookie('_f', { domain: '.site.example' }), cookie('_f', { path: '/a' }), cookie('_f', { path: '/a/' }), cookie('_f', { path: '/a/b' }),
  cookie('_f', { path: '/a/b/c.html' }), cookie('_f_123', { domain: '.site.example', path: '/a/b', secure: false }),
];
test('withdrawing removes cookies of every path and parent domain, by pattern, and nothing else', () => visiting({
  path: '/a/b/c.html', paths: ['/a/b/c.html'], cookies: [...STRAY, cookie('_c'), cookie('_f_shared'), cookie('_f_login'), cookie('x_f'), cookie('_fx')],
}, async (visit) => {
  assert.equal((await names(visit)).length, STRAY.length + 6);
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw(['films']); }));
  // _f_shared is of count, too, which is still granted; _f_login of a service that is necessary.
  assert.deepEqual(await names(visit), ['_c', '_f_login', '_f_shared', '_fx', 'cookie_consent', 'x_f']);
}));

test('partitioned cookies are removed, and __Secure- ones', () => visiting({
  made: composeSite({ services: [{ id: 'films', stored: [{ name: '__Secure-f' }, { name: '__Host-f' }, { name: 'p' }] }, { id: 'count' }] }),
}, async (visit) => {
  await visit.page.evaluate(() => {
    document.cookie = '__Secure-f=1; Secure; Path=/; Domain=site.example';
    document.cookie = '__Host-f=1; Secure; Path=/';
    document.cookie = 'p=1; Secure; Path=/; Partitioned; SameSite=None';
  });
  assert.deepEqual(await names(visit), ['__Host-f', '__Secure-f', 'cookie_consent', 'p']);
  await reloaded(visit, () => click(visit, 'withdraw', 'footer'));
  assert.deepEqual(await names(visit), ['cookie_consent']);
}));

test('on a subdomain, cookies of the parent domain are removed', async () => {
  serve();
  world.serve('deep.www.site.example', filesOf(site, { '/': '' }, { policy }));
  const visit = await browser.visit();
  await visit.context.addCookies(['.site.example', '.www.site.example', 'deep.www.site.example'].map((domain) => cookie('_f', { domain })));
  await visit.goto('https://deep.www.site.example/');
  assert.deepEqual(await names(visit), []);
  await visit.close();
});

const fillStorage = () => {
  for (const key of ['f.a', 'f.b', 'fa', 'other']) localStorage.setItem(key, '1');
  for (const key of ['f', 'f.a']) sessionStorage.setItem(key, '1');
  return Promise.all(['f-base', 'f-base2'].map((name) => new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => { request.result.close(); resolve(); };
  })).concat(['f-cache-1', 'x-cache'].map((name) => caches.open(name).then(() => {}))));
};
const storageOf = async (visit) => {
  const { localStorage: local, ...rest } = await visit.storage();
  return { localStorage: local.sort(), ...rest };
};
const LEFT = { localStorage: ['fa', 'other'], sessionStorage: ['f.a'], indexedDB: ['f-base2'], caches: ['x-cache'], workers: [] };
test('withdrawing removes what is in local and session storage, IndexedDB and caches', () => visiting({}, async (visit) => {
  await visit.page.evaluate(fillStorage);
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.withdraw(['films']); }));
  assert.deepEqual(await storageOf(visit), LEFT);
}));

test('each load removes what belongs to services that are not granted', () => visiting({ groups: null, cookies: [cookie('_f'), cookie('_c')] }, async (visit) => {
  assert.deepEqual(await names(visit), []);
  await visit.page.evaluate(fillStorage);
  await visit.page.reload();
  await visit.settle();
  assert.deepEqual(await storageOf(visit), LEFT);
}));

test('what is granted keeps what it has', () => visiting({ cookies: [cookie('_f'), cookie('_c')] }, async (visit) => {
  await visit.page.evaluate(fillStorage);
  await visit.page.reload();
  await visit.settle();
  assert.deepEqual((await visit.storage()).caches, ['f-cache-1', 'x-cache']);
  assert.deepEqual(await names(visit), ['_c', '_f', 'cookie_consent']);
}));

test('storage that throws stops nothing', async () => {
  serve();
  const visit = await browser.visit();
  await visit.context.addCookies([choice(site, [{ granted: ['count'], refused: ['films'] }]), cookie('_f')]);
  await visit.context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
    }
  });
  await visit.goto(ORIGIN);
  assert.deepEqual(await names(visit), ['cookie_consent']);
  assert.deepEqual(visit.complaints, []);
  await visit.close();
});

test('when everything is refused the page can reach nobody, and its own inline code goes on', () => visiting(
  { groups: [{ refused: ['films', 'count'] }], body: '<p style="color: rgb(1, 2, 3)" id="p">x</p><script>window.own = 1</script>' }, async (visit, came) => {
    await visit.page.evaluate(() => { new Image().src = 'https://films.example/i.gif'; });
    await visit.settle();
    assert.deepEqual(came(), []);
    assert.equal(await visit.page.evaluate('window.own + getComputedStyle(p).color'), '1rgb(1, 2, 3)');
    visit.complaints.length = 0;
  }));

test('a grant after everything was refused reloads, and then runs', () => visiting({ groups: [{ refused: ['films', 'count'] }] }, async (visit, came) => {
  await reloaded(visit, () => visit.page.evaluate(() => { globalThis.hardtop.consent.grant(['films']); }));
  assert.deepEqual(came(), ['/tag.js']);
}));

// --- Other tabs

test('a grant in one tab runs in the others; a withdrawal takes it out of them', () => visiting({ groups: null }, async (visit) => {
  const other = await visit.context.newPage();
  await other.goto(`${ORIGIN}/next`);
  await visit.settle(other);
  await click(visit, 'accept-all');
  await other.waitForFunction(() => window.films);
  assert.equal(await other.evaluate(() => document.documentElement.dataset.consentState), 'js');
  await reloaded(visit, () => click(visit, 'withdraw', 'footer'), other);
  assert.equal(await other.evaluate('window.films'), undefined);
  assert.equal(await other.evaluate(() => document.documentElement.dataset.consentState), 'js refused');
}));

test('a tab that heard nothing looks again when it is shown', () => visiting({}, async (visit) => {
  await visit.context.addCookies([choice(site, [{ granted: ['count'], refused: ['films'] }])]);
  await reloaded(visit, () => visit.page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); }));
  assert.equal(await visit.page.evaluate('window.films'), undefined);
}));

test('looking again without a change does nothing', () => visiting({}, async (visit) => {
  await visit.page.evaluate(() => {
    window.before = 1;
    window.events = 0;
    document.addEventListener('consentchange', () => { window.events += 1; });
    for (let i = 0; i < 3; i += 1) document.dispatchEvent(new Event('visibilitychange'));
  });
  await visit.settle();
  assert.equal(await visit.page.evaluate('window.before + window.events'), 1);
}));

// --- The back-forward cache, and prerendering

test('the runtime keeps no page out of the back-forward cache', () => visiting({ groups: [{ granted: ['count'], refused: ['films'] }] }, async (visit) => {
  await visit.page.evaluate(() => { window.before = 1; });
  await visit.goto(`${ORIGIN}/next`);
  await visit.back();
  assert.equal(await visit.page.evaluate('window.before'), 1);
}));

test('a page from the back-forward cache that runs what was withdrawn since reloads', () => visiting({}, async (visit) => {
  await visit.page.evaluate(() => { window.before = 1; });
  await visit.goto(`${ORIGIN}/next`);
  await reloaded(visit, () => click(visit, 'withdraw', 'footer'));
  await visit.page.goBack({ waitUntil: 'commit' });
  await visit.page.waitForFunction(() => document.readyState === 'complete' && !window.before);
  await visit.settle();
  assert.equal(await visit.page.evaluate('window.films'), undefined);
}));

test('a page from the back-forward cache shows what was granted since', () => visiting({ groups: null }, async (visit) => {
  await visit.goto(`${ORIGIN}/next`);
  await click(visit, 'accept-all');
  await visit.back();
  await visit.page.waitForFunction(() => window.films);
  assert.equal(await stateOf(visit), 'js');
}));

test('nothing is activated while a page is prerendered, and all of it when it is shown', async (t) => {
  // Deferred scripts run in their order: this one after the runtime.
  serve();
  const files = filesOf(site, { '/next': `${TAG}<script src="/after.js" defer></script>` }, { policy });
  world.serve('site.example', { ...files, '/after.js': { type: 'text/javascript', body: 'setTimeout(() => fetch("/after"), 100)' } });
  const bare = await openBareBrowser(world);
  t.after(() => bare.close());
  await bare.setCookies([choice(site, [{ age: 1, granted: ['films', 'count'] }])].map(({ name, value, url }) => ({ name, value, url, secure: true })));
  const from = world.mark();
  const films = () => world.since(from).filter(({ host, kind }) => host === 'films.example' && kind === 'request').map(({ path }) => path);
  const prerendered = await bare.prerender(`${ORIGIN}/next`, ({ path }) => path === '/after');
  assert.deepEqual(films(), []);
  await prerendered.activate();
  await world.arrival(({ host, kind }) => host === 'films.example' && kind === 'request', from);
  assert.deepEqual(films(), ['/tag.js']);
});
