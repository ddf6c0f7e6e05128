// What the runtime weighs, as it is embedded, before a site's facts are put in. Bytes do not depend on the machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const folder = join(dirname(process.env.HARDTOP), 'embedded', 'assets', 'consent');
const read = (name) => readFileSync(join(folder, `${name}.min.js`));
// gzip itself: Node's zlib differs by version, and by a few bytes from it.
const weigh = (...names) => execFileSync('gzip', ['-9'], { input: Buffer.concat(names.map(read)) }).length;

const LIMITS = [[['head', 'core'], 2048], [['regions'], 409], [['consent_mode'], 409], [['head'], 800]];
for (const [names, limit] of LIMITS) {
  test(`${names.join(' and ')}: at most ${limit} bytes`, (t) => {
    t.diagnostic(`${weigh(...names)} bytes after gzip`);
    assert.ok(weigh(...names) <= limit, `${weigh(...names)} bytes`);
  });
}

test('every part, for the record', (t) => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.min.js'))) {
    const name = file.replace('.min.js', '');
    t.diagnostic(`${name}: ${read(name).length}, ${weigh(name)} after gzip`);
  }
});
