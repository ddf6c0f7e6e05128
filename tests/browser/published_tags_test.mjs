// What is written into the tags of published pages, as a browser takes it: integrity lets the files of the build through and no
// others, a style sheet that was hinted at is fetched once, and images stand where they will be before they have come.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { deflateSync } from 'node:zlib';
import { browser, test, useBrowser, world } from './support/testing.mjs';

const HOST = 'site.example';
const ORIGIN = `https://${HOST}`;

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits of grey
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

// A JPEG with an Exif segment that says how it is turned.
function turned(jpeg, orientation) {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, tiff.length + 8]), Buffer.from('Exif\0\0'), tiff]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

// Two by two pixels.
const AVIF = Buffer.from('AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2'
  + 'aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAA'
  + 'AABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKD'
  + 'BAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A=', 'base64');

const folders = [];
// Builds a site of the default theme with these files; returns the output's folder.
function build(files) {
  const top = mkdtempSync(join(tmpdir(), 'hardtop-tags-'));
  folders.push(top);
  const all = {
    'site.toml': `title = "T"\nbase_url = "${ORIGIN}/"\n[build]\nearly_hints = true\nhosts = ["json"]\n`,
    'scripts/go.js': 'document.documentElement.dataset.went = "yes";\n',
    'layouts/page.mustache': '{{! parent: base }}\n<main id="main">{{{content}}}</main><script src="{{assets.js_go}}" defer></script>',
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), content);
  }
  execFileSync(process.env.HARDTOP, ['-C', top, 'build'], { stdio: 'pipe' });
  const hosts = join(top, '.hardtop/hosts');
  const model = JSON.parse(readFileSync(join(hosts, readdirSync(hosts)[0], 'headers.json'), 'utf8'));
  return { folder: join(top, 'public'), model };
}

useBrowser();
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function withVisit(act) {
  const visit = await browser.visit();
  try {
    await act(visit);
  } finally {
    await visit.close();
  }
}

const asset = (folder, pattern) => `/assets/${readdirSync(join(folder, 'assets')).find((name) => pattern.test(name))}`;
const state = (visit) => visit.page.evaluate(() => ({
  went: document.documentElement.dataset.went ?? 'no',
  styled: [...document.styleSheets].some((sheet) => sheet.href && sheet.cssRules.length > 0),
}));

test('with integrity the files of the build are taken, and no others', () => withVisit(async (visit) => {
  const { folder } = build({ 'content/a.md': 'Text.\n' });
  const script = asset(folder, /^go\..*\.js$/);
  const sheet = asset(folder, /^main\..*\.css$/);
  world.serve(HOST, folder);
  await visit.goto(`${ORIGIN}/a/`);
  assert.deepEqual(await state(visit), { went: 'yes', styled: true });
  assert.deepEqual(visit.complaints, []);

  world.on(HOST, ({ path }) => {
    if (path === script) return { type: 'text/javascript', body: `${readFileSync(join(folder, script))}//` };
    if (path === sheet) return { type: 'text/css', body: `${readFileSync(join(folder, sheet))} ` };
    return undefined;
  });
  await visit.goto(`${ORIGIN}/a/?again`);
  assert.deepEqual(await state(visit), { went: 'no', styled: false });
  assert.equal(visit.complaints.filter((text) => /digest|integrity/i.test(text)).length >= 2, true, visit.complaints.join('\n'));
  world.on(HOST, () => undefined);
}));

test('a style sheet that a header hints at is fetched once, and used without a complaint', () => withVisit(async (visit) => {
  const { folder, model } = build({ 'content/a.md': '![A](/a.png)\n', 'static/a.png': png(30, 20) });
  const sheet = asset(folder, /^main\..*\.css$/);
  // As a host does that sends the model's headers with every file.
  world.serve(HOST, folder, (path) => {
    const found = model.files.find(({ file }) => file === path.slice(1).replace(/(^|\/)$/, '$1index.html'));
    const wanted = found ? model.classes[found.class] : [];
    return Object.fromEntries(wanted.filter(([name]) => /^(link|cache-control|content-security-policy)$/i.test(name)));
  });
  const told = [];
  visit.page.on('console', (message) => told.push(message.text()));
  const from = world.mark();
  await visit.goto(`${ORIGIN}/a/`);
  // Chromium tells of a preload that nobody has used some seconds after the page has loaded.
  await visit.page.waitForTimeout(4000);
  const sheets = world.since(from).filter(({ kind, path }) => kind === 'request' && path === sheet);
  assert.equal(sheets.length, 1);
  assert.deepEqual(await state(visit), { went: 'yes', styled: true });
  assert.deepEqual(told, []);
}));

