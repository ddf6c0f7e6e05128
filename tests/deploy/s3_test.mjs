// The real thing: hardtop, rclone and an S3-compatible server on loopback, killed at random moments.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

const require = createRequire(path.join(process.env.HARDTOP_DEPLOY_PACKAGES, 'package.json'));
const S3rver = require('s3rver');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 's3-'));
let server, endpoint;

before(async () => {
  server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: path.join(root, 's3'), resetOnClose: false,
    configureBuckets: ['plain', 'killed', 'two', 'other', 'gzip'].map((name) => ({ name })) });
  endpoint = `http://127.0.0.1:${(await server.run()).port}`;
});
after(() => server.close());

const environment = (more = {}) => ({ ...process.env, RCLONE_CONFIG: path.join(root, 'no.conf'), RCLONE_CONFIG_T_TYPE: 's3',
  RCLONE_CONFIG_T_PROVIDER: 'Other', RCLONE_CONFIG_T_ACCESS_KEY_ID: 'S3RVER', RCLONE_CONFIG_T_SECRET_ACCESS_KEY: 'S3RVER',
  RCLONE_CONFIG_T_ENDPOINT: endpoint, RCLONE_CONFIG_T_FORCE_PATH_STYLE: 'true',
  AWS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt', ...more });

// Runs hardtop; `kill` is after how many milliseconds it is killed.
function hardtop(dir, args, { env = {}, kill = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.env.HARDTOP, ['-C', dir, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.on('data', (data) => { out += data; });
    child.stderr.on('data', (data) => { err += data; });
    const timer = kill > 0 ? setTimeout(() => child.kill('SIGKILL'), kill) : null;
    child.on('close', (status, signal) => { clearTimeout(timer); resolve({ status, signal, out, err }); });
  });
}
async function fine(dir, args, options) {
  const result = await hardtop(dir, args, options);
  assert.equal(result.status, 0, `${args.join(' ')}: ${result.out}${result.err}`);
  return result;
}

function get(bucket, name) {
  return new Promise((resolve, reject) => {
    http.get(`${endpoint}/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

// All objects of a bucket, by rclone, as "path md5".
function list(bucket) {
  return new Promise((resolve) => {
    const { AWS_CA_BUNDLE: _, ...env } = environment();
    const child = spawn('rclone', ['md5sum', `T:${bucket}/www`], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (data) => { out += data; });
    child.on('close', () => resolve(Object.fromEntries(out.trim().split('\n').filter(Boolean)
      .map((line) => { const [md5, ...rest] = line.split('  '); return [rest.join('  '), md5]; }))));
  });
}

const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
function folder(dir) {
  const out = {};
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.path ?? entry.parentPath, entry.name);
    out[path.relative(dir, file)] = md5(fs.readFileSync(file));
  }
  return out;
}

// What visitors see: everything but hardtop's notes and old assets.
async function visible(bucket, wanted) {
  const found = await list(bucket);
  for (const name of Object.keys(found))
    if (name.startsWith('.hardtop/') || (/\.[0-9a-f]{8}\./.test(name) && !(name in wanted))) delete found[name];
  return found;
}

async function make_site(name, bucket, pages, more = '') {
  const dir = path.join(root, name);
  await fine(root, ['new', 'site', name]);
  fs.appendFileSync(path.join(dir, 'site.toml'),
    `\n[headers]\n"/files/*" = { "Content-Disposition" = "attachment" }\n` +
    `[deploy.production]\nremote = "T:${bucket}/www"\n${more}`);
  for (let i = 0; i < pages; ++i) write_page(dir, i, 'first');
  fs.mkdirSync(path.join(dir, 'static/files'), { recursive: true });
  fs.writeFileSync(path.join(dir, 'static/files/a b#1.txt'), 'odd name\n');
  return dir;
}
const write_page = (dir, i, text) =>
  fs.writeFileSync(path.join(dir, `content/page-${i}.md`), `+++\ntitle = "Page ${i}"\ndescription = "A page"\n+++\n\n${text} ${i}\n`);

test('a deploy sets types and lifetimes, moves what has changed, purges it, and can be rolled back', async () => {
  const dir = await make_site('plain', 'plain', 20, `purge = "cat >>purged.txt"\n`);
  await fine(dir, ['build']);
  const dry = await fine(dir, ['deploy', 'production', '--dry-run']);
  assert.match(dry.out, /^ {2}new {6}index\.html {2}/m);
  assert.deepEqual(await list('plain'), {});

  const first = await fine(dir, ['deploy', 'production']);
  assert.match(first.out, /^Deployed to production \(T:plain\/www\): \d+ new, 0 changed, 0 removed, 0 unchanged; .* sent in .* s\n$/);
  const built = folder(path.join(dir, 'public'));
  assert.deepEqual(await visible('plain', built), built);

  const page = await get('plain', 'www/page-1/index.html');
  assert.equal(page.status, 200);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers['cache-control'], 'no-cache');
  const css = Object.keys(built).find((name) => /^assets\/main\.[0-9a-f]{8}\.css$/.test(name));
  const sheet = await get('plain', `www/${css}`);
  assert.equal(sheet.headers['content-type'], 'text/css; charset=utf-8');
  assert.equal(sheet.headers['cache-control'], 'public, max-age=31536000, immutable');
  const file = await get('plain', 'www/files/a b#1.txt');
  assert.equal(file.headers['content-disposition'], 'attachment');
  assert.equal(file.bytes.toString(), 'odd name\n');

  // One changed page moves one page.
  fs.writeFileSync(path.join(dir, 'purged.txt'), '');
  write_page(dir, 7, 'second');
  const stale = await hardtop(dir, ['deploy', 'production']);
  assert.equal(stale.status, 1);
  assert.match(stale.err, /is not what the site is now: .*page-7\/index\.html.* \[deploy\/stale-output\]/);
  await fine(dir, ['build']);
  const second = await fine(dir, ['deploy', 'production']);
  assert.match(second.out, /: 0 new, 1 changed, 0 removed, /);
  assert.equal(fs.readFileSync(path.join(dir, 'purged.txt'), 'utf8'), 'https://example.org/page-7/\n');
  assert.match((await fine(dir, ['deploy', 'production'])).out, /^Nothing to do for production/);

  const back = await fine(dir, ['deploy', 'production', '--rollback']);
  assert.match(back.out, /^Rolled back production \(T:plain\/www\): 0 new, 1 changed, 0 removed, /);
  assert.deepEqual(await visible('plain', built), built);
  const restored = await get('plain', 'www/page-7/index.html');
  assert.equal(restored.headers['cache-control'], 'no-cache');
  assert.equal(restored.headers['content-type'], 'text/html; charset=utf-8');
});

test('what a store is to send compressed has its own name, type and lifetime, and a Content-Encoding, also after a rollback', async () => {
  const dir = await make_site('gzip', 'gzip', 3, `compressed = "gzip"\n[build]\nprecompress = true\n`);
  await fine(dir, ['build']);
  await fine(dir, ['deploy', 'production']);
  const built = folder(path.join(dir, 'public'));
  const names = Object.keys(built).filter((name) => !/\.(gz|br)$/.test(name));
  const uploaded = () => Object.fromEntries(names.map((name) => [name, md5(fs.readFileSync(
    path.join(dir, 'public', fs.existsSync(path.join(dir, 'public', `${name}.gz`)) ? `${name}.gz` : name)))]));
  assert.deepEqual(await visible('gzip', built), uploaded());
  assert.ok(!fs.existsSync(path.join(dir, '.hardtop/upload-production')), 'the copies to upload are gone');

  const page = async () => {
    const answer = await get('gzip', 'www/page-1/index.html');
    assert.equal(answer.headers['content-encoding'], 'gzip');
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(answer.headers['cache-control'], 'no-cache');
    return gunzipSync(answer.bytes).toString();
  };
  const first = await page();
  assert.equal(first, fs.readFileSync(path.join(dir, 'public/page-1/index.html'), 'utf8'));
  const short = await get('gzip', 'www/files/a b#1.txt');
  assert.equal(short.headers['content-encoding'], undefined);
  assert.equal(short.bytes.toString(), 'odd name\n');

  write_page(dir, 1, 'second');
  await fine(dir, ['build']);
  assert.match((await fine(dir, ['deploy', 'production'])).out, /: 0 new, 1 changed, 0 removed, /);
  assert.notEqual(await page(), first);
  assert.match((await fine(dir, ['deploy', 'production'])).out, /^Nothing to do for production/);
  await fine(dir, ['deploy', 'production', '--rollback']);
  assert.equal(await page(), first);

  // Plain again: the same content, under other headers.
  const config = path.join(dir, 'site.toml');
  fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace('compressed = "gzip"', 'compressed = "none"'));
  await fine(dir, ['deploy', 'production']);
  const plain = await get('gzip', 'www/page-1/index.html');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(md5(plain.bytes), md5(fs.readFileSync(path.join(dir, 'public/page-1/index.html'))));
});

test('what would be sent compressed to who keeps no Content-Encoding is refused, behind an alias too', async () => {
  const dir = await make_site('alias', 'none', 1, `compressed = "gzip"\n[build]\nprecompress = true\n`);
  await fine(dir, ['build']);
  const env = { RCLONE_CONFIG_T_TYPE: 'alias', RCLONE_CONFIG_T_REMOTE: path.join(root, 'www') };
  const { status, err } = await hardtop(dir, ['deploy', 'production', '--dry-run'], { env });
  assert.equal(status, 1);
  assert.match(err, new RegExp(`^.*site\\.toml:\\d+:10: error: 'T:none/www' is no object store, so it keeps no Content-Encoding with compressed files ` +
    `\\[deploy/no-encoding\\]\n.*remote = "T:none/www"\n.*\n  hint: set compressed = "beside", from which a web server picks, or "none"\n` +
    `1 error; nothing was deployed\n`));
});

test('killed at random moments, deploys end as planned and send nothing twice that had arrived', async () => {
  const dir = await make_site('killed', 'killed', 40);
  let seed = 20261123;
  const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  await fine(dir, ['build']);
  const whole = await timed(() => fine(dir, ['deploy', 'production']));
  for (let round = 0; round < 3; ++round) {
    for (let i = 0; i < 40; ++i) if (random() < 0.5) write_page(dir, i, `round ${round}`);
    fs.rmSync(path.join(dir, `content/page-${round}.md`), { force: true });
    fs.writeFileSync(path.join(dir, `content/extra-${round}.md`), `# Extra ${round}\n`);
    await fine(dir, ['build']);
    let died = 0;
    for (let tries = 0; tries < 2; ++tries) {
      const result = await hardtop(dir, ['deploy', 'production'], { kill: Math.ceil(random() * whole) });
      if (result.signal === 'SIGKILL') ++died;
      else assert.equal(result.status, 0, result.err);
    }
    const end = await fine(dir, ['deploy', 'production']);
    const built = folder(path.join(dir, 'public'));
    assert.deepEqual(await visible('killed', built), built, `round ${round}, died ${died} times: ${end.out}`);
    const notes = Object.keys(await list('killed')).filter((name) => /^\.hardtop\/[^/]*$/.test(name));
    assert.equal(notes.length, 1, notes.join());
    assert.match(notes[0], /^\.hardtop\/manifest\./);
  }
});

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

test('a second deploy at once is refused with the name of the first, and a broken lock lets it in', async () => {
  const dir = await make_site('two', 'two', 3, `purge = "read first; until [ -e go ]; do sleep 0.05; done"\n`);
  await fine(dir, ['build']);
  const first = hardtop(dir, ['deploy', 'production']);
  const bucket = async () => Object.keys(await list('two'));
  for (let i = 0; i < 200 && !(await bucket()).some((name) => name.startsWith('.hardtop/manifest.')); ++i)
    await new Promise((resolve) => setTimeout(resolve, 50));
  write_page(dir, 1, 'second');
  await fine(dir, ['build']);
  const second = await hardtop(dir, ['deploy', 'production']);
  assert.equal(second.status, 3);
  assert.match(second.err, /^error: \S+@\S+ has been deploying to 'production' since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \[deploy\/locked\]\n {2}hint: wait for that to end; if it runs no more: hardtop deploy production --break-lock\n/);
  fs.writeFileSync(path.join(dir, 'go'), '');
  assert.equal((await first).status, 0);
  await fine(dir, ['deploy', 'production', '--break-lock']);
  const built = folder(path.join(dir, 'public'));
  assert.deepEqual(await visible('two', built), built);
});

test('a missing bucket and an unknown remote are told in the words of rclone', async () => {
  const dir = await make_site('wrong', 'missing', 1);
  await fine(dir, ['build']);
  const missing = await hardtop(dir, ['deploy', 'production']);
  assert.equal(missing.status, 3);
  assert.match(missing.err, /^error: cannot .* at 'T:missing\/www': .*NoSuchBucket.* \[deploy\/remote-failed\]\n {2}hint: /);
  const { status, err } = await hardtop(dir, ['deploy', 'production'], { env: { RCLONE_CONFIG_T_TYPE: '' } });
  assert.equal(status, 3);
  assert.match(err, /^error: rclone has no remote for 'T:missing\/www': .* \[deploy\/no-such-remote\]\n/);
});
