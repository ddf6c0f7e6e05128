// The site behind nginx as Debian has it, with the two files that hardtop writes for it.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { assertCompresses, assertServes, exampleSite, oddSites, serve } from "./support.mjs";

// Debian's package libnginx-mod-http-brotli-static; a machine may lack it, as many servers do.
const brotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

function nginx(site, brotli) {
  return (port) => {
    const folder = join(process.env.HARDTOP_SANDBOX, site.name, "nginx");
    mkdirSync(folder, { recursive: true });
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((each) => `${each}_temp_path ${folder}/${each};`);
    writeFileSync(
      join(folder, "nginx.conf"),
      `${brotli ? `load_module "${brotliModule}";\n` : ""}daemon off;
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
    ${brotli ? `include "${site.hosts}/nginx-brotli.conf";` : ""}
  }
}
`,
    );
    return ["nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")]];
  };
}

const sites = [exampleSite(["nginx", "json"]), ...oddSites(["nginx", "json"])];
for (const site of sites) {
  for (const brotli of [false, true]) {
    const without = brotli && !existsSync(brotliModule) && "nginx has no module for .br files here";
    test(`nginx answers for ${site.name} with the headers of the model, ${brotli ? "with" : "without"} brotli`, { skip: without }, async (t) => {
      assert.ok(!existsSync(join(site.output, "_headers")), "no file for others in the output");
      const server = await serve(nginx(site, brotli));
      t.after(server.stop);
      const asked = await assertServes(site, server.port);
      t.diagnostic(`${asked} addresses`);
      t.diagnostic(`${await assertCompresses(site, server.port, brotli ? "br" : "gzip")} compressed`);
    });
  }
}
