// The frame of a file of browser tests: one world and one browser for all of its tests, and nothing that waits for ever.
//
//   import { browser, test, useBrowser, world } from './support/testing.mjs';
//   useBrowser(() => openSite(world, site));           what is served, before the browser is there; may be left out
//   test('a visitor who …', async () => { const visit = await browser.visit(); … });
import { after, before, test as run } from 'node:test';
import { openBrowser } from './browser.mjs';
import { openWorld, PATIENCE } from './world.mjs';

// A test waits for several things, each of them for PATIENCE at most. What has no limit of its own, an evaluate() in a page that
// no longer answers, ends here.
const limit = { timeout: 6 * PATIENCE };

export let world;
export let browser;

export function useBrowser(setUp = () => {}) {
  before(async () => {
    world = await openWorld();
    await setUp();
    browser = await openBrowser(world);
  }, limit);
  after(async () => {
    await browser?.close();
    await world?.close();
  }, limit);
}

export const test = (name, ...rest) => run(name, limit, ...rest);
