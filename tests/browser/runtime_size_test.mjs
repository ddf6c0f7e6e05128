// What the runtime weighs, as it is embedded, before a site's facts are put in. Bytes do not depend on the machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const folder = join(dirname(process.env.HARDTOP), 'embedded', 'assets', 'consent');
const read = (name) => readFileSync(join(folder, `${name}.min.js`));
// gzip itself: Node's zlib differs by version, and by a few bytes from it.
const weigh = (name) => execFileSync('gzip', ['-9'], { input: read(name) }).length;

// Each by itself, since one stands in the page and the other in a file. DESIGN.md, The runtime, has the limits.
for (const [names, limit] of [[['head', 'core'], 2048], [['regions'], 409], [['consent_mode'], 409]]) {
  test(`${names.join(' and ')}: at most ${limit} bytes`, (t) => {
    const bytes = names.map(weigh).reduce((sum, each) => sum + each);
    t.diagnostic(`${bytes} bytes after gzip`);
    assert.ok(bytes <= limit, `${bytes} bytes`);
  });
}

test('every part, for the record', (t) => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.min.js'))) {
    const name = file.replace('.min.js', '');
    t.diagnostic(`${name}: ${read(name).length}, ${weigh(name)} after gzip`);
  }
});
