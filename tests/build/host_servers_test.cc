// What is written for nginx, Caddy and all others, as whole texts. tests/hosts/ tries them on the real servers.
#include <doctest/doctest.h>

#include "build/host_support.h"

using namespace hardtop;
using test::host_site;

namespace {

HostSite small_site(const std::string& base_path) {
  HostSite site = host_site({"index.html", "404.html", "a.svg"},
                            {{"/*", "X-Dollar", "a $b \"c\""}, {"/a.svg", "Content-Type", "image/svg+xml"}}, base_path);
  site.redirects = {{"/old page/", base_path + "new$/"}, {"/old*/", base_path + "new/"}};
  return site;
}

}  // namespace

TEST_CASE("nginx: variables that hold each header's value, the greatest rank first; redirects, types, the 404 page") {
  Diagnostics found;
  const NginxFiles files = write_nginx_files(small_site("/"), found);
  CHECK(to_text(found) == "");
  CHECK(
      files.http ==
      "# Written by hardtop for https://t.example/. Changes are lost with the next build: headers of your own belong "
      "into\n"
      "# [headers] of site.toml.\n"
      "# Include this file in the http block of nginx, outside of all server blocks, before the server that includes\n"
      "# nginx-server.conf.\n"
      "\n"
      "geo $hardtop_0a40f9_dollar {\n"
      "  default \"$\";\n"
      "}\n"
      "\n"
      "# The address that was asked for: nginx has put index.html behind that of a folder.\n"
      "map $uri $hardtop_0a40f9_path {\n"
      "  default $uri;\n"
      "  \"~(?s)^(?<hardtop_0a40f9_folder>.*/)index\\.html\\z\" $hardtop_0a40f9_folder;\n"
      "}\n"
      "\n"
      "# Content-Security-Policy\n"
      "map $hardtop_0a40f9_path $hardtop_0a40f9_1 {\n"
      "  default \"\";\n"
      "  \"~(?s)^/.*\\.svg\\z\" \"sandbox\";\n"
      "  \"~(?s)^/.*\\z\" \"default-src 'self'\";\n"
      "}\n");
  CHECK(files.server ==
        "# Written by hardtop for https://t.example/. Changes are lost with the next build: headers of your own belong "
        "into\n"
        "# [headers] of site.toml.\n"
        "# Include this file in a server block. Its root is the output folder.\n"
        "#\n"
        "# nginx forgets these add_header lines in every location that has an add_header of its own: copy them there.\n"
        "\n"
        "index index.html;\n"
        "absolute_redirect off;\n"
        "error_page 404 \"/404.html\";\n"
        "\n"
        "add_header Cache-Control \"no-cache\" always;\n"
        "add_header Content-Security-Policy $hardtop_0a40f9_1 always;\n"
        "add_header X-Dollar \"a ${hardtop_0a40f9_dollar}b \\\"c\\\"\" always;\n"
        "\n"
        "# What hardtop deploy notes here.\n"
        "location ^~ \"/.hardtop/\" { return 404; }\n"
        "\n"
        "# Content-Type.\n"
        "location ~ \"(?s)^/a\\.svg\\z\" { types { } default_type \"image/svg+xml\"; }\n"
        "\n"
        "# Aliases.\n"
        "location = \"/old page/\" { return 301 \"/new%24/\"; }\n"
        "location = \"/old*/\" { return 301 \"/new/\"; }\n");
}

TEST_CASE(
    "nginx: compressed files are sent where the site has them, those of the other module by a file of their own") {
  HostSite site = small_site("/");
  Diagnostics found;
  CHECK(write_nginx_files(site, found).brotli == "");
  site.encodings = {Encoding::gzip, Encoding::brotli};
  const NginxFiles both = write_nginx_files(site, found);
  CHECK(both.server.find("error_page 404 \"/404.html\";\n"
                         "# The site has compressed files beside its own: they are sent in their place to who takes "
                         "them.\n"
                         "gzip_static on;\n"
                         "gzip_vary on;\n"
                         "\n"
                         "add_header Cache-Control") != std::string::npos);
  CHECK(
      both.brotli ==
      "# Written by hardtop for https://t.example/. Changes are lost with the next build: headers of your own belong "
      "into\n"
      "# [headers] of site.toml.\n"
      "# Include this file beside nginx-server.conf where nginx has the module ngx_http_brotli_static: it is not part "
      "of\n"
      "# nginx. Debian: apt-get install libnginx-mod-http-brotli-static\n"
      "\n"
      "brotli_static on;\n");
  site.encodings = {Encoding::brotli};
  CHECK(write_nginx_files(site, found).server.find("gzip_static") == std::string::npos);
  site.encodings = {Encoding::gzip};
  CHECK(write_nginx_files(site, found).brotli == "");
  CHECK(to_text(found) == "");
}

