// Debian's Chromium, with every name leading to the world (world.mjs), and visits in it that keep an account of what went wrong.
//
//   const browser = await openBrowser(world);
//   const visit = await browser.visit({ gpc: true, colorScheme: 'dark', viewport, javaScript: false, locale, … });
//   await visit.goto('https://site.example/');      waits until nothing more is to come (settle)
//   visit.page                                      Playwright's page
//   await visit.settle()
//   visit.complaints                                console errors, CSP and Trusted Types violations, uncaught exceptions
//   await visit.shift()                             the sum of layout shifts since the document began
//   await visit.cookies()                           every host's: [{name, domain, …}]
//   await visit.storage()                           {localStorage, sessionStorage, indexedDB, caches} of the page's origin
//   await visit.close(); await browser.close();
import { chromiumArguments, executablePath, makeProfile } from './chromium.mjs';
import { chromium } from './packages.mjs';
import { inTime, PATIENCE } from './waiting.mjs';

export async function openBrowser(world, { args = [] } = {}) {
  const profile = makeProfile();
  // A persistent context is Playwright's way to have preferences; visits are contexts beside it.
  const first = await chromium.launchPersistentContext(profile.folder, {
    executablePath,
    timeout: 60_000,
    // Playwright switches the back-forward cache off; visitors have it.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [...chromiumArguments(world), ...args],
  });
  const chrome = first.browser();
  let closing = false;
  // Nothing that waits for it would ever learn: what a page is asked has no answer any more, and no error.
  chrome.on('disconnected', () => {
    if (closing) return;
    console.error('Chromium has ended by itself.');
    process.exit(1);
  });
  const [helper] = first.pages();
  let sentinels = 0;

  // What any page has begun before this was called has reached the world when it returns: a request to a host that nobody has
  // spoken to yet has a longer way (a name, a connection, a handshake) through the same network process.
  async function passSentinel() {
    // Twice: what was on its way when the first one left has been answered by then, and the second comes back after these answers.
    for (const round of ['there', 'back']) {
      const host = `${round}.sentinel-${sentinels += 1}.test`;
      const from = world.mark();
      await Promise.all([
        world.arrival((contact) => contact.kind === 'request' && contact.host === host, from, `the sentinel ${host}`),
        helper.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => {}), `https://${host}/`),
      ]);
      await world.allAnswered();
    }
  }

  async function visit(options = {}) {
    const { gpc = false, javaScript = true, ...rest } = options;
    const context = await chrome.newContext({
      javaScriptEnabled: javaScript,
      ...(gpc ? { extraHTTPHeaders: { 'Sec-GPC': '1' } } : {}),
      ...rest,
    });
    context.setDefaultTimeout(PATIENCE);
    const complaints = [];
    await context.addInitScript(watchDocument, { gpc });
    const watched = (page) => {
      page.on('console', (message) => {
        if (message.type() === 'error' || /Content.Security.Policy|Trusted ?Type/i.test(message.text())) {
          complaints.push(`${message.type()}: ${message.text()} (${page.url()})`);
        }
      });
      page.on('crash', () => complaints.push(`the page has crashed (${page.url()})`));
      page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error} (${page.url()})`));
    };
    context.on('page', watched);
    const page = await context.newPage();

    // Until nothing more is to come: the page has loaded, has run what it put off, and what it asked for is here.
    async function settle(of = page) {
      // Asked of the document: Playwright hears of no load event where a page comes from the back-forward cache.
      if (await of.evaluate(() => document.readyState) !== 'complete') await of.waitForFunction(() => document.readyState === 'complete');
      if (javaScript) {
        await of.evaluate(() => new Promise((resolve) => {
          requestAnimationFrame(() => requestIdleCallback(() => setTimeout(resolve), { timeout: 500 }));
        }));
      }
      await passSentinel();
    }

    return {
      page,
      context,
      complaints,
      settle,
      async goto(url) {
        const response = await page.goto(url, { waitUntil: 'load' });
        await settle();
        return response;
      },
      // The browser's own back button; the page may come from the back-forward cache.
      async back() {
        await page.goBack({ waitUntil: 'commit' });
        await settle();
      },
      shift: (of = page) => of.evaluate(() => globalThis.__watched.takeShift()),
      violations: (of = page) => of.evaluate(() => globalThis.__watched.violations),
      cookies: () => context.cookies(),
      storage: (of = page) => of.evaluate(readStorage),
      // Playwright waits for ever for a page that goes away on its own while it is closed.
      close: () => inTime(context.close(), () => `a visit does not close: ${page.url()} is still on its way`),
    };
  }

  return {
    chrome,
    visit,
    passSentinel,
    async close() {
      closing = true;
      await inTime(first.close(), () => 'Chromium does not close');
      profile.remove();
    },
  };
}

// Runs in every document before anything of its own.
function watchDocument({ gpc }) {
  const watched = { violations: [], shift: 0, sources: [] };
  Object.defineProperty(globalThis, '__watched', { value: watched });
  if (gpc) Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    watched.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample ?? ''}`.trim());
  });
  const add = (entries) => {
    for (const entry of entries) {
      if (entry.hadRecentInput) continue;
      watched.shift += entry.value;
      for (const { node } of entry.sources) watched.sources.push(node?.outerHTML?.slice(0, 80) ?? String(node?.nodeName));
    }
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  watched.takeShift = () => {
    add(observer.takeRecords());
    return { value: watched.shift, sources: watched.sources };
  };
}

// What the page's origin keeps, names only, as the page sees it.
async function readStorage() {
  const names = async (read) => {
    try { return await read(); } catch { return []; }
  };
  return {
    localStorage: await names(() => Object.keys(localStorage)),
    sessionStorage: await names(() => Object.keys(sessionStorage)),
    indexedDB: await names(async () => (await indexedDB.databases()).map(({ name }) => name)),
    caches: await names(() => caches.keys()),
    workers: await names(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)),
  };
}