test('an image has the size in HTML that the browser finds in its file', () => withVisit(async (visit) => {
  world.serve(HOST, { '/': '<!doctype html><title>A canvas</title>' });
  await visit.goto(`${ORIGIN}/`);
  const painted = (type, width, height) => visit.page.evaluate(async (args) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [args.width, args.height];
    canvas.getContext('2d').fillRect(0, 0, 9, 9);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, args.type, args.quality); });
    return { type: blob.type, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  }, { type, width, height, quality: type === 'image/webp' ? 0.8 : undefined }).then((made) => {
    assert.equal(made.type, type);
    return Buffer.from(made.bytes);
  });
  const jpeg = await painted('image/jpeg', 61, 37);
  const images = {
    'canvas.png': await painted('image/png', 33, 21), 'grey.png': png(300, 7), 'plain.jpg': jpeg, 'avif.avif': AVIF,
    'webp.webp': await painted('image/webp', 45, 67), 'dot.gif': Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`turned-${n}.jpg`, turned(jpeg, n)])),
    'units.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1in" height="36pt"></svg>',
    'ratio.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="50" viewBox="0 0 10 20"></svg>',
  };
  const { folder } = build({
    'content/a.md': Object.keys(images).map((name) => `![${name}](/${name})\n`).join('\n'),
    ...Object.fromEntries(Object.entries(images).map(([name, bytes]) => [`static/${name}`, bytes])),
  });
  world.serve(HOST, folder);
  await visit.goto(`${ORIGIN}/a/`);
  const shown = await visit.page.evaluate(() => [...document.querySelectorAll('main img')].map((image) => ({
    name: image.alt, html: `${image.getAttribute('width')}x${image.getAttribute('height')}`, file: `${image.naturalWidth}x${image.naturalHeight}`,
  })));
  assert.equal(shown.length, Object.keys(images).length);
  for (const { name, html, file } of shown) assert.equal(html, file, name);
  assert.equal(shown.find(({ name }) => name === 'turned-6.jpg').html, '37x61');
}));

test('nothing moves when an image comes, on a wide screen and where it has to shrink', () => withVisit(async (visit) => {
  const { folder } = build({ 'content/a.md': '![A](/a.png)\n\nText below it.\n', 'static/a.png': png(1600, 900) });
  world.serve(HOST, folder);
  for (const width of [1400, 360]) {
    await visit.page.setViewportSize({ width, height: 1200 });
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    world.on(HOST, async (contact) => {
      if (contact.path !== '/a.png') return undefined;
      world.hold(contact);
      await released;
      return { type: 'image/png', body: png(1600, 900) };
    });
    const box = () => visit.page.evaluate(() => {
      const { width: w, height: h } = document.querySelector('main img').getBoundingClientRect();
      return { w, h, below: [...document.querySelectorAll('main p')].at(-1).getBoundingClientRect().top };
    });
    await visit.page.goto(`${ORIGIN}/a/?${width}`, { waitUntil: 'domcontentloaded' });
    await visit.page.waitForFunction(() => [...document.styleSheets].length > 0);
    const early = await box();
    release();
    await visit.page.waitForFunction(() => document.querySelector('main img').complete && document.querySelector('main img').naturalWidth > 0);
    assert.deepEqual(await box(), early);
    assert.ok(Math.abs(early.w / early.h - 16 / 9) < 0.01, JSON.stringify(early));
    assert.equal((await visit.shift()).value, 0);
  }
  world.on(HOST, () => undefined);
}));