TEST_CASE("Caddy: compressed files are sent where the site has them, on the 404 page too") {
  HostSite site = small_site("/");
  Diagnostics found;
  site.encodings = {Encoding::gzip, Encoding::brotli};
  const std::string text = write_caddyfile(site, found);
  CHECK(text.find("\t\theader ?Vary Accept-Encoding\n"
                  "\t\tfile_server {\n"
                  "\t\t\thide .hardtop\n"
                  "\t\t\tprecompressed br gzip\n"
                  "\t\t}\n"
                  "\t}\n") != std::string::npos);
  CHECK(text.find("\t\t\theader ?Vary Accept-Encoding\n"
                  "\t\t\tfile_server {\n"
                  "\t\t\t\thide .hardtop\n"
                  "\t\t\t\tprecompressed br gzip\n"
                  "\t\t\t}\n"
                  "\t\t}\n") != std::string::npos);
  CHECK(to_text(found) == "");
}

TEST_CASE("nginx: below a path, every rule is for that path") {
  Diagnostics found;
  const NginxFiles files = write_nginx_files(small_site("/a%20b/"), found);
  CHECK(files.http.find("  default \"\";\n  \"~(?s)^/a\\x20b/.*\\z\" \"no-cache\";\n}") != std::string::npos);
  CHECK(files.server.find("The output folder is the folder /a%20b\n# of the server's root.\n") != std::string::npos);
  CHECK(files.server.find("error_page 404 \"/a b/404.html\";\n") != std::string::npos);
  CHECK(files.server.find("location ^~ \"/a b/.hardtop/\" { return 404; }\n") != std::string::npos);
  CHECK(files.server.find("location = \"/a b/old page/\" { return 301 \"/a%20b/new%24/\"; }\n") != std::string::npos);
}

TEST_CASE("nginx: a word that it would not read, and a type that it cannot say, are errors at their place") {
  Diagnostics found;
  static_cast<void>(write_nginx_files(
      host_site({"index.html"}, {{"/*", "X-Long", std::string(4000, 'x')}, {"/x", "Content-Type", "a/$b"}}), found));
  CHECK(to_text(found) ==
        "site.toml:2:4: error: the header 'X-Long' for '/*' has 4002 bytes, and nginx takes 4000 [host/too-much]\n"
        "  2 | /* X-Long\n"
        "    |    ^~~~~~\n"
        "  hint: name fewer or shorter sources, or take \"nginx\" out of 'hosts' in [build]\n"
        "site.toml:3:4: error: nginx has no way to write the Content-Type 'a/$b' [host/cannot-say]\n"
        "  3 | /x Content-Type\n"
        "    |    ^~~~~~~~~~~~\n"
        "  hint: write it without '$'\n");
}

TEST_CASE("Caddy: a snippet whose headers stand by rank, and that has the 404 page's own for what is missing") {
  Diagnostics found;
  CHECK(write_caddyfile(small_site("/d/"), found) ==
        "# Written by hardtop for https://t.example/d/. Changes are lost with the next build: headers of your own "
        "belong into\n"
        "# [headers] of site.toml.\n"
        "#\n"
        "# import THIS-FILE\n"
        "#\n"
        "# www.example.com {\n"
        "# \troot * /srv/www\n"
        "# \tencode zstd gzip\n"
        "# \timport hardtop_t_example_d\n"
        "# }\n"
        "#\n"
        "# The output folder is the folder /d of the root.\n"
        "\n"
        "(hardtop_t_example_d) {\n"
        "\troute {\n"
        "\t\t@hardtop_1 path_regexp `(?s)^/d/.*\\z`\n"
        "\t\theader @hardtop_1 Cache-Control `no-cache`\n"
        "\t\theader @hardtop_1 Content-Security-Policy `default-src 'self'`\n"
        "\t\theader @hardtop_1 X-Dollar `a $b \"c\"`\n"
        "\t\t@hardtop_2 path_regexp `(?s)^/d/.*\\.svg\\z`\n"
        "\t\theader @hardtop_2 Content-Security-Policy `sandbox`\n"
        "\t\t@hardtop_3 path_regexp `(?s)^/d/a\\.svg\\z`\n"
        "\t\theader @hardtop_3 Content-Type `image/svg+xml`\n"
        "\t\t@hardtop_alias_1 path_regexp `(?s)^/d/old\\x20page/\\z`\n"
        "\t\tredir @hardtop_alias_1 `/d/new$/` 301\n"
        "\t\t@hardtop_alias_2 path_regexp `(?s)^/d/old\\x2A/\\z`\n"
        "\t\tredir @hardtop_alias_2 `/d/new/` 301\n"
        "\t\tfile_server {\n"
        "\t\t\thide .hardtop\n"
        "\t\t}\n"
        "\t}\n"
        "\thandle_errors {\n"
        "\t\t@hardtop_missing expression `{http.error.status_code} == 404`\n"
        "\t\troute @hardtop_missing {\n"
        "\t\t\theader -content-type\n"
        "\t\t\theader Cache-Control `no-cache`\n"
        "\t\t\theader Content-Security-Policy `default-src 'self'`\n"
        "\t\t\theader X-Dollar `a $b \"c\"`\n"
        "\t\t\trewrite * `/d/404.html`\n"
        "\t\t\tfile_server {\n"
        "\t\t\t\thide .hardtop\n"
        "\t\t\t}\n"
        "\t\t}\n"
        "\t}\n"
        "}\n");
  CHECK(to_text(found) == "");
}

