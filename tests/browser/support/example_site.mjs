// The example site, built by the program under test, and what its visitors' browsers may do, by its consent.toml. The file is
// read here by a TOML reader of another make: what the tests expect does not come from what they test.
//
//   const site = buildSite()                         or buildSite({ change: (files) => … , build: [options] })
//   site.folder                                      the output
//   site.pages                                       [{ path: '/cookies.html', gated: [{ service, urls }] }]
//   site.services, site.optional                     as consent.toml has them
//   openSite(world, site)                            serves it, and answers for the services as the real ones would
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseToml, root } from './packages.mjs';
import { PIXEL } from './world.mjs';

// `change` gets functions read(path) and write(path, text) over a copy of site/ and themes/, and may change it. `note`: the
// facts have changed, and this is said about it in consent.lock.
export function buildSite({ change, note, build = [] } = {}) {
  const top = mkdtempSync(join(tmpdir(), 'hardtop-example-'));
  process.once('exit', () => rmSync(top, { recursive: true, force: true }));
  for (const part of ['site', 'themes']) {
    cpSync(join(root, part), join(top, part), {
      recursive: true, filter: (path) => !/^(public|\.hardtop)$/.test(relative(join(root, part), path)),
    });
  }
  const at = (path) => join(top, path);
  change?.({ read: (path) => readFileSync(at(path), 'utf8'), write: (path, text) => writeFileSync(at(path), text) });
  // What it says is shown where it fails.
  const hardtop = (...args) => execFileSync(process.env.HARDTOP, ['-C', at('site'), ...args], { stdio: 'pipe' });
  if (note) hardtop('lock', '--note', note);
  const folder = at('public');
  hardtop('build', '--output', folder, ...build);
  return readSite(folder, readFileSync(at('site/site.toml'), 'utf8'), readFileSync(at('site/consent.toml'), 'utf8'));
}

export function readSite(folder, siteToml, consentToml) {
  const config = parseToml(siteToml);
  const { consent, service: services } = parseToml(consentToml);
  const { origin, hostname: host } = new URL(config.base_url);
  const files = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  const pages = files.filter((path) => path.endsWith('.html')).sort().map((path) => ({
    path: `/${path}`.replace(/\/index\.html$/, '/'),
    gated: gatedParts(readFileSync(join(folder, path), 'utf8'), origin),
  }));
  return {
    folder, files, pages, origin, host, services, consent,
    optional: services.filter(({ category }) => category !== 'necessary'),
    params: config.params,
    cookieName: consent.cookie ?? 'cookie_consent',
  };
}

// What is in a page's templates: the service, and what it fetches when it is put in place.
function gatedParts(html, origin) {
  return [...html.matchAll(/<template data-service="([^"]+)">([^]*?)<\/template>/g)].map(([, service, content]) => {
    if (/<template/.test(content)) throw new Error(`a template within a template: ${content}`);
    return {
      service,
      html: content,
      urls: [...content.matchAll(/\bsrc="([^"]+)"/g)].map(([, url]) => new URL(url.replaceAll('&amp;', '&'), origin).href),
    };
  });
}

// Whether a [[service.tag]] with this pattern stands on the page.
export function matches(pattern, path) {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${expression}$`).test(path);
}

export function openSite(world, site, { folder = site.folder } = {}) {
  world.serve(site.host, folder);
  // The endpoints of the site itself. The form's answer sets the session cookie of the necessary service.
  const [session] = site.services.filter(({ category }) => category === 'necessary').flatMap(({ cookie = [] }) => cookie);
  world.on(site.host, ({ method, path }) => {
    if (method !== 'POST') return undefined;
    if (path === site.params.visit_endpoint) return { status: 204 };
    if (path === site.params.signup_endpoint) {
      return { status: 303, headers: { Location: '/insiders.html', 'Set-Cookie': `${session.name}=1; Path=/; HttpOnly; Secure; SameSite=Lax` } };
    }
    return { status: 405 };
  });
  for (const { hosts = [], cookie = [] } of site.optional) {
    for (const host of hosts) {
      const own = cookie.filter((item) => item.host && (host === item.host || host.endsWith(`.${item.host}`)));
      world.on(host, ({ dest }) => ({
        ...(dest === 'iframe'
          ? { type: 'text/html; charset=utf-8', body: '<!doctype html><html lang="en"><title>A player</title><p>Play</p></html>' }
          : dest === 'script' ? { type: 'text/javascript', body: '' } : { type: 'image/gif', body: PIXEL }),
        headers: {
          'Set-Cookie': own.map(({ name, host: domain }) =>
            `${name.replaceAll('*', 'x')}=1; Domain=${domain}; Path=/; Max-Age=63072000; Secure; SameSite=None`),
        },
      }));
    }
  }
}
