// Sites to serve, and what a server has to answer: headers.json says it, which is headers_for of every path (host_json.cc).
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "../..");
const sandbox = process.env.HARDTOP_SANDBOX;
export const ALL_HOSTS = ["nginx", "caddy", "json"];

function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

// Names and headers that mean something to configuration languages, shells, regular expressions or URLs.
function oddSite(baseUrl, urls, hosts) {
  return {
    "site.toml": `title = "Odd"
base_url = "${baseUrl}"
urls = "${urls}"
[build]
hosts = ${JSON.stringify(hosts)}
precompress = true
[headers]
"/" = { "Referrer-Policy" = "no-referrer" }
"/*" = { "X-Odd" = '''say "hi" to $uri; {"json":{"a":[1]}} # \\ \`tick\` 'single' %7B''' }
"/files/*" = { "Link" = ["</a>; rel=author", "</b>; rel=license"], "Cache-Control" = "public, max-age=60" }
"/files/a%20b.txt" = { "Link" = "</c>; rel=author", "X-Space" = "yes" }
"/files/*.svg" = { "Content-Security-Policy" = "img-src 'none'" }
"/posts/*" = { "Content-Security-Policy" = ["connect-src 'none'", "media-src 'none'"] }
"/posts/second*" = { "X-Frame-Options" = "DENY" }
"/plain" = { "Content-Type" = "text/x-odd; charset=utf-8" }
"/caf%C3%A9*" = { "X-Cafe" = "oui" }
`,
    "content/_index.md": "+++\ntitle = \"Home\"\n+++\nHome\n",
    "content/posts/first.md": "+++\ntitle = \"First\"\naliases = [\"/old/\", \"/old page.html\", \"/frühling/\", \"/50%25/\", \"/a$b/\"]\n+++\nOne\n",
    "content/star.md": "+++\ntitle = \"Star\"\naliases = [\"/st*r/\"]\n+++\nTwinkle\n",
    "content/posts/second-thing.md": "+++\ntitle = \"Second\"\n+++\nTwo\n",
    "content/Straße und Café.md": "+++\ntitle = \"Straße\"\naliases = [\"/it's/\"]\n+++\nDrei\n",
    "content/what-is-xml.md": "+++\ntitle = \"What is XML\"\n+++\nIts address ends like a file's.\n",
    "static/files/a b.txt": "space\n",
    "static/files/100%.txt": "percent\n",
    "static/files/dollar$name.txt": "dollar\n",
    "static/files/it's.txt": "quote\n",
    "static/files/{brace};semi&plus+~(x)[y]^@!,=.txt": "many\n",
    "static/files/pic.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
    "static/files/LOUD.SVG": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
    "static/files/größe.pdf": "%PDF-1.4\n",
    "static/café/menü.txt": "menu\n",
    "static/assets/own.css": "p{color:red}\n",
    "static/plain": "no ending\n",
    "static/%41.txt": "an escape that is none\n",
  };
}

// Builds a site into a folder that a server can have as its root. `name` is unique.
function build(name, site, rootPath) {
  const root = join(sandbox, name, "root");
  const output = join(root, rootPath);
  try {
    execFileSync(process.env.HARDTOP, ["-C", site, "build", "--output", output], { encoding: "utf8" });
  } catch (failure) {
    throw new Error(`the site ${name} does not build:\n${failure.stdout}${failure.stderr}`);
  }
  const folder = execFileSync("find", [join(site, ".hardtop/hosts"), "-name", "headers.json"], { encoding: "utf8" }).trim();
  return { name, root, output, hosts: dirname(folder), model: JSON.parse(readFileSync(folder, "utf8")) };
}

