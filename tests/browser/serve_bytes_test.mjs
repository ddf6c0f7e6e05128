// What `hardtop serve` sends is what `hardtop build` writes, byte for byte, but for the preview's script; and the headers are those that
// the site has online, as the build writes them for deploy scripts (headers.json).
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openServe } from './support/serve.mjs';

for (const [what, environment, base] of [
  ['', 'production', 'https://www.miniusa.example/'],
  [' below a path', 'production', 'https://www.miniusa.example/down/here/'],
  [' for development', 'development', 'https://www.miniusa.example/'],
]) {
  test(`every file is served as it is built${what}, but for the preview's script, with the headers that it has online`, async () => {
    const preview = await openServe({ args: ['--base-url', base, '--environment', environment] });
    try {
      const folder = preview.at('built');
      preview.hardtop('build', '--environment', environment, '--base-url', base, '--output', folder);
      assert.equal(new URL(preview.url).pathname, new URL(base).pathname);
      const files = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile() && path !== '_headers');
      assert.ok(files.length > 20);
      // The model of the headers, as the build writes it for deploy scripts; not for development.
      const hosts = preview.at('site/.hardtop/hosts');
      const model = environment === 'production' && JSON.parse(readFileSync(join(hosts, readdirSync(hosts)[0], 'headers.json'), 'utf8'));
      for (const path of files) {
        const built = readFileSync(join(folder, path));
        const response = await fetch(preview.url + path);
        assert.equal(response.status, 200, path);
        let served = Buffer.from(await response.arrayBuffer());
        if (path.endsWith('.html')) {
          const text = served.toString();
          const scripts = text.match(/<script src="\/\.hardtop\/preview\.js"[^>]*><\/script>/g) ?? [];
          assert.equal(scripts.length, 1, path);
          assert.ok(scripts[0].includes(` data-output="${path}"`), scripts[0]);
          served = Buffer.from(text.replace(scripts[0], ''));
        }
        assert.ok(served.equals(built), `${path} is served with other bytes`);
        assert.doesNotMatch(built.toString('latin1'), /\.hardtop\/|hardtop-preview/, path);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.equal(response.headers.get('strict-transport-security'), null);
        if (!model) continue;
        const wanted = model.classes[model.files.find(({ file }) => file === path).class];
        assert.ok(wanted.length > 4, path);
        for (const [name, value] of wanted) {
          if (!/^(cache-control|strict-transport-security)$/i.test(name)) assert.equal(response.headers.get(name), value, `${path}: ${name}`);
        }
      }
    } finally {
      await preview.close();
    }
  });
}
