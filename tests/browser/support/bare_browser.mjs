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
  const gone = new Promise((resolve) => { chrome.once('exit', resolve); });
  const [, , , toChrome, fromChrome] = chrome.stdio;
  const asked = new Map();
  let last = 0;
  let rest = '';
  toChrome.on('error', () => {});
  fromChrome.on('error', () => {});
  fromChrome.setEncoding('utf8').on('data', (data) => {
    const messages = (rest + data).split('\0');
    rest = messages.pop();
    for (const { id, result, error } of messages.map((text) => JSON.parse(text))) {
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

  async function open(url, { background = false } = {}) {
    const { targetId } = await send('Target.createTarget', { url, background });
    return { close: () => send('Target.closeTarget', { targetId }) };
  }

  let sentinels = 0;
  // As in browser.mjs: what was begun before has arrived.
  async function passSentinel() {
    const host = `bare-sentinel-${sentinels += 1}.test`;
    const from = world.mark();
    // Behind what is open: a page that is hidden is not prerendered.
    const tab = await open(`https://${host}/`, { background: true });
    await world.arrival((contact) => contact.kind === 'request' && contact.host === host, from, `the sentinel ${host}`);
    await world.allAnswered();
    await tab.close();
  }

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
          await world.arrival((contact) => contact.path === `${PRERENDER_PATH}/leaving`, from, 'the activation');
          await passSentinel();
        },
      };
    },
    async cookies() { return (await send('Storage.getCookies')).cookies; },
    setCookies: (cookies) => send('Storage.setCookies', { cookies }),
    forget: () => send('Storage.clearCookies'),
    async close() {
      await send('Browser.close').catch(() => chrome.kill('SIGKILL'));
      await gone;
      profile.remove();
    },
  };
}
