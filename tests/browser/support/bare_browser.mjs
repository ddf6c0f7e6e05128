// A Chromium that nothing is attached to while a page lives: with a debugger attached, Chromium neither prerenders nor
// preconnects. It is looked at through what reaches the world, and through its cookies.
//
//   const bare = await openBareBrowser(world);
//   await bare.open(url)                 a tab; the page's own script has to say what it wants, to the world
//   await bare.prerender(url, sign)      → activate(); `sign` tells the last contact that the page is known to make
//   await bare.cookies(); await bare.setCookies([{name, value, url}]); await bare.forget()
//   await bare.close()
import { spawn } from 'node:child_process';
import { chromiumArguments, executablePath, makeProfile } from './chromium.mjs';
import { PATIENCE, PRERENDER_PATH } from './world.mjs';

export async function openBareBrowser(world) {
  const profile = makeProfile();
  const chrome = spawn(executablePath, [
    '--headless', `--user-data-dir=${profile.folder}`, ...chromiumArguments(world), '--remote-debugging-pipe', 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { chrome.once('exit', resolve); });
  const [, , , toChrome, fromChrome] = chrome.stdio;
  const asked = new Map();
  const targets = new Map(); // by id: what Chromium says is open
  const watching = new Set();
  let last = 0;
  let rest = '';
  toChrome.on('error', () => {});
  fromChrome.on('error', () => {});
  fromChrome.setEncoding('utf8').on('data', (data) => {
    const messages = (rest + data).split('\0');
    rest = messages.pop();
    for (const { id, method, params, result, error } of messages.map((text) => JSON.parse(text))) {
      if (method === 'Target.targetDestroyed') targets.delete(params.targetId);
      if (/^Target\.target(Created|InfoChanged)$/.test(method)) targets.set(params.targetInfo.targetId, params.targetInfo);
      if (method) for (const look of watching) look();
      const ask = asked.get(id);
      asked.delete(id);
      if (error) ask?.reject(new Error(error.message));
      else ask?.resolve(result);
    }
  });

  // Chrome DevTools Protocol, to the browser as a whole: never to a page.
  function send(method, params = {}) {
    return new Promise((resolve, reject) => {
      const id = last += 1;
      const timer = setTimeout(() => reject(new Error(`Chromium does not answer ${method}`)), PATIENCE);
      const settled = (then) => (value) => { clearTimeout(timer); then(value); };
      asked.set(id, { resolve: settled(resolve), reject: settled(reject) });
      toChrome.write(`${JSON.stringify({ id, method, params })}\0`);
    });
  }

  function until(holds, what) {
    return new Promise((resolve, reject) => {
      const end = (then, value) => { clearTimeout(timer); watching.delete(look); then(value); };
      const timer = setTimeout(() => end(reject, new Error(`waited ${PATIENCE} ms in vain for: ${what}`)), PATIENCE);
      const look = () => { if (holds()) end(resolve); };
      watching.add(look);
      look();
    });
  }

  async function open(url, { background = false } = {}) {
    const { targetId } = await send('Target.createTarget', { url, background });
    return {
      url: () => targets.get(targetId)?.url,
      // A page that goes away still runs: its last words come before this returns.
      async close() {
        await send('Target.closeTarget', { targetId });
        await until(() => !targets.has(targetId), `the end of ${url}`);
      },
    };
  }

  // As in browser.mjs: what was begun before has arrived. A page behind the others asks the world which host is next; tabs
  // that come and go would keep the page that is looked at from its work.
  const HELPER = 'helper.sentinel-0.test';
  let sentinels = 0;
  let waiting; // the helper, for the next host
  let next;    // a host, for the helper
  world.on(HELPER, async (contact) => {
    if (contact.path === '/') {
      return { type: 'text/html', body: `<!doctype html><link rel="icon" href="data:,"><script>(async () => {
        for (;;) await fetch(await (await fetch('/next')).text(), { mode: 'no-cors' }); })()</script>` };
    }
    world.hold(contact);
    const body = next ?? await new Promise((resolve) => { waiting = resolve; });
    next = undefined;
    waiting = undefined;
    return { body };
  });
  async function passSentinel() {
    for (const round of ['there', 'back']) {
      const host = `${round}.sentinel-${sentinels += 1}.test`;
      const from = world.mark();
      next = `https://${host}/`;
      waiting?.(next);
      await world.arrival((contact) => contact.kind === 'request' && contact.host === host, from, `the sentinel ${host}`);
      await world.arrival((contact) => contact.host === HELPER && contact.path === '/next', from, `the end of ${host}`);
      await world.allAnswered();
    }
  }

  await send('Target.setDiscoverTargets', { discover: true });
  await open(`https://${HELPER}/`, { background: true });
  await passSentinel();
  return {
    open,
    passSentinel,
    // Resolves when the page at `url` is prerendered and has done what it does then.
    async prerender(url, sign) {
      const from = world.mark();
      const tab = await open(new URL(`${PRERENDER_PATH}?${url}`, url).href);
      await world.arrival((contact) => contact.url === url && /prerender/.test(contact.purpose), from, `the prerendering of ${url}`);
      await world.arrival((contact) => /prerender/.test(contact.purpose) && sign(contact), from, `the sign of ${url}: ${sign}`);
      await world.arrival((contact) => contact.path === `${PRERENDER_PATH}/wait`, from, 'the page that prerenders');
      await passSentinel();
      return {
        close: tab.close,
        async activate() {
          world.release(`${PRERENDER_PATH}/wait`);
          await until(() => tab.url() === url, `the activation of ${url}`);
          await passSentinel();
        },
      };
    },
    async cookies() { return (await send('Storage.getCookies')).cookies; },
    setCookies: (cookies) => send('Storage.setCookies', { cookies }),
    forget: () => send('Storage.clearCookies'),
    async close() {
      await send('Browser.close').catch(() => chrome.kill('SIGKILL'));
      await ended;
      profile.remove();
    },
  };
}
