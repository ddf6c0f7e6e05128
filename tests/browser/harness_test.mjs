// That the harness sees what it is there to see: every kind of contact that a page can make.
import assert from 'node:assert/strict';
import { openBareBrowser } from './support/bare_browser.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

useBrowser();

const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>
<link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;

async function hostsOf(html, { act, ...options } = {}) {
  world.serve('site.example', { '/': html, '/next': page('next'), '/worker.js': 'fetch("https://in-worker.example/x", {mode: "no-cors"})' });
  const visit = await browser.visit(options);
  try {
    const from = world.mark();
    await visit.goto('https://site.example/');
    await act?.(visit);
    return [...new Set(world.since(from).map((contact) => contact.host))]
      .filter((host) => host !== 'site.example' && !/\.sentinel-\d+\.test$/.test(host)).sort();
  } finally {
    await visit.close();
  }
}

const CONTACTS = {
  'an image': '<img src="https://x.example/a.gif" alt="">',
  'an image over http': '<img src="http://x.example/a.gif" alt="">',
  'a background': '<style>body { background: url(https://x.example/a.png) }</style>',
  'a script': '<script src="https://x.example/a.js"></script>',
  'a frame': '<iframe src="https://x.example/"></iframe>',
  'a fetch': '<script>fetch("https://x.example/", {mode: "no-cors"})</script>',
  'a beacon': '<script>navigator.sendBeacon("https://x.example/", "a")</script>',
  'a web socket': '<script>new WebSocket("wss://x.example/").onerror = () => {}</script>',
  'a late timer': '<script>onload = () => requestIdleCallback(() => { new Image().src = "https://x.example/" })</script>',
};
for (const [what, html] of Object.entries(CONTACTS)) {
  test(`${what} is seen`, async () => assert.deepEqual(await hostsOf(page(html)), ['x.example']));
}

test('a page that contacts nobody is seen to contact nobody, and Chromium keeps quiet', async () => {
  assert.deepEqual(await hostsOf(page('<p>Hello</p>')), []);
  assert.deepEqual(
    world.contacts.filter(({ host }) => !/(\.example|\.sentinel-\d+\.test)$/.test(host)).map(({ url }) => url), []);
});

test('a worker is seen', async () => {
  assert.deepEqual(await hostsOf(page('<script>new Worker("/worker.js")</script>'), {
    act: () => world.arrival(({ host }) => host === 'in-worker.example'),
  }), ['in-worker.example']);
});

test('a beacon that a page sends as it goes away is seen', async () => {
  const html = page('<script>addEventListener("pagehide", () => navigator.sendBeacon("https://bye.example/"))</script>');
  assert.deepEqual(await hostsOf(html, { act: (visit) => visit.goto('https://site.example/next') }), ['bye.example']);
});

test('what noscript holds is seen without JavaScript, and only then', async () => {
  const html = page('<noscript><img src="https://x.example/a.gif" alt=""></noscript>');
  assert.deepEqual(await hostsOf(html), []);
  assert.deepEqual(await hostsOf(html, { javaScript: false }), ['x.example']);
});

test('a cookie that a third party sets is kept, and seen', async () => {
  world.on('px.example', () => ({ type: 'image/gif', headers: { 'Set-Cookie': 'id=1; Domain=px.example; Path=/; Max-Age=999; Secure; SameSite=None' } }));
  world.serve('site.example', { '/': page('<img src="https://px.example/a.gif" alt="">') });
  const visit = await browser.visit();
  await visit.goto('https://site.example/');
  assert.deepEqual((await visit.cookies()).map(({ name, domain }) => [name, domain]), [['id', '.px.example']]);
  await visit.close();
});

test('a page comes back from the back-forward cache', async () => {
  world.serve('site.example', { '/': page('<p>one</p><script>var shown = 0; addEventListener("pageshow", (e) => { shown += 1; document.title = `${shown} ${e.persisted}` })</script>'), '/next': page('next') });
  const visit = await browser.visit();
  await visit.goto('https://site.example/');
  await visit.page.goto('https://site.example/next');
  await visit.back();
  assert.equal(await visit.page.title(), '2 true');
  await visit.close();
});

test('a page is prerendered, and activated; a preconnect is seen', async (t) => {
  world.serve('site.example', { '/next': page(`<link rel="preconnect" href="https://x.example/"><script>
    fetch(document.prerendering ? "/early" : "/late"); document.addEventListener("prerenderingchange", () => fetch("/shown"))</script>`) });
  const bare = await openBareBrowser(world);
  t.after(() => bare.close());
  const from = world.mark();
  const came = () => world.since(from).filter(({ host, path }) => host === 'x.example' || /early|late|shown/.test(path)).map(({ url }) => url);
  const shown = await bare.prerender('https://site.example/next', ({ path }) => path === '/early');
  assert.deepEqual(came(), ['https://site.example/early']);
  await shown.activate();
  assert.deepEqual(came().sort(), ['https://site.example/early', 'https://site.example/shown', 'https://x.example/']);
});

test('complaints are seen: console errors, policy and Trusted Types violations, exceptions', async () => {
  const head = `<meta http-equiv="Content-Security-Policy" content="img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'">`;
  world.serve('site.example', { '/': page('<img src="https://x.example/" alt=""><script>console.error("oh"); setTimeout(() => { throw new Error("ah") }); document.body.insertAdjacentHTML("beforeend", "<p>")</script>', head) });
  const visit = await browser.visit();
  await visit.goto('https://site.example/');
  const all = visit.complaints.join('\n');
  for (const part of ['oh', 'ah', 'Content Security Policy', 'TrustedHTML']) assert.ok(all.includes(part), `${part} is not in:\n${all}`);
  await visit.close();
});

test('layout shift is measured', async () => {
  world.serve('site.example', { '/': page('<div id="a"></div><p style="height:200px">pushed</p><script>requestAnimationFrame(() => requestAnimationFrame(() => { a.style.height = "300px" }))</script>') });
  const visit = await browser.visit();
  await visit.goto('https://site.example/');
  const { value } = await visit.shift();
  assert.ok(value > 0.05, String(value));
  await visit.close();
});

test('GPC is switched on as browsers do it', async () => {
  world.serve('site.example', { '/': page('<script>document.title = String(navigator.globalPrivacyControl)</script>') });
  const visit = await browser.visit({ gpc: true });
  const from = world.mark();
  await visit.goto('https://site.example/');
  assert.equal(await visit.page.title(), 'true');
  assert.equal(world.since(from).find(({ kind, host }) => kind === 'request' && host === 'site.example').headers['sec-gpc'], '1');
  await visit.close();
});
