// The world, as a browser under test sees it: one server on loopback that is every host at once. Chromium is started so that each
// name leads to its port (browser.mjs), and what arrives here is what was contacted: requests, but also sockets that
// never carried one, web sockets, beacons sent while a page goes away, UDP. Interception in the browser would not see
// these.
//
//   const world = await openWorld();
//   world.serve('site.example', '/folder')          files; or { '/': '<!doctype html>…', '/a.js': {body, type, headers} }
//   world.on('px.example', (request) => ({ status, headers, body, type }))      or 'hold', until release
//   world.contacts                                  everything that came, in order: {host, kind, method, path, …}
//   const from = world.mark(); … world.since(from)
//   await world.arrival((contact) => contact.path === '/collect', from)
//   await world.close()
//
// A host that nobody serves answers by what the request is for: an empty image, script, style sheet or page, with status 200: so that
// something that should not have been asked for still behaves as it would outside.
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { makeCertificate } from './certificate.mjs';
import { lookout, PATIENCE } from './waiting.mjs';

export { PATIENCE };

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp',
  '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json', '.mp4': 'video/mp4', '.ico': 'image/x-icon',
};

export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const EMPTY = {
  image: { type: 'image/gif', body: PIXEL },
  script: { type: TYPES['.js'], body: '' },
  style: { type: TYPES['.css'], body: '' },
  iframe: { type: TYPES['.html'], body: '<!doctype html><title>A frame</title>' },
  document: { type: TYPES['.html'], body: '<!doctype html><title>A page</title>' },
};

// On every site that is served: a page that prerenders another one, /.prerender?https://site.example/page, waits for
// world.release('/.prerender/wait'), and goes there.
export const PRERENDER_PATH = '/.prerender';

function prerenderer(url) {
  const rules = JSON.stringify({ prerender: [{ urls: [url], eagerness: 'immediate' }] });
  return {
    type: TYPES['.html'],
    body: `<!doctype html><title>Prerenders</title><link rel="icon" href="data:,"><script type="speculationrules">${rules}</script>
<script>fetch('${PRERENDER_PATH}/wait').then(() => { location.href = ${JSON.stringify(url)}; });</script>`,
  };
}

