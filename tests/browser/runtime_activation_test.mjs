// Activation: what a grant puts into the page, in which order, and under which policies.
import assert from 'node:assert/strict';
import { ORIGIN, choice, click, composeSite, filesOf, strictPolicy } from './support/runtime_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const site = composeSite({ services: [{ id: 'films' }, { id: 'count' }] });

useBrowser();

// Every script says in `said` that it ran. Third parties' answer with their file name.
const say = (word) => `<script>(window.said ??= []).push("${word}")</script>`;
const inlineOf = (html) => [...html.matchAll(/<script(?![^>]* src=)[^>]*>([^]*?)<\/script>/g)].map(([, text]) => text);
function serveVendors({ slow = [], missing = [] } = {}) {
  for (const host of ['films.example', 'count.example']) {
    world.on(host, async ({ path }) => {
      if (slow.includes(path)) await new Promise((resolve) => { setTimeout(resolve, 100); });
      if (missing.includes(path)) return { status: 404 };
      return path.endsWith('.js') ? { type: 'text/javascript', body: `(window.said ??= []).push("${path.slice(1)}")` } : { type: 'text/html', body: 'x' };
    });
  }
}

async function granting(html, act, { grant = ['films', 'count'], trustedTypes = false, vendors = {}, policy, before: prepare } = {}) {
  serveVendors(vendors);
  world.serve('site.example', filesOf(site, { '/': html }, {
    policy: policy ?? strictPolicy(site, { scripts: inlineOf(html), sources: 'https://films.example https://count.example', trustedTypes }),
  }));
  const visit = await browser.visit();
  try {
    if (prepare) await visit.context.addInitScript(prepare);
    const from = world.mark();
    await visit.goto(ORIGIN);
    assert.deepEqual(world.since(from).filter(({ host }) => /films|count/.test(host)), []);
    if (grant) await visit.page.evaluate((ids) => globalThis.hardtop.consent.grant(ids), grant);
    await visit.settle();
    await act(visit, from);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}
const said = (visit) => visit.page.evaluate(() => window.said ?? []);
const saying = (visit, count) => visit.page.waitForFunction((n) => window.said?.length === n, count).then(() => said(visit));

test('nothing runs before a grant, and a grant runs what is of its service only', async () => {
  const html = `<template data-service="films">${say('films')}</template><template data-service="count">${say('count')}</template>`;
  await granting(html, async (visit) => assert.deepEqual(await said(visit), []), { grant: null });
  await granting(html, async (visit) => {
    assert.deepEqual(await said(visit), ['films']);
    assert.equal(await visit.page.locator('template[data-service]').count(), 1);
  }, { grant: ['films'] });
});

test('scripts run in their order, each after the one before has loaded, at their places', () => granting(
  `<template data-service="films">${say('a')}<script src="https://films.example/slow.js"></script><p id="here"><i></i>${say('b')}<b></b></p><script src="https://films.example/c.js" defer></script>${say('d')}</template>`,
  async (visit) => {
    assert.deepEqual(await saying(visit, 5), ['a', 'slow.js', 'b', 'c.js', 'd']);
    assert.equal(await visit.page.evaluate(() => [...document.querySelector('#here').childNodes].map(({ nodeName }) => nodeName).join()), 'I,SCRIPT,B');
  }, { vendors: { slow: ['/slow.js'] } }));

test('a script that fails to load holds nobody up', () => granting(
  `<template data-service="films"><script src="/none.js"></script>${say('a')}</template>`,
  async (visit) => {
    assert.deepEqual(await saying(visit, 1), ['a']);
    visit.complaints.length = 0; // Chromium says that it is not there
  }));

test('an async script, a data block and a script for old browsers are not waited for', () => granting(
  `<template data-service="films"><script src="https://films.example/slow.js" async></script><script type="application/json" src="https://films.example/x.json"></script><script nomodule src="https://films.example/old.js"></script>${say('a')}</template>`,
  async (visit) => assert.deepEqual(await saying(visit, 2), ['a', 'slow.js']), { vendors: { slow: ['/slow.js'] } }));

test('a module is waited for', () => granting(
  `<template data-service="films"><script type="module" src="https://films.example/slow.js"></script>${say('a')}</template>`,
  async (visit) => assert.deepEqual(await saying(visit, 2), ['slow.js', 'a']), { vendors: { slow: ['/slow.js'] } }));

test('a script that never answers is given five seconds', async () => {
  world.on('never.example', () => 'hold');
  // Five seconds end when the test says so.
  const holdTimer = () => {
    const { setTimeout: real } = window;
    window.setTimeout = (run, after, ...rest) => (after === 5000 ? (window.timers = [...window.timers ?? [], run]).length : real(run, after, ...rest));
  };
  await granting(`<template data-service="films"><script src="https://never.example/a.js"></script>${say('a')}</template>`, async (visit) => {
    assert.deepEqual(await said(visit), []);
    assert.equal(await visit.page.evaluate(() => window.timers.length), 1);
    await visit.page.evaluate(() => { window.timers[0](); });
    assert.deepEqual(await saying(visit, 1), ['a']);
  }, { before: holdTimer, policy: strictPolicy(site, { scripts: inlineOf(say('a')), sources: 'https://never.example', trustedTypes: false }) });
  world.release('/a.js');
});

test('services do not wait for each other', () => granting(
  `<template data-service="films"><script src="https://films.example/slow.js"></script>${say('films')}</template><template data-service="count">${say('count')}</template>`,
  async (visit) => assert.deepEqual(await saying(visit, 3), ['count', 'slow.js', 'films']), { vendors: { slow: ['/slow.js'] } }));

test('templates of one service wait for each other', () => granting(
  `<template data-service="films"><script src="https://films.example/slow.js"></script></template><p>between</p><template data-service="films">${say('b')}</template>`,
  async (visit) => assert.deepEqual(await saying(visit, 2), ['slow.js', 'b']), { vendors: { slow: ['/slow.js'] } }));

test('templates inside are activated, of the same service and of others', () => granting(
  `<template data-service="films">${say('a')}<template data-service="count">${say('b')}<template data-service="films">${say('c')}</template></template><template data-service="films">${say('d')}</template></template>`,
  async (visit) => {
    assert.deepEqual((await saying(visit, 4)).sort(), ['a', 'b', 'c', 'd']);
    assert.equal(await visit.page.locator('template[data-service]').count(), 0);
  }));

test('a template inside of a service that is not granted stays', () => granting(
  `<template data-service="films">${say('a')}<template data-service="count">${say('b')}</template></template>`,
  async (visit) => {
    assert.deepEqual(await said(visit), ['a']);
    await visit.page.evaluate(() => globalThis.hardtop.consent.grant(['count']));
    assert.deepEqual(await said(visit), ['a', 'b']);
  }, { grant: ['films'] }));

test('an ordinary template in gated markup keeps its scripts to itself', () => granting(
  `<template data-service="films"><template id="t">${say('a')}</template>${say('b')}</template>`,
  async (visit) => {
    assert.deepEqual(await said(visit), ['b']);
    assert.equal(await visit.page.evaluate(() => document.querySelector('#t').content.querySelectorAll('script').length), 1);
  }));

test('a script that takes away where the next one stood breaks nothing', () => {
  const html = `<template data-service="films"><div id="box"><script>document.querySelector("#box").replaceChildren()</script>${say('gone')}</div>${say('b')}</template>`;
  return granting(html, async (visit) => assert.deepEqual(await said(visit), ['b']));
});

test('document.write does nothing, now and later, and the page stays', () => {
  const html = '<template data-service="films"><script>document.write("<p>x"); document.writeln("<p>y"); setTimeout(() => document.write("z"))</script></template>';
  return granting(html, async (visit) => assert.equal(await visit.page.textContent('h1'), 'Page'));
});

test("Trusted Types 'none' and a policy of hashes are kept", async () => {
  const html = `<template data-service="films">${say('a')}<script src="/own.js"></script><img src="/icon.svg" alt=""></template>`;
  world.on('nobody', () => undefined);
  serveVendors();
  world.serve('site.example', {
    ...filesOf(site, { '/': html }, { policy: strictPolicy(site, { scripts: inlineOf(html) }) }),
    '/own.js': { type: 'text/javascript', body: 'said.push("own.js")' },
  });
  const visit = await browser.visit();
  await visit.goto(ORIGIN);
  for (const method of ['preferences', 'accept-all']) await click(visit, method, method === 'preferences' ? '#consent-banner' : 'dialog');
  await visit.settle();
  assert.deepEqual(await said(visit), ['a', 'own.js']);
  await click(visit, 'withdraw');
  await visit.settle();
  assert.deepEqual(await visit.violations(), []);
  assert.deepEqual(visit.complaints, []);
  await visit.close();
});

test('frames, images and styles of a grant load; what is granted loads at once on the next visit', async () => {
  const html = '<template data-service="films"><iframe src="https://films.example/f" width="300" height="200"></iframe><img src="https://films.example/i.gif" alt=""></template>';
  serveVendors();
  world.serve('site.example', filesOf(site, { '/': html }, { policy: strictPolicy(site, { sources: 'https://films.example', trustedTypes: false }) }));
  const visit = await browser.visit();
  await visit.context.addCookies([choice(site, [{ age: 1, granted: ['films'], refused: ['count'] }])]);
  const from = world.mark();
  await visit.goto(ORIGIN);
  assert.deepEqual(world.since(from).filter(({ host, kind }) => host === 'films.example' && kind === 'request').map(({ path }) => path).sort(), ['/f', '/i.gif']);
  assert.deepEqual(visit.complaints, []);
  await visit.close();
});