export function exampleSite(hosts) {
  const folder = join(sandbox, "example");
  // Without what builds have left there: the hosts' files of another output would be taken for this one's.
  const isSource = (path) => !["public", ".hardtop"].includes(basename(path));
  for (const part of ["site", "themes"])
    cpSync(join(source, part), join(folder, part), { recursive: true, filter: isSource });
  const config = join(folder, "site/site.toml");
  const text = readFileSync(config, "utf8").replace(/^hosts = .*$/m, `hosts = ${JSON.stringify(hosts)}\nprecompress = true`);
  assert.match(text, /^hosts = /m);
  writeFileSync(config, text);
  return build("example", join(folder, "site"), "");
}

export function oddSites(hosts) {
  return [
    ["odd-directory", "https://odd.example/", "directory", ""],
    ["odd-file", "https://odd.example/", "file", ""],
    ["odd-below", "https://odd.example/a%20path/docs/", "directory", "a path/docs"],
  ].map(([name, baseUrl, urls, rootPath]) => {
    const site = join(sandbox, name, "site");
    writeAll(site, oddSite(baseUrl, urls, hosts));
    return build(name, site, rootPath);
  });
}

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export function get(port, path, headers = {}) {
  return new Promise((done, failed) => {
    const request = http.get({ host: "127.0.0.1", port, path, headers, agent: false, timeout: 60_000 }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const headers = {};
        for (let i = 0; i < response.rawHeaders.length; i += 2)
          (headers[response.rawHeaders[i].toLowerCase()] ??= []).push(response.rawHeaders[i + 1]);
        done({ status: response.statusCode, headers, body: Buffer.concat(parts) });
      });
    });
    request.on("timeout", () => request.destroy(new Error(`no answer for ${path}`)));
    request.on("error", failed);
  });
}

// Starts a server: `command(port)` writes its configuration and gives [program, arguments]. Returns its port and how to end it.
export async function serve(command) {
  for (let attempt = 0; attempt < 5; ++attempt) {
    const port = await freePort();
    const [program, args] = command(port);
    const server = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "", ended = false;
    server.stdout.on("data", (text) => (said += text));
    server.stderr.on("data", (text) => (said += text));
    const end = new Promise((done) => server.on("exit", () => done((ended = true))));
    const stop = async () => {
      server.kill("SIGTERM");
      const late = setTimeout(() => server.kill("SIGKILL"), 5000);
      await end;
      clearTimeout(late);
    };
    for (let i = 0; i < 1000 && !ended; ++i) {
      try {
        await get(port, "/");
        if (!ended) return { port, stop };
      } catch {
        await new Promise((done) => setTimeout(done, 50));
      }
    }
    await stop();
    if (!/address already in use|bind/i.test(said)) throw new Error(`the server did not start:\n${said}`);
  }
  throw new Error("no port was free five times");
}

// The headers of an answer that the model speaks of at all.
function spokenOf(model, headers) {
  const names = new Set(model.rules.map((rule) => rule.name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name)).sort());
}

// What headers_for says, with names in lower case; servers make the type of what the site does not say.
export function expected(model, path) {
  const file = model.files.find((each) => each.path === path);
  assert.ok(file, `no file has the path ${path}`);
  const out = {};
  for (const [name, value] of model.classes[file.class]) (out[name.toLowerCase()] ??= []).push(value);
  return Object.fromEntries(Object.entries(out).sort());
}

function assertHeaders(model, answer, path, what) {
  const wanted = expected(model, path);
  const got = spokenOf(model, answer.headers);
  if (!("content-type" in wanted)) delete got["content-type"];
  assert.deepEqual(got, wanted, what);
}

const decoders = { gzip: gunzipSync, br: brotliDecompressSync };
const endings = { gzip: ".gz", br: ".br" };

