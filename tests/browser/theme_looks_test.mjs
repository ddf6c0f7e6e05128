// What the two themes look like where looks can be stated: nothing is wider than the window, what scrolls says so, paper has the
// addresses that it needs and no others.
import assert from 'node:assert/strict';
import { buildSite, openSite } from './support/example_site.mjs';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const site = buildSite();

useBrowser(() => openSite(world, site));

async function withVisit(options, act) {
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

for (const width of [320, 390, 1280]) {
  test(`no page of the example is wider than a window of ${width} pixels`, () => withVisit({ viewport: { width, height: 800 } }, async (visit) => {
    for (const { path } of site.pages) {
      await visit.page.goto(site.origin + path);
      assert.equal(await overflow(visit), 0, path);
    }
  }));
}
