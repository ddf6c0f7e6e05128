// Pages by hand around the runtime as make_runtime composes it (compose_runtime.cc), without a theme, gate or banner of ours.
//
//   const site = composeSite({ services: [{ id: 'atlas', category: 'advertising', sells: true }] });
//   world.serve('site.example', filesOf(site, { '/': '<template data-service="atlas">…</template>' }));
//   await visit.context.addCookies([choice(site, [{ age: 3, granted: ['atlas'] }])]);
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

export const ORIGIN = 'https://site.example';
export const today = () => Math.floor(Date.now() / 864e5);

export function composeSite(facts) {
  const program = join(dirname(process.env.HARDTOP), 'tests', 'compose_runtime');
  const [made] = JSON.parse(execFileSync(program, { input: JSON.stringify([facts]) }));
  return { ...facts, ...made, cookie: facts.cookie ?? 'cookie_consent' };
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// `scripts`: inline scripts of templates, which the policy is to allow.
export function strictPolicy(site, { scripts = [], sources = '', trustedTypes = true } = {}) {
  return `default-src 'self' ${sources}; base-uri 'none'; object-src 'none'; script-src 'self' ${[site.head, ...scripts].map(hash).join(' ')} ${sources}`
    + (trustedTypes ? "; require-trusted-types-for 'script'; trusted-types 'none'" : '');
}

export function pageOf(site, body = '', { policy = strictPolicy(site), head = '', prefix = '' } = {}) {
  const optional = site.services.filter(({ category }) => category !== 'necessary');
  const categories = [...new Set(optional.map(({ category = 'analytics' }) => category))];
  const boxes = categories.map((category) => `<fieldset><label><input type="checkbox" data-consent-category="${category}">${category}</label>
    ${optional.filter((service) => (service.category ?? 'analytics') === category).map(({ id }) => `<label><input type="checkbox" data-consent-service="${id}">${id}</label>`).join('')}</fieldset>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<script>${site.head}</script><title>Page</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css">
<script src="${prefix}/consent.js" defer></script>${head}</head><body>
<section id="consent-banner" aria-labelledby="consent-banner-title"><h2 id="consent-banner-title">May we?</h2>
<dl id="consent-new">${optional.map(({ id }) => `<div>${id}</div>`).join('')}</dl>
<button data-consent="accept-all">Accept all</button> <button data-consent="reject-all">Reject all</button> <button data-consent="preferences">Preferences</button></section>
<main><h1>Page</h1>
${body}
</main>
<footer><button id="settings" data-consent="preferences">Privacy settings</button> <button data-consent="withdraw">Withdraw</button>
<button data-consent="do-not-sell">Do Not Sell or Share My Personal Information</button></footer>
<dialog id="consent-preferences" aria-label="Preferences" data-gpc-confirm="Your browser says no. Allow all the same?">${boxes.join('')}
<button data-consent="accept-all">Accept all</button> <button data-consent="reject-all">Reject all</button> <button data-consent="save">Save</button>
<button data-consent="close">Close</button></dialog>
<p id="consent-status" role="status" data-saved="Your choice is saved."></p></body></html>`;
}

const STYLE = `#consent-banner, .needs-gpc { display: none }
html[data-consent-state~="ask"] #consent-banner, html[data-consent-state~="gpc"] .needs-gpc { display: block }
.consent-placeholder { display: block; inline-size: 300px; min-block-size: 200px }
iframe { display: block; border: 0 }`;

// `pages`: bodies of pages, by path. All have the same head, banner and footer.
export function filesOf(site, pages, options = {}) {
  const files = {
    [`${options.prefix ?? ''}/consent.js`]: site.script,
    '/style.css': STYLE,
    '/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  for (const [path, body] of Object.entries(pages)) files[path] = pageOf(site, body, options);
  return files;
}

// The cookie's text: groups are {age, granted, refused, text}, in days before today; services by id, or fingerprints as they are.
export function cookieText(site, groups) {
  const list = (names = []) => names.map((name) => site.fingerprints[name.replace('!', '')]?.concat(name.endsWith('!') ? '!' : '') ?? name).join('~');
  return `1${groups.map(({ age = 0, granted, refused, text = 'Text-1' }) => `.${today() - age}.${list(granted)}.${list(refused)}.${text}`).join('')}`;
}
export const choice = (site, groups) => ({ name: site.cookie, value: cookieText(site, groups), url: `${ORIGIN}/` });

export const stateOf = (visit) => visit.page.evaluate(() => document.documentElement.dataset.consentState);
export const click = (visit, method, within = '') => visit.page.click(`${within} [data-consent="${method}"]:visible`);