// Files with compressed ones beside them are sent compressed to who takes that, byte for byte as they were built, and with the headers of
// the file itself; to others plain. Both times a cache hears that it depends. `best` is what a browser gets that takes all.
export async function assertCompresses(site, port, best = "br") {
  const { model } = site;
  const base = model.base_path.slice(0, -1);
  const aliases = new Set(model.redirects.map((each) => each.from));
  let asked = 0;
  for (const { file, path, encodings = [] } of model.files) {
    if (encodings.length === 0 || aliases.has(path)) continue;
    const plain = await get(port, base + path);
    const types = plain.headers["content-type"];
    for (const [accepted, encoding] of [["gzip", "gzip"], ["br", best === "br" ? "br" : undefined], ["gzip, deflate, br, zstd", best]]) {
      const answer = await get(port, base + path, { "Accept-Encoding": accepted });
      ++asked;
      const what = `${site.name} ${path} for ${accepted}`;
      assert.equal(answer.status, 200, what);
      assert.deepEqual(answer.headers["content-encoding"], encoding && [encoding], what);
      assert.deepEqual(answer.headers["content-type"], types, what);
      assert.deepEqual(answer.headers.vary, ["Accept-Encoding"], what);
      assertHeaders(model, answer, path, what);
      const wanted = readFileSync(join(site.output, file + (encoding ? endings[encoding] : "")));
      assert.ok(answer.body.equals(wanted), `${what}: other bytes`);
      if (encoding) assert.ok(decoders[encoding](answer.body).equals(readFileSync(join(site.output, file))), what);
    }
    assert.equal(plain.headers["content-encoding"], undefined, path);
    assert.deepEqual(plain.headers.vary, ["Accept-Encoding"], `${site.name} ${path} plain`);
  }
  const missing = await get(port, `${base}/no/such/page/`, { "Accept-Encoding": "gzip" });
  assert.equal(missing.status, 404);
  assert.deepEqual(missing.headers["content-encoding"], ["gzip"]);
  assert.ok(gunzipSync(missing.body).equals(readFileSync(join(site.output, model.not_found))));
  assertHeaders(model, missing, "/404.html", `${site.name}: a missing page, compressed`);
  return asked;
}

// Every promise of the model, kept by the server on `port`. Returns how many addresses were asked for.
export async function assertServes(site, port) {
  const { model } = site;
  const base = model.base_path.slice(0, -1);
  const aliases = new Map(model.redirects.map((each) => [each.from, each]));
  let asked = 0;
  for (const { file, path } of model.files) {
    if (file === "_headers" || file === "_redirects") continue;
    const answer = await get(port, base + path);
    ++asked;
    const what = `${site.name} ${path}`;
    assertHeaders(model, answer, path, what);
    const alias = aliases.get(path);
    if (alias) {
      assert.equal(answer.status, alias.status, what);
      assert.deepEqual(answer.headers.location, [alias.to.replaceAll("$", "%24")], what);
      continue;
    }
    assert.equal(answer.status, 200, what);
    assert.ok(answer.body.equals(readFileSync(join(site.output, file))), `${what}: another body`);
    if (file.endsWith("/index.html") || file === "index.html") {
      const named = await get(port, `${base}${path}index.html`);
      if (named.status === 200) assertHeaders(model, named, path, `${what} by its file's name`);
    }
  }
  const missing = readFileSync(join(site.output, model.not_found));
  // What hardtop deploy notes there is nobody's business.
  mkdirSync(join(site.output, ".hardtop", "versions"), { recursive: true });
  for (const name of ["x", "x.html", "versions/x.svg"]) writeFileSync(join(site.output, ".hardtop", name), "a note");
  for (const path of ["/no/such/page/", "/none.html", "/none.svg", "/assets/none.00000000.css", "/files/none.txt", "/.hardtop/x", "/.hardtop/x.html", "/.hardtop/versions/x.svg", "/.hardtop/versions/"]) {
    const answer = await get(port, base + path);
    ++asked;
    assert.equal(answer.status, 404, path);
    assert.ok(answer.body.equals(missing), `${site.name} ${path}: not the site's page`);
    assertHeaders(model, answer, "/404.html", `${site.name} ${path}`);
  }
  return asked;
}