export async function openWorld() {
  const { pem, spkiHash } = makeCertificate();
  const contacts = [];
  const sites = new Map();
  const handlers = new Map();
  const news = lookout();
  let held = [];
  const sockets = new Set();

  function note(contact) {
    contacts.push(contact);
    news.look();
    return contact;
  }

  function hostOf(request) {
    return (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  }

  async function answer(request, response) {
    const contact = note(contactOf(request));
    try {
      await respond(contact, request, response);
    } catch {
      response.destroy(); // the browser has hung up
    }
    contact.answered = true;
    news.look();
  }

  function hold(contact) {
    contact.held = true;
    news.look();
  }

  function contactOf(request) {
    const host = hostOf(request);
    const secure = Boolean(request.socket.encrypted);
    return {
      kind: 'request', host, secure, method: request.method, path: request.url,
      url: `${secure ? 'https' : 'http'}://${host}${request.url}`,
      cookies: request.headers.cookie ?? '', headers: request.headers,
      dest: request.headers['sec-fetch-dest'] ?? '', purpose: request.headers['sec-purpose'] ?? '', body: '', answered: false,
    };
  }

  async function respond(contact, request, response) {
    const { host } = contact;
    // A browser may hang up while its answer is held back: then nothing more is heard of the response.
    const hungUp = new Promise((resolve) => { response.once('close', resolve); });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    contact.body = Buffer.concat(chunks).toString();
    const reply = (await handlers.get(host)?.(contact)) ?? fromSite(contact) ?? (EMPTY[contact.dest] || { status: 204 });
    if (reply === 'hold') {
      hold(contact);
      await new Promise((resolve) => { held.push({ path: contact.path, resolve }); });
      contact.held = false;
    }
    response.writeHead(reply.status ?? 200, {
      'Cache-Control': 'no-store',
      // A vendor's answer may be read from anywhere.
      ...(sites.has(host) ? {} : { 'Access-Control-Allow-Origin': '*' }),
      ...(reply.type ? { 'Content-Type': reply.type } : {}),
      ...reply.headers,
    });
    const finished = new Promise((resolve) => { response.once('finish', resolve); });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
    await Promise.race([finished, hungUp]);
  }

  function fromSite(contact) {
    const site = sites.get(contact.host);
    if (!site) return undefined;
    if (contact.path === `${PRERENDER_PATH}/wait`) return 'hold';
    if (contact.path.startsWith(`${PRERENDER_PATH}?`)) return prerenderer(contact.path.slice(PRERENDER_PATH.length + 1));
    const path = decodeURIComponent(contact.path.replace(/[?#].*/, ''));
    const headers = { 'Cache-Control': 'no-cache', ...site.headers?.(path) };
    const found = typeof site.content === 'string' ? fromFolder(site.content, path) : fromMemory(site.content, path);
    if (found) return { ...found, headers: { ...headers, ...found.headers } };
    const missing = typeof site.content === 'string' ? fromFolder(site.content, '/404.html') : undefined;
    return { type: TYPES['.txt'], body: 'not here', ...missing, status: 404, headers };
  }

  function fromFolder(folder, path) {
    let file = join(folder, normalize(path));
    if (path.endsWith('/')) file = join(file, 'index.html');
    if (!existsSync(file) || !statSync(file).isFile()) return undefined;
    const body = readFileSync(file);
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', body };
  }

  function fromMemory(content, path) {
    const found = content[path] ?? (path.endsWith('/') ? content[`${path}index.html`] : undefined);
    if (found === undefined) return undefined;
    const file = typeof found === 'object' && !Buffer.isBuffer(found) ? found : { body: found };
    return { type: TYPES[extname(path)] ?? TYPES['.html'], ...file };
  }

  const http = createHttpServer({ keepAliveTimeout: 60_000 }, answer);
  const https = createHttpsServer(
    { key: pem, cert: pem, ALPNProtocols: ['http/1.1'], keepAliveTimeout: 60_000 }, answer);
  for (const server of [http, https]) {
    server.on('upgrade', (request, socket) => {
      const host = hostOf(request);
      note({ kind: 'socket', host, method: request.method, path: request.url, url: `wss://${host}${request.url}`,
        cookies: request.headers.cookie ?? '', headers: request.headers, dest: 'websocket', body: '', answered: true });
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    });
    server.on('clientError', (_, socket) => socket.destroy());
  }
  // A handshake says a name before any request does: a preconnect, which may never carry one.
  https.on('secureConnection', (socket) => {
    const host = socket.servername || '';
    note({ kind: 'connection', host, method: '', path: '', url: `https://${host}/`, cookies: '', headers: {}, dest: '', body: '',
      answered: true });
  });

  // One port for both: a TLS record begins with byte 22.
  const door = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('readable', () => {
      const first = socket.read(1);
      if (first === null) return;
      socket.unshift(first);
      (first[0] === 22 ? https : http).emit('connection', socket);
    });
  });
  await new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(0, '127.0.0.1', resolve);
  });
  const { port } = door.address();

  // WebTransport, HTTP/3 and WebRTC would come here. The port may be taken for UDP: then these are not seen, which the
  // tests that are about them find out.
  const udp = createSocket('udp4');
  udp.on('message', () => note({ kind: 'datagram', host: '', method: '', path: '', url: 'udp:', cookies: '', headers: {},
    dest: '', body: '', answered: true }));
  await new Promise((resolve, reject) => {
    udp.once('error', reject);
    udp.bind(port, '127.0.0.1', resolve);
  });

  // The first contact since `from` that fits; it may have come already.
  function arrival(fits, from = 0, what = fits.toString()) {
    return until(() => contacts.slice(from).find(fits), what);
  }

  function until(find, what) {
    return news.until(find, () => {
      const came = contacts.slice(-20).map((c) => `${c.kind} ${c.method} ${c.url}`).join('\n  ');
      return `${typeof what === 'function' ? what() : what}\nthe last that came:\n  ${came}`;
    });
  }

  return {
    port,
    spkiHash,
    contacts,
    // `headers`: what a path's answer carries besides, as a function path -> object.
    serve(host, content, headers) { sites.set(host, { content, headers }); },
    on(host, handler) { handlers.set(host, handler); },
    off(host) { handlers.delete(host); sites.delete(host); },
    mark() { return contacts.length; },
    since(from) { return contacts.slice(from); },
    arrival,
    // Everything that has arrived so far has had its answer, but for what a handler holds back.
    allAnswered(from = 0) {
      const open = () => contacts.slice(from).filter(({ answered, held: kept }) => !answered && !kept);
      return until(() => open().length === 0, () => `an answer to ${open().map(({ url }) => url).join(', ')}`);
    },
    hold, // for a handler that takes its time: nobody waits for its answer
    // Lets the answers go that a handler held back with 'hold'.
    release(path) {
      for (const one of held.filter((entry) => entry.path === path)) one.resolve();
      held = held.filter((entry) => entry.path !== path);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise((resolve) => { door.close(resolve); }),
        new Promise((resolve) => { udp.close(resolve); }),
      ]);
    },
  };
}
