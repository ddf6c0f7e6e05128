// The components of the default theme that show what consent.toml declares.
#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "build/compile_theme.h"
#include "build/consent_values.h"
#include "build/template_schema.h"

using namespace hardtop;

namespace {

// Renders a component of the default theme, in English.
std::string render(const std::string& name, const Declaration& declaration,
                   const std::map<std::string, std::string>& params = {}) {
  Diagnostics diagnostics;
  MemoryFiles files;
  std::optional<Theme> theme = load_theme(files, "s", "default", whole_file("s/site.toml"), diagnostics);
  REQUIRE(theme);
  std::optional<Translations> words = load_translations(*theme, "en", diagnostics);
  REQUIRE(words);
  SiteNames names;
  names.asset_names = {"css_main", "css_consent"};
  std::optional<CompiledTheme> compiled = compile_theme(std::move(*theme), {}, *words, names, diagnostics);
  INFO(to_text(diagnostics));
  REQUIRE(compiled);
  const auto component = compiled->components.find(name);
  REQUIRE(component != compiled->components.end());

  const ServiceSets sets;
  const ConsentValues values({declaration, "/privacy.html", "", "", false}, sets);
  ValueArena arena;
  Object consent, root, t;
  for (const auto& [key, text] : *words) t.set(key, Value::text(text));
  root.set("consent", values.on_page(0, consent, arena));
  root.set("t", Value::object(t));
  for (const ParamType& param : component->second.type->params) root.set(param.name, Value());
  for (const auto& [key, text] : params) root.set(key, Value::text(text));
  std::string out;
  run_template(component->second.compiled, root, out);
  return out;
}

Declaration example() {
  Declaration out;
  out.asks = out.sells_or_shares = true;
  out.own_cookie = {"Privacy choices", "cookie_consent", "Cookie", "www.site.example",
                    "180 days",        "Remembers.",     true,     true};
  DeclaredService atlas;
  atlas.id = "atlas";
  atlas.name = "Atlas & beacon";
  atlas.provider = "Atlas DMT";
  atlas.category = "Advertising";
  atlas.purpose = "Measures ads";
  atlas.privacy_url = "http://www.atlasdmt.com/privacy/";
  atlas.opt_out_url = "http://www.atlasdmt.com/opt-out/";
  atlas.hosts = {"view.atlasdmt.com", "*.atlasdmt.com"};
  atlas.sells_or_shares = true;
  atlas.items = {{atlas.name, "AA002", "Cookie", "atlasdmt.com", "2 years", "Recognises a browser", false, false}};
  DeclaredService form;
  form.id = "form";
  form.name = "Sign-up";
  form.provider = "Us";
  form.category = "Necessary";
  form.purpose = "Sends mail";
  form.justification = "You asked for it";
  form.necessary = true;
  out.services = {atlas, form};
  return out;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("{cookie-table} lists everything that is kept, the choice's own cookie first") {
  const std::string table = render("cookie-table", example());
  CHECK(table.starts_with(
      "<div class=\"table-scroll\" role=\"region\" aria-label=\"What is kept in your browser\" tabindex=\"0\">\n"
      "<table>\n<caption>What is kept in your browser</caption>\n"));
  CHECK(table.ends_with("</tbody>\n</table>\n</div>\n"));
  CHECK(count(table, "<table>") == 1);
  CHECK(count(table, "scope=\"col\"") == 5);
  CHECK(count(table, "scope=\"row\"") == 2);
  CHECK(table.find("cookie_consent") < table.find("AA002"));
  CHECK(table.find("<tr>\n"
                   "<th scope=\"row\"><code>AA002</code><br><small>Cookie</small></th>\n"
                   "<td><bdi>Atlas &amp; beacon</bdi></td>\n"
                   "<td><bdi>atlasdmt.com</bdi></td>\n"
                   "<td>2 years</td>\n"
                   "<td>Recognises a browser</td>\n"
                   "</tr>\n") != std::string::npos);
  // What a script of the site writes, Safari does not keep for so long.
  CHECK(count(table, "<td>180 days<br><small>") == 1);
  CHECK(count(table, "Safari") == 1);
  CHECK(render("cookie-table", {}) == "<p>This site keeps nothing in your browser.</p>\n");
}

TEST_CASE("{service-table} says who is contacted, what for, and where to read and to refuse") {
  const std::string table = render("service-table", example());
  CHECK(count(table, "<table>") == 1);
  CHECK(count(table, "scope=\"row\"") == 2);
  CHECK(
      table.find(
          "<tr>\n"
          "<th scope=\"row\"><bdi>Atlas &amp; beacon</bdi><br><small>Provider: <bdi>Atlas DMT</bdi></small></th>\n"
          "<td>Advertising</td>\n"
          "<td>Measures ads</td>\n"
          "<td><bdi>view.atlasdmt.com</bdi><br><bdi>*.atlasdmt.com</bdi></td>\n"
          "<td><a href=\"http://www.atlasdmt.com/privacy/\" aria-label=\"Privacy policy: Atlas &amp; beacon\">Privacy "
          "policy</a><br><a href=\"http://www.atlasdmt.com/opt-out/\" aria-label=\"Opt out: Atlas &amp; beacon\">Opt "
          "out</a></td>\n"
          "</tr>\n") != std::string::npos);
  CHECK(table.find("<td>Sends mail<br><small>Why it is necessary: You asked for it</small></td>\n<td>This "
                   "site</td>\n<td></td>\n") != std::string::npos);
  CHECK(render("service-table", {}) == "<p>This site uses no services of others.</p>\n");
}

TEST_CASE("{opt-out} lists the services' own opt-outs, and refuses what sells or shares") {
  CHECK(render("opt-out", example()) ==
        "<p class=\"consent-scripted\"><button type=\"button\" class=\"consent-button\" "
        "data-consent=\"do-not-sell\">Do Not "
        "Sell or Share My Personal Information</button></p>\n"
        "<ul>\n"
        "<li><a href=\"http://www.atlasdmt.com/opt-out/\">Opt out of <bdi>Atlas &amp; beacon</bdi></a> "
        "<small>(<bdi>Atlas "
        "DMT</bdi>)</small></li>\n"
        "</ul>\n");
  CHECK(render("opt-out", {}).empty());
}

TEST_CASE("{embed} is a frame with a title and a size") {
  CHECK(
      render("embed", {},
             {{"url", "https://films.example/1?a&b"},
              {"title", "A film"},
              {"width", "560"},
              {"height", "315"},
              {"allow", "picture-in-picture"}}) ==
      "<iframe src=\"https://films.example/1?a&amp;b\" title=\"A film\" width=\"560\" height=\"315\" loading=\"lazy\" "
      "allow=\"picture-in-picture\" allowfullscreen></iframe>\n");
  CHECK(render("embed", {}, {{"url", "u"}, {"title", "t"}, {"poster", "/p.jpg"}})
            .find(" allowfullscreen data-poster=\"/p.jpg\"></iframe>") != std::string::npos);
}
