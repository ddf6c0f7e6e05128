// Odd HTML around everything that loads, built and opened: nobody is contacted whom the visitor has not allowed. What the build refuses
// is out; of what it published nothing may speak up, with scripts and without, on plain and dense screens.
//
// The documents come from a seed: HARDTOP_FUZZ_SEED and HARDTOP_FUZZ_COUNT make other ones, and more. HARDTOP_FUZZ_KEEP=FOLDER
// keeps the site.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test as run } from 'node:test';
import { oddDocument } from './support/odd_html.mjs';
import { random } from './support/random.mjs';
import { browser, useBrowser, world } from './support/testing.mjs';

const seed = Number(process.env.HARDTOP_FUZZ_SEED ?? 1);
const count = Number(process.env.HARDTOP_FUZZ_COUNT ?? 60);
const TABS = 4;

const FILMS = 'films.example'; // waits for a choice
const NOBODY = 'nobody.example'; // is not declared
const HOST = 'site.example';

const service = (id, category, host, more = '') => `[[service]]
id = "${id}"
name = "${id}"
provider = "${id}"
category = "${category}"
purpose = "Tests"
hosts = ["${host}", "*.${host}"]
privacy_url = "https://${host}/privacy"
${more}`;
const files = {
  'site.toml': `title = "Odd"\nbase_url = "https://${HOST}/"\nlanguage = "en"\nurls = "file"\n[check]\nlinks = "off"\n`,
  'consent.toml': `[consent]\npolicy = "policy.md"\n${service('films', 'functional', FILMS)}`,
  'content/policy.md': '+++\ntitle = "Policy"\n+++\nAll of it.\n',
  'content/_index.md': '+++\ntitle = "Home"\n+++\nHome.\n',
};

// With it the page's policy allows the service's host in every way: what stops a request is the gate alone.
const EVERYTHING = `<div data-service="films"><img src="https://${FILMS}/ok" alt=""><script src="https://${FILMS}/ok"></script>
<iframe src="https://${FILMS}/ok"></iframe><video src="https://${FILMS}/ok"></video><object data="https://${FILMS}/ok"></object>
<link rel="stylesheet" href="https://${FILMS}/ok"><link rel="manifest" href="https://${FILMS}/ok">
<style>@font-face { font-family: F; src: url(https://${FILMS}/ok) }</style></div>\n`;

const folder = process.env.HARDTOP_FUZZ_KEEP ?? mkdtempSync(join(tmpdir(), 'hardtop-odd-'));
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

// Each in a file of its own, as a whole document or in the Markdown of a page.
const next = random(seed);
const documents = Array.from({ length: count }, (_, number) => {
  const host = next() < 0.8 ? FILMS : NOBODY;
  const fragment = oddDocument(next, (path) => `${host}/${number}${path}`);
  const markdown = next() < 0.25;
  return {
    number, host, fragment,
    source: markdown ? `content/d${number}.md` : `static/d${number}.html`,
    text: markdown
      ? `+++\ntitle = "Odd"\n+++\n\n<div>\n${fragment}\n</div>\n\n${EVERYTHING}`
      : `<!doctype html><html><head><meta charset="utf-8"><title>Odd</title></head><body>${EVERYTHING}${fragment}`,
  };
});

// One mistake fails a whole site: what is refused goes, and the rest is built.
let published = [];
useBrowser(() => {
  for (const [path, text] of Object.entries({ ...files, ...Object.fromEntries(documents.map(({ source, text }) => [source, text])) })) write(path, text);
  const hardtop = (...args) => spawnSync(process.env.HARDTOP, ['-C', folder, '--format', 'json', ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  hardtop('lock');
  const refused = new Set();
  for (let round = 0; round < 6; round += 1) {
    const { status, stdout, stderr } = hardtop('build');
    if (status === 0) break;
    assert.equal(status, 1, stderr);
    const paths = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
      .filter(({ severity }) => severity === 'error').map(({ path }) => path.replace(/^.*\/((content|static)\/)/, '$1'));
    assert.ok(paths.some((path) => !refused.has(path)), `${stdout}${stderr}`);
    for (const path of paths) {
      refused.add(path);
      rmSync(join(folder, path), { force: true });
    }
  }
  published = documents.filter(({ source }) => !refused.has(source));
  world.serve(HOST, join(folder, 'public'));
  // The same, as they were written: shows that they would have spoken up.
  world.serve('raw.example', Object.fromEntries(documents.map(({ number, fragment }) => [`/d${number}.html`,
    `<!doctype html><meta charset="utf-8"><title>Odd</title><body>${fragment}`])));
});
after(() => {
  if (!process.env.HARDTOP_FUZZ_KEEP) rmSync(folder, { recursive: true, force: true });
});

// Opens all, several at a time; what has come to other hosts by the end.
async function contactsOf(host, list, options) {
  const visits = await Promise.all(Array.from({ length: TABS }, () => browser.visit(options)));
  const from = world.mark();
  let at = 0;
  await Promise.all(visits.map(async ({ page }) => {
    for (let one = list[at]; at < list.length; one = list[at]) {
      at += 1;
      // A document may send its visitor on before it has loaded.
      await page.goto(`https://${host}/d${one.number}.html`, { waitUntil: 'load', timeout: 3_000 }).catch(() => {});
      // Layout asks for what style sheets name; timers do not run where scripts do not.
      await page.evaluate((wait) => new Promise((resolve) => {
        void document.documentElement.offsetHeight;
        if (wait) setTimeout(resolve, 30); else resolve();
      }), options.javaScript !== false).catch(() => {});
    }
  }));
  await browser.passSentinel();
  await Promise.all(visits.map((visit) => visit.close()));
  return world.since(from).filter((contact) => contact.host !== host && !/\.sentinel-\d+\.test$/.test(contact.host));
}

const numbersOf = (contacts) => new Set(contacts.map(({ path }) => Number(/^\/(\d+)/.exec(path)?.[1])));
const textOf = (contacts) => contacts.slice(0, 5).map(({ kind, url, path }) => {
  const number = Number(/^\/(\d+)/.exec(path)?.[1]);
  return `${kind} ${url}\n  ${documents[number]?.source}: ${documents[number]?.fragment}`;
}).join('\n');

// As many as one asks for, at three seconds each and as much for what goes on beside them.
const test = (name, act) => run(name, { timeout: 6_000 * count }, act);

test('the documents would contact somebody if nobody stopped them, and enough of them are published', async (t) => {
  const loud = numbersOf(await contactsOf('raw.example', documents, {}));
  const gated = published.filter(({ host }) => host === FILMS);
  t.diagnostic(`${loud.size} of ${count} speak up, ${published.length} are published, ${gated.filter(({ number }) => loud.has(number)).length} of both kinds`);
  assert.ok(loud.size > count / 4, `${loud.size}`);
  assert.ok(gated.length > count / 8, `${gated.length}`);
});

for (const javaScript of [true, false]) {
  for (const deviceScaleFactor of [1, 2]) {
    test(`nobody is contacted ${javaScript ? 'with' : 'without'} scripts, at pixel ratio ${deviceScaleFactor}`, async () => {
      const contacts = await contactsOf(HOST, published, { javaScript, deviceScaleFactor });
      assert.equal(textOf(contacts), '');
    });
  }
}