TEST_CASE("Caddy: a value that it would fill in is an error at its place, and braces that it leaves alone are none") {
  for (const char* value : {"{host}", "a {$HOME}", "{http.request.uri}", "{\"a\":1} {env.X}"}) {
    Diagnostics found;
    static_cast<void>(write_caddyfile(host_site({"index.html"}, {{"/*", "X-A", value}}), found));
    CHECK(to_text(found) ==
          "site.toml:2:4: error: Caddy would read a placeholder in the value of 'X-A': " + std::string(value) +
              " [host/cannot-say]\n"
              "  2 | /* X-A\n"
              "    |    ^~~\n"
              "  hint: write it without '{', or take \"caddy\" out of 'hosts' in [build]\n");
  }
  for (const char* value : {"{\"a\":{\"b\":[1]}}", "{}", "{ a }", "}{"}) {
    Diagnostics found;
    static_cast<void>(write_caddyfile(host_site({"index.html"}, {{"/*", "X-A", value}}), found));
    CHECK(to_text(found) == "");
  }
}

TEST_CASE("headers.json holds rules in order, redirects, and every file with all its headers") {
  const std::vector<EncodedFile> encoded = {
      {"404.html", Encoding::brotli}, {"a.svg", Encoding::gzip}, {"a.svg", Encoding::brotli}};
  CHECK(write_headers_json(small_site("/d/"), encoded) ==
        R"({
  "format": "hardtop headers 1",
  "base_url": "https://t.example/d/",
  "base_path": "/d/",
  "not_found": "404.html",
  "rules": [
    {"pattern": "/*", "name": "Cache-Control", "values": ["no-cache"], "mode": "set"},
    {"pattern": "/*", "name": "Content-Security-Policy", "values": ["default-src 'self'"], "mode": "set"},
    {"pattern": "/*", "name": "X-Dollar", "values": ["a $b \"c\""], "mode": "set"},
    {"pattern": "/*.svg", "name": "Content-Security-Policy", "values": ["sandbox"], "mode": "set"},
    {"pattern": "/a.svg", "name": "Content-Type", "values": ["image/svg+xml"], "mode": "set"}
  ],
  "redirects": [
    {"from": "/old page/", "to": "/d/new$/", "status": 301},
    {"from": "/old*/", "to": "/d/new/", "status": 301}
  ],
  "classes": [
    [["Cache-Control", "no-cache"], ["Content-Security-Policy", "default-src 'self'"], ["X-Dollar", "a $b \"c\""]],
    [["Cache-Control", "no-cache"], ["Content-Security-Policy", "sandbox"], ["Content-Type", "image/svg+xml"], ["X-Dollar", "a $b \"c\""]]
  ],
  "files": [
    {"file": "index.html", "path": "/", "class": 0},
    {"file": "404.html", "path": "/404.html", "class": 0, "encodings": ["br"]},
    {"file": "a.svg", "path": "/a.svg", "class": 1, "encodings": ["gzip", "br"]}
  ]
}
)");
}

TEST_CASE("a path as a regular expression holds no character that a configuration gives a meaning of its own") {
  CHECK(path_regex("/", "/*") == "(?s)^/.*\\z");
  CHECK(path_regex("/d/", "/a.b*c") == "(?s)^/d/a\\.b.*c\\z");
  CHECK(path_regex("/", "/%7Bx%7D%22'`$;# \\%C3%BC") ==
        "(?s)^/\\x7Bx\\x7D\\x22\\x27\\x60\\x24\\x3B\\x23\\x20\\x5C\xC3\xBC\\z");
}
