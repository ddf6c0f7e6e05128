// Which Chromium, and how it is started: every name leads to the world (world.mjs), and it is quiet.
//
// What Chromium asks its maker for by itself is switched off, or sent to a closed port, at the source. What is left (on a new
// machine it warms up a connection to its search engine) finds no address: no page of the tests speaks to these hosts.
// harness_test.mjs fails where something new speaks up.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
if (!executablePath) throw new Error("there is no Chromium: 'make test' installs it; CHROMIUM=PATH names another");

const NOWHERE = 'https://127.0.0.1:1';
const MAKER = ['google.com', '*.google.com', '*.googleapis.com', '*.gstatic.com', '*.googleusercontent.com', '*.gvt1.com'];

export function chromiumArguments(world) {
  return [
    `--host-resolver-rules=${MAKER.map((host) => `MAP ${host} ~NOTFOUND, `).join('')}MAP * 127.0.0.1:${world.port}, EXCLUDE 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${world.spkiHash}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--no-proxy-server', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-domain-reliability', '--disable-sync', '--disable-dev-shm-usage',
    // Its push messages: it registers for them some time after it was started.
    `--gcm-checkin-url=${NOWHERE}/checkin`, `--gcm-registration-url=${NOWHERE}/register`, `--gcm-mcs-endpoint=${NOWHERE}`,
    `--gaia-url=${NOWHERE}`, `--google-apis-url=${NOWHERE}`, `--google-base-url=${NOWHERE}`, `--component-updater=url-source=${NOWHERE}/x`,
    // Of the last switch of a name only: Playwright has one, too.
    '--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,'
      + 'HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,DestroyProfileOnBrowserClose,GlobalMediaControls,PaintHolding',
  ];
}

// A profile of its own. Contexts inherit these preferences: third parties may set cookies, as outside of private windows; no
// dictionary is fetched for spelling.
export function makeProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'hardtop-browser-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({
    profile: { cookie_controls_mode: 0 },
    net: { network_prediction_options: 0 },
    spellcheck: { dictionaries: [] },
    browser: { enable_spellchecking: false },
  }));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
