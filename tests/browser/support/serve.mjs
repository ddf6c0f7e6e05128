// The real preview: `hardtop serve` over a copy of the example site and its themes, which a test edits as a person would.
//
//   const preview = await openServe({ change, args })     change: (files) => …  before it is started
//   preview.origin, preview.url                           http://127.0.0.1:PORT, and the home page's
//   preview.read('site/content/cookies.md'), .write(path, text), .edit(path, (text) => text), .at(path)
//   await preview.said('mended')                          since the last call of forget(), on either stream
//   preview.told, preview.forget()                        what it has printed to stderr since then
//   preview.hardtop('build', …)                           another command over the same site
//   await preview.close()                                 it must end well
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './packages.mjs';
import { inTime, lookout } from './waiting.mjs';

export async function openServe({ change, args = [] } = {}) {
  const top = mkdtempSync(join(tmpdir(), 'hardtop-serve-'));
  for (const part of ['site', 'themes']) {
    cpSync(join(root, part), join(top, part), { recursive: true, filter: (path) => !/^(public|\.hardtop)$/.test(relative(join(root, part), path)) });
  }
  const at = (path) => join(top, path);
  const read = (path) => readFileSync(at(path), 'utf8');
  const write = (path, text) => writeFileSync(at(path), text);
  change?.({ read, write });

  const child = spawn(process.env.HARDTOP, ['-C', 'site', 'serve', '--port', '0', ...args], { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { child.once('close', (code, signal) => resolve(signal ?? code)); });
  const printed = { stdout: '', stderr: '' };
  const news = lookout();
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      printed[stream] += text;
      news.look();
    });
  }
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);

  const all = () => printed.stdout + printed.stderr;
  const said = (what) =>
    news.until(() => (typeof what === 'string' ? all().includes(what) : what.test(all())), () => `${what} in\n${all()}`);

  await said('What you save shows at once. Ctrl-C ends it.\n');
  const url = / at (http:\S+)/.exec(printed.stdout)[1];
  return {
    url, origin: new URL(url).origin, at, read, write, said,
    get first() { return printed.stdout; },
    edit: (path, by) => write(path, by(read(path))),
    get told() { return printed.stderr; },
    forget() {
      printed.stdout = '';
      printed.stderr = '';
    },
    hardtop: (...rest) => execFileSync(process.env.HARDTOP, ['-C', 'site', ...rest], { cwd: top, stdio: 'pipe', encoding: 'utf8' }),
    async close() {
      child.kill('SIGTERM');
      const status = await inTime(ended, () => 'the preview does not end');
      process.off('exit', end);
      rmSync(top, { recursive: true, force: true });
      if (status !== 0) throw new Error(`the preview ended with ${status}\n${all()}`);
    },
  };
}
