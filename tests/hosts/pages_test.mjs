// _headers and _redirects, read as Netlify and Cloudflare Pages read them. Both have published their readers; what is here was
// written from their documents and from that code, and not from hardtop's: see host_patterns.h and host_pages.cc for where it is.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { exampleSite, expected, oddSites } from "./support.mjs";

const escape = (text) => text.replace(/[-/\\^$*+?.()|[\]{}]/g, "\\$&");

// Blocks of a path and its lines, as both cut the file up. `takesBack` is what a line without a colon does.
function blocksOf(text, takesBack) {
  const blocks = [];
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("/")) {
      blocks.push({ path: line, set: new Map(), unset: [] });
    } else if (!line.includes(":")) {
      takesBack(blocks.at(-1), line);
    } else {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).trim().toLowerCase(), value = line.slice(colon + 1).trim();
      const set = blocks.at(-1).set;
      set.set(name, set.has(name) ? `${set.get(name)}, ${value}` : value);
    }
  }
  return blocks;
}

const netlify = {
  headers(text) {
    const blocks = blocksOf(text, () => {});
    for (const block of blocks) {
      const parts = block.path.split("/").map((part) => part.trimEnd()).filter(Boolean).map((part) => {
        if (part.startsWith(":")) return "([^/]+)";
        if (part === "*") return "?(.*)";
        return part.includes("*") ? part.replaceAll("*", "(.*)") : escape(part).replaceAll("\\/", "/").replaceAll("\\-", "\\x2d");
      });
      block.regex = new RegExp(`^/${parts.join("/")}/?$`, "iu");
    }
    return (path) => {
      const out = new Map();
      for (const block of blocks) if (block.regex.test(path)) for (const [name, value] of block.set) out.set(name, value);
      return out;
    };
  },
  // A file is shown rather than a redirect followed, unless the status ends in '!'. A slash at the end makes no difference.
  redirects(text, files) {
    const bare = (path) => (path.length > 1 ? path.replace(/\/$/, "") : path);
    const rules = redirectLines(text).filter(([, , status]) => /^30[1278]!?$/.test(status));
    return (path) => rules.find(([from, , status]) => bare(from) === bare(path) && (status.endsWith("!") || !files.has(path)));
  },
};

const cloudflare = {
  headers(text) {
    for (const line of text.split("\n")) assert.ok(line.trim().length <= 2000, `a line too long: ${line.slice(0, 60)}`);
    const blocks = blocksOf(text, (block, line) => {
      assert.ok(line.startsWith("! "), `not read: ${line}`);
      block.unset.push(line.slice(2).trim().toLowerCase());
    });
    assert.ok(blocks.length <= 100, `${blocks.length} blocks`);
    assert.equal(new Set(blocks.map((block) => block.path)).size, blocks.length, "of two blocks of one path the second counts");
    for (const block of blocks) {
      assert.ok(block.set.size + block.unset.length > 0, `a block without headers: ${block.path}`);
      assert.equal(new URL(`https://x.example${block.path}`).pathname, block.path, "a path that is another for browsers");
      let rule = block.path.split("*").map(escape).join("(?<splat>.*)");
      for (const [match, name] of rule.matchAll(/:([A-Za-z]\w*)/g)) rule = rule.split(match).join(`(?<${name}>[^/]+)`);
      block.regex = new RegExp(`^${rule}$`);  // throws for two splats: the host would drop the rule
    }
    return (path) => {
      const out = new Map(), set = new Set();
      for (const block of blocks) {
        if (!block.regex.test(path)) continue;
        for (const name of block.unset) out.delete(name);
        for (const [name, value] of block.set) {
          out.set(name, set.has(name) && out.has(name) ? `${out.get(name)}, ${value}` : value);
          set.add(name);
        }
      }
      return out;
    };
  },
  redirects(text) {
    let fixed = 0;
    const rules = new Map();
    for (const [from, to, status] of redirectLines(text)) {
      assert.ok(`${from} ${to} ${status}`.length <= 1000);
      assert.ok(!/\*|:[A-Za-z]/.test(from), `a pattern: ${from}`);
      assert.ok(++fixed <= 2000);
      if (!["200", "301", "302", "303", "307", "308"].includes(status) || rules.has(from)) continue;
      rules.set(from, [from, to, status]);
    }
    return (path) => rules.get(path);
  },
};

function redirectLines(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#")).map((line) => {
    const words = line.split(/\s+/);
    assert.equal(words.length, 3, line);
    return words;
  });
}

const joined = (wanted) => new Map(Object.entries(wanted).map(([name, values]) => [name, values.join(", ")]));

function assertHolds(site, host) {
  const text = (name) => readFileSync(join(site.output, name), "utf8");
  const headers = host.headers(text("_headers"));
  const { model } = site;
  const paths = new Set(model.files.map((each) => each.path));
  for (const { path, file } of model.files) {
    if (file === "_headers" || file === "_redirects") continue;
    const wanted = joined(expected(model, path));
    assert.deepEqual(new Map([...headers(path)].sort()), wanted, `${site.name} ${path}`);
    // Both show a page without the end of its name, too.
    const bare = path.replace(/\.html$/, "");
    if (bare !== path && !paths.has(bare)) assert.deepEqual(new Map([...headers(bare)].sort()), wanted, `${site.name} ${bare}`);
  }
  // What is not there has the policy all the same, and is not kept for a year.
  for (const path of ["/none", "/no/such/", "/assets/none.00000000.js"]) {
    const said = headers(path);
    const floor = model.rules.find((rule) => rule.pattern === "/*" && rule.name === "Content-Security-Policy");
    assert.ok(said.get("content-security-policy").startsWith(floor.values[0]), path);
    assert.equal(said.get("cache-control"), "no-cache", path);
  }
  if (model.redirects.length === 0) {
    assert.ok(!existsSync(join(site.output, "_redirects")));
    return;
  }
  const redirects = host.redirects(text("_redirects"), paths);
  for (const { from, to } of model.redirects) {
    assert.ok(paths.has(from), "the redirect page stays");
    const rule = redirects(from);
    if (from.includes("*")) {
      assert.equal(rule, undefined, `${site.name} ${from}: a pattern here, so its page redirects`);
      continue;
    }
    assert.ok(rule, `${site.name} ${from}`);
    assert.equal(rule[1], to);
    assert.match(rule[2], /^301!?$/);
  }
}

for (const hosts of [["netlify"], ["cloudflare"], ["netlify", "cloudflare"]]) {
  test(`_headers and _redirects say what the model says: ${hosts.join(" and ")}`, () => {
    for (const site of [exampleSite([...hosts, "json"]), ...oddSites([...hosts, "json"])]) {
      if (hosts.includes("netlify")) assertHolds(site, netlify);
      if (hosts.includes("cloudflare")) assertHolds(site, cloudflare);
    }
  });
}
