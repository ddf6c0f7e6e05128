// The site behind Caddy as Debian has it, with the snippet that hardtop writes for it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { assertCompresses, assertServes, exampleSite, oddSites, serve } from "./support.mjs";

function caddy(site) {
  return (port) => {
    const folder = join(process.env.HARDTOP_SANDBOX, site.name, "caddy");
    mkdirSync(folder, { recursive: true });
    const [, snippet] = readFileSync(join(site.hosts, "Caddyfile"), "utf8").match(/^\((\w+)\) \{$/m);
    writeFileSync(
      join(folder, "Caddyfile"),
      `{
	admin off
	auto_https off
}
import "${site.hosts}/Caddyfile"
http://127.0.0.1:${port} {
	bind 127.0.0.1
	root * "${site.root}"
	import ${snippet}
}
`,
    );
    return ["caddy", ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"]];
  };
}

const sites = [exampleSite(["caddy", "json"]), ...oddSites(["caddy", "json"])];
for (const site of sites) {
  test(`Caddy answers for ${site.name} with the headers of the model`, async (t) => {
    const server = await serve(caddy(site));
    t.after(server.stop);
    const asked = await assertServes(site, server.port);
    t.diagnostic(`${asked} addresses`);
    t.diagnostic(`${await assertCompresses(site, server.port)} compressed`);
  });
}
