// The only file that knows where the npm packages are: `make test` installs them into build/browser, and sources stay free of
// node_modules.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const packages = process.env.HARDTOP_BROWSER_PACKAGES ?? join(root, 'build/browser');
if (!existsSync(join(packages, 'node_modules/playwright-core'))) {
  throw new Error(`there is no playwright-core in ${packages}; 'make test' installs it`);
}
const require = createRequire(pathToFileURL(join(packages, 'package.json')));

export const { chromium } = require('playwright-core');
export const axePath = require.resolve('axe-core/axe.min.js');
// An ES module of its own, so that what reads consent.toml here shares nothing with the generator.
export const { parse: parseToml } = await import(pathToFileURL(join(packages, 'node_modules/smol-toml/dist/index.js')));
