// What the two themes look like where looks can be stated: nothing is wider than the window, what scrolls says so, paper has the
// addresses that it needs and no others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, openSite } from './support/example_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const WIDE = `## A table

| one | two | three | four |
|---|---|---|---|
| ${Array(4).fill('Some words that need their room').join(' | ')} |

## Code

    ${'code that is wider than a phone, and than the column '.repeat(3)}
`;

const LINKS = '[there](https://elsewhere.example/x) [here](wide.md) [place](#a) [mail](mailto:a@b.example) [choices](consent:preferences)\n\n## A\n';
const TOC = '```{toc}\n```\n\n## One\n\n## Two\n';

const site = buildSite({
  change: ({ write }) => {
    write('site/content/wide.md', `# Wide\n\n${WIDE}`);
    write('site/content/toc.md', `# Contents\n\n${TOC}`);
    write('site/content/links.md', `# Links\n\n${LINKS}`);
  },
});

// The theme that the binary carries.
function buildPlain() {
  const dir = mkdtempSync(join(tmpdir(), 'hardtop-plain-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const files = {
    'site.toml': `title = "Plain"\nbase_url = "${site.origin}/"\nlanguage = "en"\nurls = "file"\n`
      + ['main', 'footer'].map((menu) => `[[menu.${menu}]]\nname = "${LONG}"\nto = "wide.md"\n`).join('') + '[params]\n',
    'content/wide.md': `# ${LONG}\n\n${WIDE}`,
    'content/toc.md': `# Contents\n\n${TOC}`,
    'content/links.md': `# Links\n\n${LINKS.replace(/ \[choices.*\)/, '')}`,
  };
  mkdirSync(join(dir, 'content'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
  execFileSync(process.env.HARDTOP, ['-C', dir, 'build'], { stdio: 'pipe' });
  const folder = join(dir, 'public');
  return { folder, pages: readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => ({ path: `/${name}` })) };
}
const plain = buildPlain();
const THEMES = { mini: site, 'default theme': plain };

useBrowser(() => openSite(world, site));

async function withVisit({ of = site, ...options }, act) {
  world.serve(site.host, of.folder);
  const visit = await browser.visit({ reducedMotion: 'reduce', ...options });
  try {
    await act(visit);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}

const overflow = (visit) => visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// --- Nothing is wider than the window (WCAG 2.2, 1.4.10)

for (const [theme, of] of Object.entries(THEMES)) {
  for (const width of [320, 390, 1280]) {
    test(`no page is wider than a window of ${width} pixels: ${theme}`, () => withVisit({ of, viewport: { width, height: 800 } }, async (visit) => {
      for (const { path } of of.pages) {
        await visit.page.goto(site.origin + path);
        assert.equal(await overflow(visit), 0, path);
      }
    }));
  }
}

// --- What scrolls by itself

// Contrast as WCAG 2.2 defines it, of the text's colours on the shadow where it is deepest.
const contrasts = ([shadow, paper, ...inks]) => {
  const luminance = (rgb) => rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const below = luminance(paper.slice(0, 3).map((c, i) => c + (shadow[i] - c) * shadow[3]));
  return inks.map((ink) => luminance(ink.slice(0, 3))).map((ink) => (Math.max(ink, below) + 0.05) / (Math.min(ink, below) + 0.05));
};

for (const [theme, of] of Object.entries(THEMES)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`what can be scrolled has edges that say so, and its letters stay readable: ${theme}, ${colorScheme}`, () => withVisit({ of, colorScheme, viewport: { width: 390, height: 800 } }, async (visit) => {
      await visit.page.goto(`${site.origin}/wide.html`);
      for (const selector of ['.table-scroll', 'pre']) {
        const [scrolls, attachment, colors] = await visit.page.evaluate((of) => {
          const box = document.querySelector(of);
          const style = getComputedStyle(box);
          const rgba = (color) => {
            const probe = box.appendChild(document.createElement('i'));
            probe.style.color = color;
            const parts = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
            probe.remove();
            return [...parts, 1].slice(0, 4);
          };
          const soft = style.getPropertyValue('--soft') ? 'var(--soft)' : 'var(--muted)';
          return [box.scrollWidth > box.clientWidth, style.backgroundAttachment,
            ['var(--shadow)', style.backgroundColor, style.color, ...(of == 'pre' ? [] : [soft])].map(rgba)];
        }, selector);
        assert.equal(scrolls, true, selector);
        assert.match(attachment, /^(local, )+scroll/, selector);
        for (const contrast of contrasts(colors)) assert.ok(contrast >= 4.5, `${selector}: ${contrast}`);
      }
    }));
  }
}

// --- Landmarks

for (const [theme, of] of Object.entries(THEMES)) {
  for (const width of [390, 1280]) {
    test(`a page has its contents once, where the author places {toc}: ${theme}, ${width}`, () => withVisit({ of, viewport: { width, height: 800 } }, async (visit) => {
      const shown = (path) => visit.page.goto(site.origin + path).then(() => visit.page.evaluate(() => [...document.querySelectorAll('.toc')]
        .filter((toc) => toc.checkVisibility()).map((toc) => `${toc.localName}${toc.closest('.prose') ? ' in the text' : ''}`)));
      assert.deepEqual(await shown('/wide.html'), [width < 1000 ? 'details' : 'nav']);
      assert.deepEqual(await shown('/toc.html'), ['nav in the text']);
    }));
  }
}

// --- Paper

for (const [theme, of] of Object.entries(THEMES)) {
  test(`on paper the addresses of links that leave the site stand behind them, and no others: ${theme}`, () => withVisit({ of }, async (visit) => {
    await visit.page.goto(`${site.origin}/links.html`);
    await visit.page.emulateMedia({ media: 'print' });
    const printed = await visit.page.evaluate(() => [...document.querySelectorAll('.prose a')]
      .map((link) => [link.textContent, getComputedStyle(link, '::after').content]).filter(([, content]) => content !== 'none'));
    assert.deepEqual(printed, [['there', '" (https://elsewhere.example/x)"']]);
  }));
}
