// A preview server as far as its client can see: it sends a built site with the client's script in each page, and speaks the
// endpoints below /.hardtop/. What a test wants to happen, it says here: nothing is watched, nothing is built.
//
//   const preview = await openPreview(site);         site as example_site.mjs reads it
//   preview.origin                                   http://127.0.0.1:PORT
//   preview.write('cookies.html', text)              an output file as it is from now on; undefined: as it was built
//   preview.state                                    what a client that connects is told; a test may change it
//   preview.report                                   (output) => what GET /.hardtop/page answers
//   preview.send('change', { reload: true })         to all clients; the version moves on
//   await preview.connected(count)                   that many streams are open
//   preview.posts                                    ['/.hardtop/language?set=de']
//   preview.restart()                                another instance: streams end, and clients are told to reload as they come back
//   preview.stop(), await preview.start()            as restart, in two steps, on the same port
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { lookout } from './waiting.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };
const POLICY = /<meta http-equiv="Content-Security-Policy" content="[^"]*">/;

// The client as the program carries it.
export const clientPath = () => join(dirname(process.env.HARDTOP), 'embedded/assets/preview/preview.js');

// The facts that the event "state" tells of consent, from the file and the built pages.
export function consentFacts(site) {
  const home = readFileSync(join(site.folder, 'index.html'), 'utf8');
  const [, list = '[]'] = /\}\)\((\["[^\]]*\])/.exec(home) ?? [];
  const prints = JSON.parse(list); // of optional services, in the order of the file
  const { default: rule = 'opt-in', lifetime_days = 180, honor_gpc = true, region_source = '', region = [] } = site.consent;
  return {
    cookie: site.cookieName, lifetime_days, honors_gpc: honor_gpc, rule, region_source,
    regions: region.map(({ places, default: of }) => ({ places, rule: of })),
    services: site.services.map((service) => ({
      id: service.id, name: service.name, provider: service.provider, category: service.category,
      necessary: service.category === 'necessary', sells_or_shares: service.sells_or_shares ?? false,
      fingerprint: prints[site.optional.indexOf(service)] ?? '',
      stored: [
        ...(service.cookie ?? []).map(({ name, host = '' }) => ({ kind: 'cookie', name, host })),
        ...(service.storage ?? []).map(({ kind, name, host = '' }) => ({ kind, name, host })),
      ],
    })),
  };
}

export async function openPreview(site, { port = 0, consent = consentFacts(site), headers = {} } = {}) {
  const changed = new Map();
  const streams = new Set();
  const news = lookout();
  const posts = [];
  const queries = [];
  let instance = 1;
  let version = 0;
  let server;
  let sockets;
  const versionNow = () => `${instance}.${version}`;

  const preview = {
    posts,
    queries, // of the streams, in order
    headers, // of pages
    state: { languages: ['en'], language: 'en', region: '', diagnostics: [], consent },
    report: (output) => ({
      content: `content/${output.replace(/html$/, 'md')}`,
      services: (consent?.services ?? []).map(({ id, name, category, necessary }) => ({ id, name, category, necessary })),
      gated: (site.pages.find(({ path }) => path === `/${output}` || path === `/${output.replace(/index\.html$/, '')}`)?.gated ?? [])
        .map(({ service, html, urls }, index) => ({
          service, element: /<([a-z]+)/.exec(html)[1], url: urls[0] ?? '', path: 'consent.toml', line: 70 + index, column: 9,
        })),
    }),
    write: (path, text) => (text === undefined ? changed.delete(path) : changed.set(path, text)),
    read: (path) => changed.get(path) ?? readFileSync(join(site.folder, path), 'utf8'),
    send(event, data) {
      version += 1;
      for (const stream of streams) tell(stream, event, data);
    },
    connected: (count) => news.until(() => streams.size === count, () => `${count} streams, not ${streams.size}`),
    requested: (path) => news.until(() => posts.includes(path), () => `${path}, not ${posts}`),
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
    close: stop,
  };

  function tell(stream, event, data) {
    stream.write(`event: ${event}\ndata: ${JSON.stringify({ version: versionNow(), ...data })}\n\n`);
  }

  function answer(request, response) {
    const url = new URL(request.url, preview.origin);
    response.setHeader('Cache-Control', 'no-store');
    if (url.pathname === '/.hardtop/preview.js') return send(response, 200, '.js', readFileSync(clientPath()));
    if (url.pathname === '/.hardtop/events') return stream(url, response);
    if (url.pathname === '/.hardtop/page') return send(response, 200, '.json', JSON.stringify(preview.report(url.searchParams.get('output'))));
    if (request.method === 'POST') {
      // The site's own endpoints take what they get.
      const accepted = !url.pathname.startsWith('/.hardtop/') || request.headers.origin === preview.origin;
      posts.push(request.url);
      response.writeHead(accepted ? 204 : 403).end();
      return news.look();
    }
    return page(decodeURIComponent(url.pathname), response);
  }

  function stream(url, response) {
    const query = Object.fromEntries(url.searchParams);
    queries.push(query);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    streams.add(response);
    response.once('close', () => {
      streams.delete(response);
      news.look();
    });
    tell(response, 'state', preview.state);
    if (query.version.split('.')[0] !== String(instance)) tell(response, 'change', { reload: true, styles: [] });
    news.look();
  }

  function page(path, response) {
    const output = path.slice(1) + (path.endsWith('/') ? 'index.html' : '');
    let body;
    try {
      body = changed.get(output) ?? readFileSync(join(site.folder, output));
    } catch {
      return send(response, 404, '.html', withClient(preview.read('404.html'), '404.html'));
    }
    const type = extname(output);
    return send(response, 200, type, type === '.html' ? withClient(String(body), output) : body);
  }

  function withClient(html, output) {
    const script = `<script src="/.hardtop/preview.js" data-version="${versionNow()}" data-output="${output}"></script>`;
    return POLICY.test(html) ? html.replace(POLICY, (meta) => meta + script) : html.replace(/<meta charset="utf-8">/, (meta) => meta + script);
  }

  function send(response, status, type, body) {
    response.writeHead(status, { 'Content-Type': TYPES[type] ?? 'application/octet-stream', ...(type === '.html' ? preview.headers : {}) });
    response.end(body);
  }

  async function start() {
    server = createServer({ keepAliveTimeout: 60_000 }, answer);
    sockets = new Set();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    ({ port } = server.address());
    preview.origin = `http://127.0.0.1:${port}`;
  }

  async function stop() {
    instance += 1;
    version = 0;
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => { server.close(resolve); });
  }

  await start();
  return preview;
}
