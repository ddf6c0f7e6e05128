#include "support/random_site.h"

#include <algorithm>

#include "base/sha.h"
#include "config/consent_config.h"
#include "consent/lock.h"

namespace hardtop::test {

namespace {

const std::vector<std::string> kWords = {"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath"};

std::string service(const std::string& id, const std::string& more = "") {
  return "[[service]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nprovider = \"" + id +
         " Ltd\"\nprivacy_url = \"https://" + id +
         ".example/p\"\npurpose = \"Shows things\"\ncategory = \"functional\"\n" + "hosts = [\"" + id +
         ".example\"]\n" + more;
}

// So much of an image as tells its size.
std::string gif(std::size_t width, std::size_t height) {
  return std::string("GIF89a") + static_cast<char>(width) + '\0' + static_cast<char>(height) + '\0';
}

}  // namespace

RandomSite::RandomSite(std::uint32_t seed, bool locked) : random_(seed), locked_(locked) {
  FileMap more;
  for (int i = 0; i < 14; ++i) {
    const std::string n = std::to_string(i);
    more["s/content/s" + std::to_string(i % 3) + "/p" + n + ".md"] =
        "+++\ntitle = \"P" + n + "\"\ndate = 2020-01-" + std::to_string(10 + i) + "\ntags = [\"t" +
        std::to_string(i % 4) + "\"]\n+++\n# H\n\nText of " + n + ".\n\n## Part\n\n[next](../s" +
        std::to_string((i + 1) % 14 % 3) + "/p" + std::to_string((i + 1) % 14) + ".md)\n";
  }
  more["s/content/_index.md"] = "+++\ntitle = \"Home\"\n+++\nWelcome.\n";
  more["s/content/s0/_index.md"] = "+++\ntitle = \"S0\"\n+++\nSection.\n";
  more["s/content/s1/deep/q.md"] = "+++\ntitle = \"Q\"\n+++\nDeep.\n";
  more["s/content/s1/bundle/index.md"] = "+++\ntitle = \"Bundle\"\n+++\n![A](pic.png)\n";
  more["s/content/s1/bundle/pic.png"] = gif(3, 4);
  more["s/static/pic.gif"] = gif(16, 9);
  more["s/content/policy.md"] = "+++\ntitle = \"Policy\"\n+++\n```{service-table}\n```\n";
  more["s/content/film.md"] =
      "+++\ntitle = \"Film\"\n+++\n<iframe src=\"https://films.example/7\" title=\"F\" width=\"16\" "
      "height=\"9\"></iframe>\n";
  more["s/themes/plain/components/note.mustache"] =
      "<p class=\"note\">{{{text}}}{{#to}}<a href=\"{{to}}\">x</a>{{/to}}</p>";
  more["s/themes/plain/theme.toml"] =
      "[components.note.params.text]\ntype = \"markdown\"\n[components.note.params.to]\ntype = \"link\"\n"
      "[page_params.next]\ntype = \"link\"\n[page_params.mood]\ntype = \"text\"\ndefault = \"calm\"\n"
      "[params.lead]\ntype = \"markdown\"\n";
  more["s/themes/plain/layouts/base.mustache"] =
      "<!doctype html><html lang=\"{{site.language}}\"><head><meta charset=\"utf-8\">{{> consent-head}}<title>"
      "{{page.title}}</title><link rel=\"stylesheet\" href=\"{{assets.css_main}}\"></head><body>{{> consent-banner}}"
      "{{#menu.main}}<a href=\"{{url}}\"{{#active}} class=\"here\"{{/active}}>{{name}}</a>{{/menu.main}}"
      "{{#breadcrumbs}}<i>{{title}}</i>{{/breadcrumbs}}<main>{{{main}}}</main>{{> foot}}{{> "
      "consent-settings}}</body></html>";
  more["s/themes/plain/layouts/page.mustache"] =
      "{{! parent: base }}\n<h1>{{page.title}}</h1>{{#page.date}}<time>{{long}}</time>{{/page.date}}{{#page.toc}}<a "
      "href=\"#{{anchor}}\">{{title}}</a>{{/page.toc}}{{{content}}}{{page.params.next}}{{page.params.mood}}"
      "{{#page.section}}{{title}}{{#tags}}{{name}}{{count}}{{/tags}}{{/page.section}}{{#page.tags}}<a "
      "href=\"{{url}}\">{{name}} "
      "{{count}}</a>{{/page.tags}}"
      "{{page.words}}";
  more["s/themes/plain/layouts/home.mustache"] =
      "{{! parent: base }}\n{{{content}}}{{#sections}}[{{title}} {{url}} "
      "{{{summary}}}]{{/sections}}{{#pages}}({{title}} "
      "{{url}} {{description}}){{/pages}}{{{site.params.lead}}}";
  more["s/themes/plain/layouts/section.mustache"] =
      "{{! parent: base }}\n{{{content}}}{{#page.tags}}{{name}}{{count}}{{/page.tags}}{{#pages}}({{title}} {{url}} "
      "{{{summary}}}{{#tags}}{{name}}{{/tags}}){{/pages}}"
      "{{#pager}}{{current}}/{{total}}{{/pager}}";
  more["s/themes/plain/layouts/wide.mustache"] = "{{! parent: base }}\n<div>{{{content}}}</div>";
  more["s/themes/plain/partials/foot.mustache"] =
      "<footer>{{site.title}}{{t.word}}{{data.team.name}}<script src=\"/count.js\"></script></footer>";
  more["s/themes/plain/styles/_part.scss"] = "a { color: green; }";
  more["s/themes/plain/styles/main.scss"] = "@import \"part\"; p { color: red; }";
  more["s/themes/plain/scripts/app.js"] = "let app = 1;";
  more["s/themes/plain/static/theme.txt"] = "theme";
  more["s/themes/plain/i18n/en.toml"] = "word = \"Word\"\n";
  more["s/data/team.toml"] = "name = \"Ada\"\n";
  more["s/static/plain.html"] = "<!doctype html><meta charset=\"utf-8\"><title>P</title><p id=\"a\">Plain</p>";
  more["s/static/count.js"] = "let a = 1;";
  more["s/static/old.svg"] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  more["s/static/extra.css"] = "b { color: red; }";
  more["s/consent.toml"] = "[consent]\npolicy = \"policy.md\"\n" + service("films");
  more["s/site.toml"] =
      "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\nurls = \"file\"\n[build]\nper_page = 4\n"
      "early_hints = true\n"
      "[taxonomies]\ntags = {}\n[feeds]\nlimit = 5\n[[menu.main]]\nto = \"s0/p0.md\"\n[[menu.main]]\nto = "
      "\"s0/_index.md\"\n"
      "[params]\nlead = \"See [one](s1/p1.md).\"\n";
  files_ = plain_site(more);
  if (locked_) lock();
  good_ = files_;
}

std::string RandomSite::picture() { return chance(15) ? "no image " + number() : gif(1 + below(100), 1 + below(100)); }

std::string RandomSite::word() { return one_of(kWords); }

RandomSite::Paths RandomSite::paths_like(const std::string& begin, const std::string& end) const {
  Paths found;
  for (const auto& [path, text] : files_)
    if (path.starts_with("s/" + begin) && path.ends_with(end)) found.push_back(path.substr(2));
  return found;
}

void RandomSite::write(const std::string& path, std::string text) {
  files_["s/" + path] = std::move(text);
  changed_.insert(path);
  what_ += " write " + path;
}

void RandomSite::remove(const std::string& path) {
  files_.erase("s/" + path);
  changed_.insert(path);
  what_ += " remove " + path;
}

void RandomSite::rename_folder(const std::string& from, const std::string& to) {
  for (const std::string& path : paths_like(from + "/", "")) {
    files_["s/" + to + path.substr(from.size())] = std::move(files_["s/" + path]);
    files_.erase("s/" + path);
  }
  changed_.insert(from);
  changed_.insert(to);
  what_ += " rename " + from + " to " + to;
}

std::string RandomSite::some_page() {
  const Paths pages = paths_like("content/", ".md");
  return pages.empty() ? "none.md" : one_of(pages).substr(8);
}

std::string RandomSite::link_to(const std::string& from) {
  const std::string to = chance(4) ? "missing-" + word() + ".md" : some_page();
  std::string up;
  for (const char c : from)
    if (c == '/') up += "../";
  static const std::vector<std::string> kAnchors = {"", "", "", "#part", "#h", "#" + kWords[0]};
  return up + to + (chance(25) ? one_of(kAnchors) : "");
}

std::string RandomSite::paragraph(const std::string& from) {
  switch (below(24)) {
    case 0:
      return "## " + word() + "\n";
    case 1:
      return "## Part\n";
    case 2:
    case 3:
    case 4:
      return "See [" + word() + "](" + link_to(from) + ").\n";
    case 5:
      return "```{note}\ntext = \"Hear **" + word() + "** [it](" + link_to(from) + ")\"\n```\n";
    case 6:
      return "```{note}\ntext = \"x\"\nto = \"" + link_to(from) + "\"\n```\n";
    case 7:
      return chance(30) ? "```{nothing}\n```\n" : "```{toc}\n```\n";
    case 8:
      return "<iframe src=\"https://films.example/" + number() +
             "\" title=\"F\" width=\"160\" height=\"90\"></iframe>\n";
    case 9:
      return chance(20) ? "<img src=\"https://nobody.example/a.png\" alt=\"\" width=\"1\" height=\"1\">\n" : "Fine.\n";
    case 10:
      return "<script>let " + word() + " = " + number() + ";</script>\n";
    case 11:
      return "<p style=\"color: red\" id=\"" + word() + "\">Red</p>\n";
    case 12:
      return "<p id=\"" + word() + "\">A</p>\n";
    case 13:
      if (chance(70)) return "<script src=\"/count.js\"></script>\n";
      return "<script src=\"/count.js\" integrity=\"sha256-" + base64(as_bytes(sha256(files_["s/static/count.js"]))) +
             "\"></script>\n";
    case 14:
      return "<link rel=\"stylesheet\" href=\"/extra.css\">\n";
    case 15:
      return "[static](/plain.html#a)\n";
    case 16:
      if (chance(70)) {
        static const std::vector<std::string> kImages = {"pic.gif", "s1/bundle/pic.png", "old.svg\" width=\"5",
                                                         "pic.gif\" height=\"90"};
        return "<picture><source srcset=\"/pic.gif\"><img alt=\"\" src=\"/" + one_of(kImages) + "\"></picture>\n";
      }
      return "![](/" + std::string(chance(80) ? "old.svg" : "gone.svg") + ")\n";
    case 17:
      return "<form data-remember=\"films\"><input name=\"n\" data-remember></form>\n";
    case 18:
      return "[prefs](consent:preferences)\n";
    default:
      return "Words of " + word() + " and " + word() + " " + number() + ".\n";
  }
}

std::string RandomSite::front_line(const std::string& from) {
  switch (below(20)) {
    case 0:
    case 1:
      return "title = \"" + word() + " " + number() + "\"";
    case 2:
    case 3:
      return "description = \"" + word() + "\"";
    case 4:
      return "date = 20" + std::to_string(10 + below(16)) + "-03-1" + std::to_string(below(10));
    case 5:
      return "updated = 2021-05-1" + std::to_string(below(10));
    case 6:
      return std::string("expires = ") + (chance(50) ? "2020-01-01" : "2090-01-01");
    case 7:
      return std::string("draft = ") + (chance(50) ? "true" : "false");
    case 8:
      return "slug = \"" + word() + (chance(80) ? number() : "") + "\"";
    case 9:
      return "url = \"/" + word() + "/" + (chance(80) ? number() : "x") + ".html\"";
    case 10:
      return "aliases = [\"/old-" + word() + ".html\"]";
    case 11:
    case 12:
      return "weight = " + std::to_string(below(5));
    case 13:
      return std::string("layout = \"") + (chance(85) ? "wide" : "missing") + "\"";
    case 14:
    case 15:
    case 16:
      return "tags = [\"" + word() + "\", \"t" + std::to_string(below(4)) + "\"]";
    case 17:
      return "[params]\nmood = \"" + word() + "\"";
    case 18:
      return "[params]\nnext = \"" + link_to(from) + "\"";
    default:
      return chance(40) ? "titel = \"x\"" : chance(30) ? "[params]\nfree" + word() + " = 1" : "date = 2099-01-01";
  }
}

void RandomSite::edit_body() {
  const std::string page = some_page();
  std::string& text = files_["s/content/" + page];
  std::string now = text;
  const auto front_end = now.find("+++\n", 4);
  const std::size_t begin = front_end == std::string::npos ? 0 : front_end + 4;
  if (chance(25)) {
    now = now.substr(0, begin) + paragraph(page);  // all anew
  } else if (chance(30)) {
    const auto blank = now.find("\n\n", begin);
    now = blank == std::string::npos ? now : now.substr(0, begin) + now.substr(blank + 2);
  } else {
    now += "\n" + paragraph(page);
  }
  if (now.size() > 2500) now.resize(begin + 200);
  write("content/" + page, now);
}

void RandomSite::edit_front() {
  const std::string page = some_page();
  std::string now = files_["s/content/" + page];
  const auto end = now.find("+++\n", 4);
  if (!now.starts_with("+++\n") || end == std::string::npos) return edit_body();
  const std::string line = front_line(page);
  const std::string key = line.starts_with("[params]") ? "[params]" : line.substr(0, line.find(' ') + 1);
  std::string front = now.substr(4, end - 4);
  if (const auto at = front.find(key); at != std::string::npos && (at == 0 || front[at - 1] == '\n')) {
    const auto line_end = key == "[params]" ? std::string::npos : front.find('\n', at) + 1;
    front.erase(at, line_end == std::string::npos ? std::string::npos : line_end - at);
  }
  if (chance(75)) front = line.starts_with("[params]") ? front + line + "\n" : line + "\n" + front;
  if (chance(3)) front += "= broken\n";
  write("content/" + page, "+++\n" + front + now.substr(end));
}

void RandomSite::add_page() {
  static const std::vector<std::string> kFolders = {"", "s0/", "s1/", "s2/", "s1/deep/", "new/", "s2/other/"};
  const std::string folder = one_of(kFolders);
  const std::size_t kind = below(10);
  const std::string name = kind == 0   ? "_index.md"
                           : kind == 1 ? word() + "/index.md"
                           : kind == 2 ? "pic-" + word() + ".png"
                           : kind == 3 ? "note-" + word() + ".html"
                                       : word() + ".md";
  if (kind == 2) return write("content/" + folder + name, picture());
  if (kind == 3) return write("content/" + folder + name, "<p>" + number() + "</p>");
  write("content/" + folder + name, "+++\ntitle = \"N " + number() + "\"\n" +
                                        (chance(50) ? front_line(folder + name) + "\n" : "") + "+++\n" +
                                        paragraph(folder + name) + "\n" + paragraph(folder + name));
}

void RandomSite::remove_page() {
  const Paths all = paths_like("content/", "");
  if (all.size() > 10) remove(one_of(all));
}

void RandomSite::rename_page() {
  const std::string from = "content/" + some_page();
  const std::string to = from.substr(0, from.rfind('/') + 1) + "moved-" + word() + ".md";
  std::string text = files_["s/" + from];
  remove(from);
  write(to, std::move(text));
}

void RandomSite::change_section() {
  static const std::vector<std::string> kFolders = {"content/s0", "content/s1", "content/s2", "content/s1/deep",
                                                    "content/new"};
  const std::string folder = one_of(kFolders);
  if (chance(20)) {
    for (const std::string& path : paths_like(folder + "/", "")) files_.erase("s/" + path);
    changed_.insert(folder);
    what_ += " remove " + folder;
  } else {
    rename_folder(folder, one_of(kFolders));
  }
}

void RandomSite::change_template() {
  const std::string theme = chance(70) ? "themes/plain/" : "";
  switch (below(10)) {
    case 0:
      return write(theme + "partials/foot.mustache", "<footer>{{site.title}} " + number() + "</footer>");
    case 1:
      return write(theme + "components/note.mustache", "<b>{{{text}}}" + number() + "</b>");
    case 2:
      return write(theme + "layouts/wide.mustache",
                   "{{! parent: base }}\n<section>{{{content}}}" + number() + "</section>");
    case 3:
      return write(theme + "components/" + word() + ".mustache", "<i>" + number() + "</i>");
    case 4:
      return write(theme + "layouts/section.mustache",
                   "{{! parent: base }}\n{{{content}}}{{#pages}}[{{title}}]{{/pages}}" +
                       std::string(chance(15) ? "{{nmae}}" : number()));
    case 5:
      return write(theme + "partials/consent-placeholder.mustache",
                   "<span>{{placeholder.title}} <a href=\"{{placeholder.url}}\">{{placeholder.service.name}}</a>" +
                       number() + "</span>");
    case 6: {
      const Paths all = paths_like("", ".mustache");
      return remove(one_of(all));
    }
    case 7:
      return write(theme + "layouts/page.mustache",
                   "{{! parent: base }}\n<h1>{{page.title}}</h1>" + std::string(chance(10) ? "{{#page.tags}}" : "") +
                       "{{{content}}}{{#page.tags}}{{name}}{{/page.tags}}<a href=\"/plain.html\">p</a>" + number());
    default: {
      const Paths all = paths_like("", ".mustache");
      const std::string path = one_of(all);
      return write(path, files_["s/" + path] + "<!-- " + number() + " -->");
    }
  }
}

void RandomSite::change_style() {
  const std::string theme = chance(70) ? "themes/plain/" : "";
  switch (below(8)) {
    case 0:
      return write(theme + "styles/_part.scss", "a { width: " + number() + "px; }");
    case 1:
      return write(theme + "styles/main.scss", "@import \"part\"; p { width: " + number() + "px; }");
    case 2:
      return write(theme + "styles/main.scss", chance(50) ? "p { color: " : "@warn \"w\"; p { color: red; }");
    case 3:
      return write(theme + "styles/" + word() + ".scss", "i { width: " + number() + "px; }");
    case 4:
      return write(theme + "scripts/" + word() + ".js", "let x = " + number() + ";");
    case 5:
      return write(theme + "styles/main.scss", "p { background: url(/old.svg); width: " + number() + "px; }");
    default: {
      Paths all = paths_like("", ".scss"), scripts = paths_like("", "app.js");
      all.insert(all.end(), scripts.begin(), scripts.end());
      return all.empty() ? void() : remove(one_of(all));
    }
  }
}

void RandomSite::change_static() {
  static const std::vector<std::string> kNames = {"plain.html", "count.js",   "old.svg", "extra.css",
                                                  "a/b.txt",    "robots.txt", "odd",     "note.json",
                                                  "s0/p0.html", "data.xml",   "pic.gif", "pic.gif"};
  const std::string folder = chance(80) ? "static/" : "themes/plain/static/";
  const std::string path = folder + one_of(kNames);
  if (chance(25)) return remove(path);
  if (path.ends_with(".gif")) return write(path, picture());
  if (path.ends_with(".html"))
    return write(
        path, "<!doctype html><meta charset=\"utf-8\"><title>x</title><p id=\"" + std::string(chance(80) ? "a" : "b") +
                  "\">" + number() + (chance(40) ? "<script src=\"/count.js\"></script>" : "") +
                  (chance(40) ? "<img src=\"/pic.gif\" alt=\"\">" : "") +
                  (chance(20) ? "<iframe src=\"https://films.example/s\" title=\"F\" width=\"9\" height=\"9\"></iframe>"
                              : ""));
  if (path.ends_with(".js")) {
    static const std::vector<std::string> kScripts = {"let a = 2;", "fetch(\"/x\");", "import \"/extra.js\";",
                                                      "document.cookie;", "let h = \"films.example\";"};
    return write(path, one_of(kScripts) + "// " + number());
  }
  if (path.ends_with(".css")) {
    static const std::vector<std::string> kSheets = {"b { color: blue; }", "b { background: url(data:image/png,x); }",
                                                     "@import \"/assets/main.css\";"};
    return write(path, one_of(kSheets) + "/* " + number() + " */");
  }
  if (path.ends_with(".svg"))
    return write(path, "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
                           (chance(50) ? " width=\"" + number() + "\" height=\"20\"" : std::string()) + "><title>" +
                           number() + "</title></svg>");
  if (path.ends_with("odd")) return write(path, chance(50) ? "<html><p>" + number() : "odd " + number());
  return write(path, "text " + number());
}

void RandomSite::change_config() {
  std::string now = files_["s/site.toml"];
  const auto replace = [&](const std::string& from, const std::string& to) {
    if (const auto at = now.find(from); at != std::string::npos) now.replace(at, from.size(), to);
  };
  switch (below(10)) {
    case 0:
      replace("title = \"T\"", "title = \"U\"");
      break;
    case 1:
      replace("per_page = 4", "per_page = 3");
      break;
    case 2:
      replace("limit = 5", "limit = 2\nfull_content = false");
      break;
    case 3:
      replace("urls = \"file\"", "urls = \"directory\"");
      break;
    case 4:
      replace("[feeds]\nlimit = 5\n", "");
      break;
    case 5:
      replace("[build]", "[check]\nlinks = \"warn\"\n[build]");
      break;
    case 6:
      replace("t.example/\"", "t.example/sub/\"");
      break;
    case 7:
      replace("to = \"s0/p0.md\"", "to = \"" + some_page() + "\"");
      break;
    case 8:
      now += chance(50) ? "[headers]\n\"/*\" = { \"X-A\" = \"" + number() + "\" }\n" : "= broken";
      break;
    default:
      now = good_["s/site.toml"];
  }
  write("site.toml", now);
}

void RandomSite::change_consent() {
  switch (below(8)) {
    case 0:
      return write("consent.toml", "[consent]\npolicy = \"policy.md\"\n" + service("films") + service("maps"));
    case 1:
      return write("consent.toml",
                   "[consent]\npolicy = \"policy.md\"\n" +
                       service("films",
                               "[[service.tag]]\npages = [\"/s0/**\"]\nat = \"body-end\"\nhtml = '<script "
                               "src=\"https://films.example/t.js\"></script>'\n"));
    case 2:
      return remove("consent.toml");
    case 3:
      return write("consent.toml", files_["s/consent.toml"] + "broken");
    default:
      return write("consent.toml", "[consent]\npolicy = \"policy.md\"\n" + service("films"));
  }
}

void RandomSite::change_words_and_data() {
  switch (below(6)) {
    case 0:
      return write("i18n/en.toml", "word = \"" + word() + "\"\n");
    case 1:
      return write("themes/plain/i18n/en.toml", "word = \"" + word() + number() + "\"\n");
    case 2:
      return write("data/" + word() + ".toml", "a = " + number() + "\n");
    case 3:
      return chance(30) ? remove("data/team.toml") : write("data/team.toml", "name = \"" + word() + "\"\n");
    case 4:
      return write("themes/plain/theme.toml",
                   files_["s/themes/plain/theme.toml"] + "[page_params." + word() + number() + "]\ntype = \"text\"\n");
    default:
      return remove("i18n/en.toml");
  }
}

// As `hardtop lock` does.
void RandomSite::lock() {
  Diagnostics ignored;
  const MemoryFiles disk(files_);
  const auto config = load_consent_config(disk, "s", "t.example", ignored);
  if (config) write("consent.lock", to_toml(updated_lock(*config, {}, {2026, 6, 1}, "")));
}

// Saved as it was.
void RandomSite::touch() {
  const Paths all = paths_like("", "");
  changed_.insert(one_of(all));
}

std::vector<std::string> RandomSite::edit() {
  changed_.clear();
  what_.clear();
  const std::size_t many = chance(70) ? 1 : 2 + below(3);
  for (std::size_t i = 0; i < many; ++i) {
    const std::size_t kind = below(100);
    if (kind < 28) {
      edit_body();
    } else if (kind < 50) {
      edit_front();
    } else if (kind < 57) {
      add_page();
    } else if (kind < 61) {
      remove_page();
    } else if (kind < 65) {
      rename_page();
    } else if (kind < 68) {
      change_section();
    } else if (kind < 76) {
      change_template();
    } else if (kind < 82) {
      change_style();
    } else if (kind < 90) {
      change_static();
    } else if (kind < 93) {
      change_config();
    } else if (kind < 95) {
      change_consent();
    } else if (kind < 98) {
      change_words_and_data();
    } else {
      touch();
    }
  }
  if (locked_ && changed_.contains("consent.toml")) lock();
  return {changed_.begin(), changed_.end()};
}

std::vector<std::string> RandomSite::go_back() {
  changed_.clear();
  what_ = " go back";
  for (const auto& [path, text] : good_)
    if (const auto now = files_.find(path); now == files_.end() || now->second != text) changed_.insert(path.substr(2));
  for (const auto& [path, text] : files_)
    if (!good_.contains(path)) changed_.insert(path.substr(2));
  files_ = good_;
  return {changed_.begin(), changed_.end()};
}

}  // namespace hardtop::test
