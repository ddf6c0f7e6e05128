// The site behind nginx as Debian has it, with the two files that hardtop writes for it.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { assertServes, exampleSite, oddSites, serve } from "./support.mjs";

function nginx(site) {
  return (port) => {
    const folder = join(process.env.HARDTOP_SANDBOX, site.name, "nginx");
    mkdirSync(folder, { recursive: true });
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((each) => `${each}_temp_path ${folder}/${each};`);
    writeFileSync(
      join(folder, "nginx.conf"),
      `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr;
events { }
http {
  access_log off;
  ${temporary.join("\n  ")}
  types { text/html html; text/css css; image/svg+xml svg; application/javascript js; text/xml xml; application/pdf pdf; }
  include "${site.hosts}/nginx-http.conf";
  server {
    listen 127.0.0.1:${port};
    root "${site.root}";
    include "${site.hosts}/nginx-server.conf";
  }
}
`,
    );
    return ["nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")]];
  };
}

const sites = [exampleSite(["nginx", "json"]), ...oddSites(["nginx", "json"])];
for (const site of sites) {
  test(`nginx answers for ${site.name} with the headers of the model`, async (t) => {
    assert.ok(!existsSync(join(site.output, "_headers")), "no file for others in the output");
    const server = await serve(nginx(site));
    t.after(server.stop);
    const asked = await assertServes(site, server.port);
    t.diagnostic(`${asked} addresses`);
  });
}
