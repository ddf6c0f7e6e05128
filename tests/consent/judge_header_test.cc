#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string header(std::string_view name, std::string_view value) {
  return text_of(judge_header(services(), name, value), value);
}

}  // namespace

TEST_CASE("headers that contact somebody or keep something are judged") {
  struct HeaderRow {
    const char* name;
    std::string value;
    std::string found;
  };
  const std::string u = "https://px.example/1", f = "https://films.example/1";
  const HeaderRow rows[] = {
      {"Link", "<" + u + ">; rel=preload; as=script", undeclared(u)},
      {"LINK", "</a>; rel=preload, <" + u + ">;rel=\"icon stylesheet\"", undeclared(u)},
      {"Link", "<" + u + ">; title=\"a, <b>; \\\" rel=x\"; rel = preconnect", undeclared(u)},
      {"Link", "</a>; rel=preload; as=image; imagesrcset=\"https://px.example/1 2x\"", undeclared("/a")},
      {"Link", "<" + u + ">; rel=canonical", ""},
      {"Link", "<" + f + ">; rel=dns-prefetch", header_waits(f)},
      {"Link", "<https://shop.example/>; rel=preconnect", "necessary 1\n"},
      {"Link", "<https://shop.example/a>; rel=preload; as=font", "necessary 1\nsource font https://shop.example\n"},
      {"Link", "</a.css>; rel=preload; as=style, <b.css>; rel=\"Stylesheet\", </c.js>; rel=modulepreload",
       "import /docs/b.css\n"},
      {"Link", "<" + u, ""},
      {"Link", "<" + u + ">; rel", ""},
      {"Link", "<" + u + ">; ; =; rel=prefetch", undeclared(u)},
      {"Speculation-Rules", "\"" + u + "\"", undeclared(u)},
      {"Speculation-Rules", "\"/speculation-rules.json\"", ""},
      {"Speculation-Rules", "\"/rules.json\"",
       "cannot-gate at '/rules.json': hardtop does not know that '/rules.json' holds speculation rules, and so does "
       "not "
       "judge it; give the file a name that ends in speculation-rules.json\n"},
      {"Reporting-Endpoints", "a=\"/r\", b=\"" + u + "\"", undeclared(u)},
      {"Report-To", "{\"group\":\"a\",\"endpoints\":[{\"url\":\"" + u + "\"}]}, {}", undeclared("\"" + u + "\"")},
      {"NEL", "{\"report_to\":\"a\",\"max_age\":1}", ""},
      {"Refresh", "5; url=" + u, undeclared(u)},
      {"Refresh", "5", ""},
      {"Location", u, undeclared(u)},
      {"SourceMap", " " + u, undeclared(u)},
      {"Content-Security-Policy", "default-src https://px.example; report-uri /a " + u, undeclared(u)},
      {"Content-Security-Policy-Report-Only", "report-to a; Report-URI " + f, header_waits(f)},
      {"Alt-Svc", "h3=\":443\"; ma=1, h2=\"px.example:443\"", undeclared("px.example:443")},
      {"Set-Cookie", "basket_1=a; Path=/", ""},
      {"Set-Cookie", "cookie_consent=a",
       "cannot-gate at 'cookie_consent': the cookie 'cookie_consent' keeps what the visitor has chosen, and a header "
       "would choose for everybody; remove it: the banner sets the cookie\n"},
      {"Content-Type", "text/css; charset=\"UTF-8\"", ""},
      {"Content-Type", "text/html;charset=utf-16; a=b",
       "unreadable-file at 'utf-16': the header says that the encoding is 'utf-16', and hardtop reads UTF-8; write "
       "charset=utf-8, and save the files in it\n"},
      {"X-DNS-Prefetch-Control", " On",
       "cannot-gate at 'On': this header makes browsers look up the hosts of links before a visitor follows them; "
       "remove it\n"},
      {"X-DNS-Prefetch-Control", "off", ""},
      {"X-XSS-Protection", "1; mode=block; Report = " + u, undeclared(u)},
      {"Set-Cookie", "seen=a",
       "cannot-gate at 'seen': the cookie 'seen' belongs to the service 'films', and a response header cannot wait "
       "until the "
       "visitor allows it; remove it, and let a script with data-service=\"films\" set the cookie\n"},
      {"Set-Cookie", " id=a",
       "undeclared-cookie at 'id': no service declares the cookie 'id'; remove it, or declare it in consent.toml with "
       "the "
       "necessary service that it belongs to: [[service.cookie]] name = \"id\"\n"},
      {"X-Frame-Options", "https://px.example/", ""},
      {"Content-Security-Policy", "script-src https://films.example", ""},
  };
  for (const HeaderRow& row : rows) {
    CAPTURE(row.value);
    CHECK(header(row.name, row.value) == row.found);
  }
}
