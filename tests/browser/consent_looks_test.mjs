// Banner, preferences and placeholders for everybody: axe's rules (WCAG 2.2 AA, target size), every size, light and dark, right to
// left, and the keyboard alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, openSite, readSite } from './support/example_site.mjs';
import { axePath, root } from './support/packages.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const SIZES = [{ width: 320, height: 256 }, { width: 390, height: 844 }, { width: 1280, height: 800 }];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const FILM = '/footer-privacy-policy-product-info.html';

const site = buildSite();
// In Arabic, the whole document runs from right to left.
const arabic = buildSite({
  change: ({ read, write }) => write('site/site.toml', read('site/site.toml').replace('language = "en"', 'language = "ar"')),
});

// The same services in the theme that the binary carries: what a site has that brings nothing but a consent.toml.
function buildPlain(language) {
  const dir = mkdtempSync(join(tmpdir(), 'hardtop-plain-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const files = {
    'site.toml': `title = "Plain"\nbase_url = "${site.origin}/"\nlanguage = "${language}"\nurls = "file"\n[params]\n`,
    'content/footer-privacy-policy.md': '# Policy\n\n```{service-table}\n```\n\n```{cookie-table}\n```\n\n```{opt-out}\n```\n',
    [`content${FILM.replace('.html', '.md')}`]: '# Film\n\n```{embed}\nurl = "https://player.films.example/1"\ntitle = "A film"\n'
      + 'width = 960\nheight = 540\n```\n\nIn a line: <iframe src="https://player.films.example/2" title="A small one" width="200" height="80"></iframe>\n',
  };
  mkdirSync(join(dir, 'content'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
  for (const file of ['consent.toml', 'consent.lock']) cpSync(join(root, 'site', file), join(dir, file));
  execFileSync(process.env.HARDTOP, ['-C', dir, 'build'], { stdio: 'pipe' });
  return readSite(join(dir, 'public'), files['site.toml'], readFileSync(join(dir, 'consent.toml'), 'utf8'));
}
const plain = buildPlain('en');
const plainArabic = buildPlain('ar');

useBrowser(() => openSite(world, site));

async function withVisit(options, act) {
  const visit = await browser.visit(options);
  try {
    await act(visit);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
}

// axe runs in a world of its own: the page's policy would not let it in. That world ends with the document.
const axe = readFileSync(axePath, 'utf8');
const sessions = new WeakMap();
async function violations(visit, within) {
  if (!sessions.has(visit)) sessions.set(visit, await visit.context.newCDPSession(visit.page));
  const session = sessions.get(visit);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression, awaitPromise: true, returnByValue: true });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  };
  await run(`globalThis.axe || (() => { ${axe} })(); 0`);
  const options = { runOnly: TAGS, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
  return run(`axe.run(${JSON.stringify({ include: within })}, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))`);
}

// Nothing is wider than the window, but what scrolls by itself.
const overflow = (visit) => visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [words, of, direction] of [
  ['from left to right', site, 'ltr'], ['from right to left', arabic, 'rtl'],
  ['default theme, from left to right', plain, 'ltr'], ['default theme, from right to left', plainArabic, 'rtl'],
]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in banner, preferences and placeholders: ${words}, ${colorScheme}`, () => withVisit({ colorScheme, viewport: SIZES[0] }, async (visit) => {
      openSite(world, of);
      try {
        await visit.goto(site.origin + FILM);
        assert.equal(await visit.page.evaluate(() => getComputedStyle(document.body).direction), direction);
        for (const viewport of SIZES) {
          await visit.page.setViewportSize(viewport);
          const size = `${viewport.width}x${viewport.height}`;
          assert.deepEqual(await violations(visit, [['#consent-banner'], ['.consent-placeholder'], ['.consent-settings']]), [], size);
          assert.equal(await overflow(visit), 0, size);
          await visit.page.locator('#consent-banner [data-consent="preferences"]').click();
          assert.deepEqual(await violations(visit, [['#consent-preferences']]), [], `preferences, ${size}`);
          assert.equal(await overflow(visit), 0, `preferences, ${size}`);
          await visit.page.keyboard.press('Escape');
        }
      } finally {
        openSite(world, site);
      }
    }));
  }
}

test('axe sees what is wrong', () => withVisit({}, async (visit) => {
  await visit.goto(`${site.origin}/`);
  await visit.page.evaluate(() => {
    document.querySelector('#consent-banner button').style.color = '#ff8080';
    for (const word of ['a', 'b']) {
      const button = document.createElement('button');
      button.append(word);
      button.style.cssText = 'all: unset; display: inline-block; inline-size: 10px; block-size: 10px; color: #000';
      document.querySelector('#consent-banner').append(button);
    }
    document.querySelector('#consent-banner .consent-links a').replaceChildren();
  });
  const found = (await violations(visit, [['#consent-banner']])).map((text) => text.replace(/:.*/s, ''));
  assert.deepEqual([...new Set(found)].sort(), ['color-contrast', 'link-name', 'target-size']);
  visit.complaints.length = 0;
}));

// Whether what has the focus can be seen: at least a part of it is in the window and not behind something else.
const focused = (visit) => visit.page.evaluate(async () => {
  // The window scrolls to it with the next frame.
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  const element = document.activeElement;
  const name = element.id || element.dataset?.consent || element.getAttribute?.('href') || element.textContent.trim().slice(0, 30) || element.tagName;
  const rects = [...element.getClientRects()];
  const seen = rects.some((rect) => {
    for (const x of [0.1, 0.5, 0.9]) {
      for (const y of [0.1, 0.5, 0.9]) {
        const hit = document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y);
        if (hit && (element.contains(hit) || hit.contains(element))) return true;
      }
    }
    return false;
  });
  return { name, seen, tag: element.tagName };
});

for (const viewport of SIZES) {
  test(`no focused element is hidden while the banner shows: ${viewport.width}x${viewport.height}`, () => withVisit({ viewport, reducedMotion: 'reduce' }, async (visit) => {
    for (const path of ['/', FILM]) {
      await visit.page.goto(site.origin + path);
      const count = await visit.page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true })).length);
      const hidden = [];
      for (const key of ['Tab', 'Shift+Tab']) {
        for (let i = 0; i < count; i += 1) {
          await visit.page.keyboard.press(key);
          const { name, seen, tag } = await focused(visit);
          if (!seen && tag !== 'BODY') hidden.push(`${key} ${name}`);
        }
      }
      assert.deepEqual(hidden, [], path);
    }
  }));
}

// --- On phones

for (const [words, of] of [['mini', site], ['default theme', plain], ['default theme, in German', buildPlain('de')]]) {
  test(`on a phone the question leaves room for the page, and its three buttons are of one size: ${words}`, () => withVisit({}, async (visit) => {
    openSite(world, of);
    try {
      // Side by side where they fit, and half of the window; on the smallest phones the page begins below it, all the same.
      for (const [width, height, most, rows] of [[390, 844, 0.56, 1], [360, 740, 0.68, 1], [320, 568, 1, 2]]) {
        await visit.page.setViewportSize({ width, height });
        await visit.page.goto(site.origin + FILM);
        const [banner, ...buttons] = await visit.page.evaluate(() => [...document.querySelectorAll('#consent-banner, #consent-banner button')]
          .map((element) => element.getBoundingClientRect().toJSON()));
        assert.ok(banner.height < most * height, `${banner.height} of ${height}`);
        for (const side of ['width', 'height']) {
          assert.ok(buttons.every((button) => Math.abs(button[side] - buttons[0][side]) < 0.1), JSON.stringify(buttons));
        }
        assert.equal(new Set(buttons.map(({ top }) => top)).size, rows, JSON.stringify(buttons));
        assert.ok(buttons[0].height >= 44);
      }
    } finally {
      openSite(world, site);
    }
  }));
}

// --- By keyboard

async function tabTo(visit, selector) {
  for (let i = 0; i < 60; i += 1) {
    await visit.page.keyboard.press('Tab');
    if (await visit.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`Tab never comes to ${selector}`);
}
const active = (visit) => visit.page.evaluate(() => {
  const { activeElement: element } = document;
  return element.dataset.consent ?? (element.id || element.tagName);
});

test('the whole flow by keyboard: ask, preferences, escape, save, change, refuse', () => withVisit({}, async (visit) => {
  await visit.goto(site.origin + FILM);
  assert.equal(await active(visit), 'BODY', 'the banner leaves the focus where it is');
  await visit.page.keyboard.press('Tab');
  assert.match(await visit.page.evaluate(() => document.activeElement.getAttribute('href')), /^#main/, 'the skip link comes first');
  await tabTo(visit, '#consent-banner [data-consent="accept-all"]');
  await visit.page.keyboard.press('Tab');
  assert.equal(await active(visit), 'reject-all');
  await visit.page.keyboard.press('Tab');
  assert.equal(await active(visit), 'preferences');

  // Opened, something is ticked, and all of it is let go.
  await visit.page.keyboard.press('Enter');
  assert.equal(await visit.page.locator('#consent-preferences').isVisible(), true);
  await tabTo(visit, '[data-consent-service="visit-count"]');
  await visit.page.keyboard.press('Space');
  await visit.page.keyboard.press('Escape');
  assert.equal(await visit.page.locator('#consent-preferences').isVisible(), false);
  assert.equal(await active(visit), 'preferences', 'the focus returns');
  assert.deepEqual(await visit.cookies(), []);

  // Opened again: nothing is ticked. The film is, and that is saved.
  await visit.page.keyboard.press('Enter');
  assert.equal(await visit.page.locator('#consent-preferences input:checked').count(), 0);
  await tabTo(visit, '[data-consent-service="product-film"]');
  await visit.page.keyboard.press('Space');
  const mixed = visit.page.locator('[data-consent-category="functional"]');
  assert.deepEqual(await mixed.evaluate(({ checked, indeterminate }) => [checked, indeterminate]), [false, true]);
  const from = world.mark();
  await tabTo(visit, '#consent-preferences [data-consent="save"]');
  await visit.page.keyboard.press('Enter');
  await world.arrival(({ host }) => host === 'player.films.example', from);
  assert.equal(await active(visit), 'main');
  const status = visit.page.locator('#consent-status');
  assert.equal(await status.textContent(), await status.getAttribute('data-saved'));
  assert.equal(await visit.page.locator('#consent-banner').isVisible(), false);

  // Changed at the foot of the page.
  await visit.settle();
  await tabTo(visit, 'footer [data-consent="preferences"]');
  await visit.page.keyboard.press('Enter');
  assert.deepEqual(await visit.page.locator('#consent-preferences input[data-consent-service]:checked')
    .evaluateAll((boxes) => boxes.map(({ dataset }) => dataset.consentService)), ['product-film']);
  await tabTo(visit, '#consent-preferences [data-consent="reject-all"]');
  await Promise.all([visit.page.waitForEvent('load'), visit.page.keyboard.press('Enter')]);
  await visit.settle();
  assert.match(await visit.page.evaluate(() => document.documentElement.dataset.consentState), /refused/);
}));

test('a film by keyboard: loaded once, the focus is on it, and nothing is kept', () => withVisit({ viewport: SIZES[1] }, async (visit) => {
  await visit.goto(site.origin + FILM);
  await tabTo(visit, '[data-consent="once:product-film"]');
  const from = world.mark();
  await visit.page.keyboard.press('Enter');
  await world.arrival(({ host }) => host === 'player.films.example', from);
  await visit.settle();
  assert.equal(await visit.page.evaluate(() => document.activeElement.tagName), 'IFRAME');
  assert.deepEqual((await visit.cookies()).filter(({ domain }) => domain.endsWith(site.host)), []);
}));

// --- Asked again

test('after a change the banner names what this visitor is asked about, and nothing else', () => withVisit({ viewport: SIZES[1] }, async (visit) => {
  const note = 'It keeps another cookie now.';
  const changed = buildSite({
    note,
    change: ({ read, write }) => write('site/consent.toml', read('site/consent.toml').replace('name = "visit"', 'name = "visit-2"')),
  });
  const named = () => visit.page.locator('#consent-new > :visible').allTextContents();
  await visit.goto(site.origin + '/');
  await visit.page.locator('#consent-banner [data-consent="accept-all"]').click();
  await visit.settle();
  openSite(world, changed);
  try {
    await visit.goto(site.origin + '/');
    assert.deepEqual(await named(), [`Visit count ${note}`]);
    assert.deepEqual(await visit.page.locator('#consent-banner [data-consent$="-all"]').allInnerTexts(), ['Accept these services', 'Reject these services']);
    assert.deepEqual(await visit.shift(), { value: 0, sources: [] });
    assert.deepEqual(await violations(visit, [['#consent-banner']]), []);
  } finally {
    openSite(world, site);
  }
}));

// --- Placeholders

for (const viewport of [SIZES[1], SIZES[2]]) {
  test(`a poster can be seen, and its words too: ${viewport.width}`, () => withVisit({ viewport }, async (visit) => {
    await visit.goto(site.origin + FILM);
    const [box, poster, words] = await visit.page.evaluate(() => ['.consent-box', '.consent-box > img', '.consent-words']
      .map((selector) => document.querySelector(selector).getBoundingClientRect().toJSON()));
    assert.ok(words.bottom <= box.bottom + 1, 'the words end in the box');
    const seen = (Math.min(words.top, poster.bottom) - poster.top) / poster.height;
    if (viewport.width < 640) assert.equal(seen, 1, 'on a phone nothing covers it');
    else assert.ok(seen > 0.4, `${seen} of it is seen`);
    assert.ok(Math.abs(poster.width / poster.height - 16 / 9) < 0.02, 'in its own shape');
  }));

  test(`what a placeholder stands for arrives without a layout shift: ${viewport.width}`, () => withVisit({ viewport }, async (visit) => {
    await visit.goto(site.origin + FILM);
    await visit.page.locator('#consent-banner [data-consent="reject-all"]').click();
    await visit.settle();
    const after = () => visit.page.evaluate(() => document.querySelector('.film__caption').getBoundingClientRect().top + scrollY);
    await visit.goto(site.origin + FILM);
    const before = await after();
    await visit.page.locator('[data-consent="grant:product-film"]').click();
    await visit.settle();
    // Its "Your choice has been saved" pushes the page; what follows the film keeps its distance to it.
    const status = await visit.page.evaluate(() => document.querySelector('#consent-status').getBoundingClientRect().height);
    assert.ok(Math.abs(await after() - status - before) < 1);
    // When it comes by itself, nobody has clicked: each shift counts.
    await visit.goto(site.origin + FILM);
    assert.deepEqual(await visit.shift(), { value: 0, sources: [] });
    assert.ok(Math.abs(await after() - before) < 1);
  }));
}

test('a page of which nothing is asked any more begins at the top of the window', () => withVisit({}, async (visit) => {
  await visit.goto(site.origin + FILM);
  await visit.page.locator('#consent-banner [data-consent="reject-all"]').click();
  await visit.settle();
  await visit.goto(site.origin + FILM);
  assert.equal(await visit.page.evaluate(() => document.querySelector('header').getBoundingClientRect().top + scrollY), 0);
}));

test('the link of a placeholder names whose place it opens, and is there without JavaScript', () => withVisit({ javaScript: false }, async (visit) => {
  await visit.page.goto(site.origin + FILM);
  const link = visit.page.locator('.consent-placeholder a');
  assert.equal(await link.textContent(), 'Open at player.films.example');
  assert.equal(await link.getAttribute('href'), 'https://player.films.example/embed/once-around-the-block');
  assert.equal(await visit.page.locator('.consent-placeholder button:visible').count(), 0);
  openSite(world, plain);
  try {
    await visit.page.goto(site.origin + FILM);
    assert.equal(await visit.page.locator('.consent-placeholder a').nth(1).textContent(), 'A small one (player.films.example)');
  } finally {
    openSite(world, site);
  }
}));

// --- On paper, and without scripts

test('nothing of the question is printed', () => withVisit({}, async (visit) => {
  for (const of of [site, plain]) {
    openSite(world, of);
    await visit.goto(site.origin + FILM);
    await visit.page.emulateMedia({ media: 'print' });
    for (const selector of ['#consent-banner', '#consent-status', '.consent-settings', '.consent-placeholder button']) {
      assert.equal(await visit.page.locator(selector).first().isVisible(), false, selector);
    }
    await visit.page.emulateMedia({ media: 'screen' });
  }
  openSite(world, site);
}));

test('without JavaScript no button stands about, and the settings link leads to the policy', () => withVisit({ javaScript: false }, async (visit) => {
  for (const path of ['/cookies.html', FILM, '/']) {
    await visit.page.goto(site.origin + path);
    assert.equal(await visit.page.locator('[data-consent]:is(button):visible').count(), 0, path);
    assert.equal(await visit.page.locator('footer [data-consent="preferences"]').getAttribute('href'), '/footer-privacy-policy.html');
  }
}));
