// Compares what a browser did with what consent.toml allows: the judge of every case of the matrix. It returns what was wrong, in
// sentences, instead of failing, so that a test can show that it would notice.

const sorted = (list) => [...list].sort();

function differences(what, expected, actual) {
  const rest = [...actual];
  const missing = expected.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((one) => `${what} is missing: ${one}`), ...rest.map((one) => `${what} is not allowed: ${one}`)];
}

// What a load of `page` asks for with these services running, and what is then in the browser.
//   running   ids of services that run on the page
//   kept      names of first-party cookies or storage from before, besides: ['cookie_consent']
export function expected(site, page, running) {
  const parts = page.gated.filter(({ service }) => running.includes(service));
  const requests = parts.flatMap(({ urls }) => urls.map((url) => `GET ${url}`));
  const cookies = [];
  for (const service of site.optional) {
    if (!parts.some((part) => part.service === service.id)) continue;
    // The visit count is a script of the theme's, with an endpoint of the site's.
    if (service.id === 'visit-count') requests.push(`POST ${site.origin}${site.params.visit_endpoint}`);
    for (const { name, host } of service.cookie ?? []) cookies.push(host ? `${name} of .${host}` : `${name} of ${site.host}`);
  }
  return { requests: sorted(requests), cookies: sorted(cookies) };
}

// Every file that pages load without asking is part of the output; what services load is accounted for one by one.
function isOwnFile(site, page, { method, host, path, kind }) {
  if (host !== site.host) return false;
  if (kind === 'connection') return true;
  const file = path.replace(/[?#].*/, '').slice(1);
  const gated = page.gated.some(({ urls }) => urls.includes(`${site.origin}${path}`));
  return method === 'GET' && !gated && (site.files.includes(file) || site.files.includes(`${file}index.html`));
}

// The harness's own: browser.mjs, passSentinel.
const ours = (host) => /\.sentinel-\d+\.test$/.test(host);

// Of everything that came since a page began to load.
export function judgeContacts(site, page, running, contacts) {
  const hosts = new Set(site.optional.filter(({ id }) => running.includes(id)).flatMap((service) => service.hosts ?? []));
  const rest = contacts.filter((contact) => !ours(contact.host) && !isOwnFile(site, page, contact)
    // A connection to a host that may be spoken to needs no reason of its own.
    && !(contact.kind === 'connection' && hosts.has(contact.host)));
  return differences('a request', expected(site, page, running).requests,
    rest.map(({ kind, method, url }) => (kind === 'request' ? `${method} ${url}` : `a ${kind} to ${url}`)));
}

export async function judgeKept(site, page, running, visit, { decided, stored = [], cookies = [] }) {
  const names = (await visit.cookies()).map(({ name, domain }) => `${name} of ${domain}`);
  const should = [...expected(site, page, running).cookies, ...cookies, ...(decided ? [`${site.cookieName} of ${site.host}`] : [])];
  const storage = Object.entries(await visit.storage()).flatMap(([kind, items]) => items.map((name) => `${name} in ${kind}`));
  return [...differences('a cookie', [...new Set(should)], names), ...differences('storage', stored, storage)];
}

export async function judgeLook(visit) {
  const { value, sources } = await visit.shift();
  const violations = await visit.violations();
  return [
    ...visit.complaints.splice(0).map((text) => `the browser complains: ${text}`),
    ...violations.splice(0).map((text) => `a policy was violated: ${text}`),
    ...(value > 0 ? [`the layout shifted by ${value}: ${sources.join(', ')}`] : []),
  ];
}

// All of it: with `running` on `page` since `from`, the mark of the world before the load.
export async function judge({ site, page, running, visit, world, from, decided, stored, cookies, javaScript = true }) {
  // What has to come may take its time on a busy machine; what must not come had it until then.
  const late = expected(site, page, running).requests
    .filter((request) => !world.since(from).some(({ method, url, answered }) => answered && `${method} ${url}` === request));
  if (late.length) {
    await Promise.allSettled(late.map((request) =>
      world.arrival(({ method, url, answered }) => answered && `${method} ${url}` === request, from, request)));
    await visit.settle();
  }
  return [
    ...judgeContacts(site, page, running, world.since(from)),
    ...await judgeKept(site, page, running, visit, { decided, stored, cookies }),
    ...(javaScript ? await judgeLook(visit) : visit.complaints.splice(0)),
  ];
}
