#include "config/site_config.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/toml.h"
#include "config/config_file.h"
#include "config/site_headers.h"

namespace hardtop {

namespace {

constexpr std::string_view kFile = "site.toml";
constexpr std::string_view kArea = "config";
constexpr std::int64_t kMaxPerPage = 10'000;
constexpr std::int64_t kMaxKeepDays = 3650;

// Front matter's own keys (content/front_matter.h): a taxonomy's name is a front-matter key, too.
constexpr std::array<std::string_view, 12> kFrontMatterKeys = {"title",   "description", "date",   "updated",
                                                               "expires", "draft",       "slug",   "url",
                                                               "aliases", "weight",      "layout", "params"};

bool is_word(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_ascii_lower_alpha(c) || is_ascii_digit(c) || more.find(c) != std::string_view::npos;
  });
}

// The tables of site.toml, one function each. Each reports what is wrong and leaves the default in its place.
class ConfigReader {
 public:
  ConfigReader(const SourcePtr& source, Diagnostics& found) : source_(source), found_(found) {
    config_.source = source;
  }

  SiteConfig read(const DataTable& root, const std::string& base_url_override, Environment environment) {
    TableReader top(root, source_, "", std::string(kArea), found_);
    read_title(top);
    config_.description = top.text("description").value_or("");
    config_.author = top.text("author").value_or("");
    read_base_url(top, base_url_override, environment);
    read_language(top);
    read_theme(top);
    read_choice(top, "urls", "'urls'", {{"file", UrlStyle::file}, {"directory", UrlStyle::directory}}, config_.urls);
    read_menus(top);
    read_feeds(top);
    read_markdown(top);
    read_check(top);
    read_build(top);
    read_taxonomies(top);
    if (const DataTable* headers = top.table("headers")) config_.headers = read_site_headers(*headers, source_, found_);
    read_deploys(top);
    if (const DataTable* params = top.table("params")) config_.params = *params;
    for (const std::string_view key : {"languages", "images"}) refuse_unbuilt(top, key);
    top.finish();
    return std::move(config_);
  }

 private:
  TableReader reader(const DataTable& table, std::string where) {
    return {table, source_, std::move(where), std::string(kArea), found_};
  }

  void error(Place place, std::string_view what, std::string message, std::string hint) {
    found_.error(std::move(place), std::string(kArea) + "/" + std::string(what), std::move(message), std::move(hint));
  }

  void refuse_unbuilt(TableReader& table, std::string_view key) {
    if (!table.any(key)) return;
    error(table.key_place(key), "not-built-yet", "this version of hardtop does not know what to do with " + quoted(key),
          "remove it for now; a later version will read it");
  }

  // One word of a closed list.
  template <typename Value>
  void read_choice(TableReader& table, std::string_view key, std::string_view name,
                   const std::vector<std::pair<std::string_view, Value>>& choices, Value& value) {
    const std::optional<std::string> text = table.text(key);
    if (!text) return;
    std::string words;
    std::vector<std::string_view> vocabulary;
    for (const auto& [word, meaning] : choices) {
      if (*text == word) {
        value = meaning;
        return;
      }
      vocabulary.push_back(word);
      words += (words.empty() ? "\"" : word == choices.back().first ? " or \"" : ", \"") + std::string(word) + "\"";
    }
    const std::string_view near = nearest(*text, vocabulary);
    error(table.place(key), "bad-value", std::string(name) + " must be " + words + ", not \"" + *text + "\"",
          near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
  }

  void read_number(TableReader& table, std::string_view key, std::string_view name, std::int64_t least,
                   std::int64_t most, std::int64_t& value) {
    const std::optional<std::int64_t> number = table.whole(key);
    if (!number) return;
    if (*number >= least && *number <= most) {
      value = *number;
      return;
    }
    error(table.place(key), "bad-value",
          std::string(name) + " must be from " + std::to_string(least) + " to " + std::to_string(most) + ", not " +
              std::to_string(*number),
          least == 0 && key == "per_page" ? "0 puts everything on one page" : "");
  }

  void read_title(TableReader& top) {
    const bool is_there = top.has("title");
    const std::optional<std::string> title = top.text("title");
    if (title && !trim(*title).empty()) {
      config_.title = *title;
    } else if (title) {
      error(top.place("title"), "bad-value", "'title' is empty", "write the name of the site");
    } else if (!is_there) {
      error({source_, Place::kWholeFile, 0}, "missing-key", "'title' is missing",
            "add title = \"…\", the name of the site");
    }
  }

  void read_base_url(TableReader& top, const std::string& override, Environment environment) {
    const bool is_there = top.has("base_url");
    const std::optional<std::string> written = top.text("base_url");  // asked in any case: it is a known key
    if (!override.empty()) {
      set_base_url(override, "--base-url", {});
    } else if (written) {
      set_base_url(*written, "'base_url'", top.place("base_url"));
    } else if (!is_there) {
      set_base_url("http://localhost/", "", {});
      if (environment == Environment::production) {
        found_.warning({source_, Place::kWholeFile, 0}, "config/no-base-url",
                       "'base_url' is missing, so the sitemap and feeds lead to http://localhost/",
                       "add base_url = \"https://…/\", the address that the site will have, or pass --base-url");
      }
    }
  }

  void set_base_url(const std::string& text, std::string_view name, Place place) {
    std::optional<Url> url = parse_url(text);
    std::string wrong;
    if (!url || url->opaque || (url->scheme != "http" && url->scheme != "https")) {
      wrong = "is no address of a website";
    } else if (!url->username.empty() || !url->password.empty()) {
      wrong = "holds a user name or password";
    } else if (url->has_query || url->has_fragment) {
      wrong = "holds a " + std::string(url->has_query ? "query ('?')" : "fragment ('#')");
    }
    if (wrong.empty() && url->path.find("//") != std::string::npos) {
      wrong = "holds an empty folder ('//')";  // every link would begin with "//", and lead to another host
    }
    if (!wrong.empty()) {
      error(std::move(place), "bad-url", std::string(name) + " " + wrong + ": \"" + text + "\"",
            "write it as https://example.com/ or https://example.com/folder/");
      return;
    }
    if (!url->path.ends_with('/')) url->path += '/';
    config_.base_url = to_string(*url);
    config_.base_path = url->path;
    config_.base = std::move(*url);
  }

  // BCP 47 as far as its shape goes: "en", "de-CH", "zh-Hant-TW".
  void read_language(TableReader& top) {
    const std::optional<std::string> language = top.text("language");
    if (!language) return;
    bool good = true;
    const std::vector<std::string_view> parts = split(*language, '-');
    for (const std::string_view part : parts) {
      good = good && part.size() <= 8 && is_word(to_lower_ascii(part), "");
    }
    good = good && parts[0].size() >= 2 && parts[0].find_first_of("0123456789") == std::string_view::npos;
    if (good) {
      config_.language = *language;
      return;
    }
    std::string dashed = *language;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    error(top.place("language"), "bad-value", "'language' is no language tag: \"" + *language + "\"",
          dashed != *language ? "did you mean \"" + dashed + "\"?" : "write it as \"en\" or \"de-CH\" (BCP 47)");
  }

  void read_theme(TableReader& top) {
    config_.theme_place = top.place("theme");
    const std::optional<std::string> theme = top.text("theme");
    if (!theme) return;
    if (is_word(to_lower_ascii(*theme), "-_.") && !theme->starts_with('.')) {
      config_.theme = *theme;
    } else {
      error(top.place("theme"), "bad-value", "'theme' is no folder's name: \"" + *theme + "\"",
            "write the name of a folder in themes/, without a path");
    }
  }

  void read_menus(TableReader& top) {
    const DataTable* menus = top.table("menu");
    if (!menus) return;
    for (const DataEntry& menu : *menus) {
      if (!is_word(to_lower_ascii(menu.key), "-_")) {
        error({source_, menu.key_offset, menu.key.size()}, "bad-value", "a menu cannot be named " + quoted(menu.key),
              "use letters, digits, '-' and '_'");
        continue;
      }
      const DataArray* entries = menu.value.array();
      if (!entries) {
        error({source_, menu.value.offset, menu.value.length}, "wrong-type",
              "[menu." + menu.key + "] must be a list of tables, not " + std::string(kind_name(menu.value)),
              "begin each entry with [[menu." + menu.key + "]], in two pairs of brackets");
        continue;
      }
      std::vector<MenuEntry>& list = config_.menus[menu.key];
      for (const Data& entry : *entries) read_menu_entry(menu.key, entry, list);
      std::stable_sort(list.begin(), list.end(), [](const MenuEntry& a, const MenuEntry& b) {
        if ((a.weight == 0) != (b.weight == 0)) return b.weight == 0;
        return a.weight < b.weight;
      });
    }
  }

  void read_menu_entry(const std::string& menu, const Data& data, std::vector<MenuEntry>& list) {
    const Place place{source_, data.offset, data.length};
    const std::string where = "[[menu." + menu + "]]";
    const DataTable* table = data.table();
    if (!table) {
      error(place, "wrong-type", "an entry of " + where + " must be a table, not " + std::string(kind_name(data)),
            "write it as { name = \"About\", to = \"about.md\" }");
      return;
    }
    TableReader entry = reader(*table, where);
    MenuEntry result;
    result.name = entry.text("name").value_or("");
    result.weight = entry.whole("weight").value_or(0);
    const std::optional<std::string> target = entry.text("to");
    if (target) {
      result.target = *target;
      result.place = entry.place("to");
      list.push_back(std::move(result));
    } else if (!entry.has("to")) {
      error(place, "missing-key", "'to' is missing in " + where,
            "add to = \"about.md\" (a page), \"/files/x.pdf\" (a path) or \"https://…\"");
    }
    entry.finish();
  }

  void read_taxonomies(TableReader& top) {
    const DataTable* taxonomies = top.table("taxonomies");
    if (!taxonomies) return;
    TableReader names = reader(*taxonomies, "[taxonomies]");
    for (const DataEntry& item : *taxonomies) {
      const Place key{source_, item.key_offset, item.key.size()};
      if (!is_word(item.key, "-_")) {
        error(key, "bad-value", "a taxonomy cannot be named " + quoted(item.key),
              "use a-z, 0-9, '-' and '_': the name is a part of URLs");
      } else if (std::find(kFrontMatterKeys.begin(), kFrontMatterKeys.end(), item.key) != kFrontMatterKeys.end()) {
        error(key, "bad-value",
              "a taxonomy cannot be named " + quoted(item.key) + ", which has its own meaning in front matter",
              "choose another name");
      }
      const DataTable* table = names.table(item.key);
      if (!table) continue;
      const std::string where = "[taxonomies." + item.key + "]";
      TableReader fields = reader(*table, where);
      Taxonomy taxonomy;
      taxonomy.name = item.key;
      taxonomy.per_page = config_.per_page;
      read_number(fields, "per_page", "'per_page' in " + where, 0, kMaxPerPage, taxonomy.per_page);
      fields.finish();
      config_.taxonomies.push_back(std::move(taxonomy));
    }
  }

  void read_feeds(TableReader& top) {
    const DataTable* table = top.table("feeds");
    if (!table) return;
    TableReader feeds = reader(*table, "[feeds]");
    FeedConfig feed;
    read_number(feeds, "limit", "'limit' in [feeds]", 1, 1000, feed.limit);
    feed.sections = feeds.texts("sections").value_or(std::vector<std::string>());
    for (std::string& section : feed.sections) {
      std::string_view name = section;
      while (name.starts_with('/')) name.remove_prefix(1);
      while (name.ends_with('/')) name.remove_suffix(1);
      section = std::string(name);
      if (section.empty()) {
        error(feeds.place("sections"), "bad-value", "'sections' in [feeds] holds an empty name",
              "write the path of a folder in content/, or leave 'sections' out for the whole site");
      }
    }
    read_choice(feeds, "content", "'content' in [feeds]", {{"full", true}, {"summary", false}}, feed.full_content);
    feeds.finish();
    config_.feed = std::move(feed);
  }

  void read_markdown(TableReader& top) {
    const DataTable* table = top.table("markdown");
    if (!table) return;
    TableReader markdown = reader(*table, "[markdown]");
    config_.smart_punctuation = markdown.flag("smart_punctuation").value_or(config_.smart_punctuation);
    config_.footnotes = markdown.flag("footnotes").value_or(config_.footnotes);
    config_.heading_anchors = markdown.flag("heading_anchors").value_or(config_.heading_anchors);
    markdown.finish();
  }

  void read_check(TableReader& top) {
    const DataTable* table = top.table("check");
    if (!table) return;
    TableReader check = reader(*table, "[check]");
    read_choice(check, "links", "'links' in [check]",
                {{"error", LinkCheck::error}, {"warn", LinkCheck::warn}, {"off", LinkCheck::off}}, config_.links);
    check.finish();
  }

  void read_deploys(TableReader& top) {
    const DataTable* targets = top.table("deploy");
    if (!targets) return;
    TableReader names = reader(*targets, "[deploy]");
    for (const DataEntry& item : *targets) {
      if (!is_word(item.key, "-_")) {
        error({source_, item.key_offset, item.key.size()}, "bad-value",
              "a place to deploy to cannot be named " + quoted(item.key), "use a-z, 0-9, '-' and '_'");
      }
      if (!item.value.table()) {
        error({source_, item.value.offset, item.value.length}, "wrong-type",
              quoted(item.key) + " in [deploy] must be a table, not " + std::string(kind_name(item.value)),
              "name the place: [deploy.production], and below it remote = \"…\"");
        continue;
      }
      read_deploy(item);
    }
    std::ranges::sort(config_.deploys, {}, &DeployTarget::name);
  }

  void read_deploy(const DataEntry& item) {
    const std::string where = "[deploy." + item.key + "]";
    TableReader table = reader(*item.value.table(), where);
    DeployTarget target;
    target.name = item.key;
    target.place = table.place("remote");
    const bool is_there = table.has("remote");
    if (std::optional<std::string> remote = read_remote(table, "remote", where)) {
      target.remote = std::move(*remote);
    } else if (!is_there) {
      error({source_, item.key_offset, item.key.size()}, "missing-key", "'remote' is missing in " + where,
            "add remote = \"…\": a remote of rclone, such as \"r2:bucket\", or a folder");
    }
    target.state = read_remote(table, "state", where).value_or("");
    target.state_place = table.place("state");
    if (!target.state.empty() && target.state == target.remote) {
      error(table.place("state"), "bad-value", "'state' in " + where + " is where the site itself is",
            "choose a place of its own, or leave 'state' out");
    }
    target.purge = std::string(trim(table.text("purge").value_or("")));
    read_number(table, "keep_days", "'keep_days' in " + where, 0, kMaxKeepDays, target.keep_days);
    read_choice(table, "compressed", "'compressed' in " + where,
                {{"beside", DeployCompressed::beside},
                 {"gzip", DeployCompressed::gzip},
                 {"brotli", DeployCompressed::brotli},
                 {"none", DeployCompressed::none}},
                target.compressed);
    check_compressed(target, table.place("compressed"), where);
    table.finish();
    config_.deploys.push_back(std::move(target));
  }

  // Bytes that only Content-Encoding explains need a place that keeps it, and somebody who makes them.
  void check_compressed(const DeployTarget& target, const Place& place, const std::string& where) {
    if (target.compressed != DeployCompressed::gzip && target.compressed != DeployCompressed::brotli) return;
    const bool is_gzip = target.compressed == DeployCompressed::gzip;
    const std::string name = is_gzip ? "\"gzip\"" : "\"brotli\"";
    const std::size_t colon = target.remote.find(':');
    if (!target.remote.empty() && (colon == std::string::npos || target.remote.find('/') < colon)) {
      error(place, "bad-value", "'compressed' in " + where + " is " + name + ", and a folder keeps no Content-Encoding",
            "use \"beside\", from which a web server picks, or \"none\"");
    } else if (std::ranges::find(config_.precompress, is_gzip ? Encoding::gzip : Encoding::brotli) ==
               config_.precompress.end()) {
      error(place, "bad-value",
            "'compressed' in " + where + " is " + name + ", which 'precompress' in [build] does not ask for",
            "add precompress = [" + name + "] to [build]");
    }
  }

  // A place in rclone's words (https://rclone.org/docs/#syntax-of-remote-paths), one line.
  std::optional<std::string> read_remote(TableReader& table, std::string_view key, const std::string& where) {
    const std::optional<std::string> text = table.text(key);
    if (!text) return std::nullopt;
    std::string remote(trim(*text));
    while (remote.size() > 1 && remote.ends_with('/')) remote.pop_back();
    const bool control = std::ranges::any_of(remote, [](char c) { return c >= 0 && c < ' '; });
    if (remote.empty() || remote.starts_with('-') || control) {
      error(table.place(key), "bad-value", quoted(key) + " in " + where + " is no remote of rclone: \"" + *text + "\"",
            "write it as \"r2:bucket/path\", \"host:folder\" or \"../folder\"");
      return std::nullopt;
    }
    return remote;
  }

  void read_build(TableReader& top) {
    const DataTable* table = top.table("build");
    if (!table) return;
    TableReader build = reader(*table, "[build]");
    read_number(build, "per_page", "'per_page' in [build]", 0, kMaxPerPage, config_.per_page);
    read_hosts(build);
    read_precompress(build);
    config_.integrity = build.flag("integrity").value_or(true);
    config_.image_sizes = build.flag("image_sizes").value_or(true);
    config_.early_hints = build.flag("early_hints").value_or(false);
    build.finish();
  }

  // true for all; or names, as a list or one alone.
  void read_precompress(TableReader& build) {
    constexpr std::array<std::string_view, 2> kNames = {"gzip", "brotli"};
    const Data* const value = build.any("precompress");
    if (!value) return;
    if (const bool* const all = std::get_if<bool>(&value->value)) {
      if (*all) config_.precompress = {Encoding::gzip, Encoding::brotli};
      return;
    }
    for (const std::string& name : build.texts("precompress").value_or(std::vector<std::string>())) {
      const auto known = std::find(kNames.begin(), kNames.end(), name);
      if (known != kNames.end()) {
        config_.precompress.push_back(static_cast<Encoding>(known - kNames.begin()));
        continue;
      }
      const std::string_view near = name == "br" ? kNames[1] : nearest(name, {kNames.begin(), kNames.end()});
      error(build.place("precompress"), "bad-value",
            "'precompress' in [build] holds \"" + name + "\", which hardtop does not write",
            near.empty() ? "use \"gzip\", \"brotli\" or both, or true for both"
                         : "did you mean \"" + std::string(near) + "\"?");
    }
    std::sort(config_.precompress.begin(), config_.precompress.end());
    config_.precompress.erase(std::unique(config_.precompress.begin(), config_.precompress.end()),
                              config_.precompress.end());
  }

  void read_hosts(TableReader& build) {
    constexpr std::array<std::string_view, 5> kNames = {"netlify", "cloudflare", "nginx", "caddy", "json"};
    config_.hosts_place = build.place("hosts");
    const std::optional<std::vector<std::string>> names = build.texts("hosts");
    if (!names) return;
    for (const std::string& name : *names) {
      const auto known = std::find(kNames.begin(), kNames.end(), name);
      if (known != kNames.end()) {
        config_.hosts.push_back(static_cast<Host>(known - kNames.begin()));
        continue;
      }
      const std::string_view near = nearest(name, {kNames.begin(), kNames.end()});
      error(config_.hosts_place, "bad-value",
            "'hosts' in [build] holds \"" + name + "\", which is no host that hardtop knows",
            near.empty() ? "use \"netlify\", \"cloudflare\", \"nginx\", \"caddy\" or, for all others, \"json\""
                         : "did you mean \"" + std::string(near) + "\"?");
    }
    std::sort(config_.hosts.begin(), config_.hosts.end());
    config_.hosts.erase(std::unique(config_.hosts.begin(), config_.hosts.end()), config_.hosts.end());
  }

  const SourcePtr& source_;
  Diagnostics& found_;
  SiteConfig config_;
};

std::optional<SiteConfig> load(const Files& files, const std::string& site_dir, const std::string& base_url_override,
                               Environment environment, Diagnostics& found) {
  SourcePtr source;
  const ConfigFileState state = read_config_file(files, site_dir, kFile, kArea, source, found);
  if (state == ConfigFileState::absent) {
    found.error(whole_file(std::string(kFile)), "config/missing", "there is no site.toml in this folder",
                "name the site's folder with -C DIR, or make a new site with 'hardtop new site NAME'");
  }
  if (state != ConfigFileState::read) return std::nullopt;
  const std::optional<DataTable> root = parse_toml(source, found);
  if (!root) return std::nullopt;
  return ConfigReader(source, found).read(*root, base_url_override, environment);
}

}  // namespace

std::optional<SiteConfig> load_site_config(const Files& files, const std::string& site_dir,
                                           const std::string& base_url_override, Diagnostics& diagnostics,
                                           Environment environment) {
  Diagnostics found;  // ours alone, so that "reported an error" is about this file
  std::optional<SiteConfig> config = load(files, site_dir, base_url_override, environment, found);
  if (found.has_errors()) config.reset();
  for (Diagnostic& diagnostic : found.sorted()) diagnostics.add(std::move(diagnostic));
  return config;
}

}  // namespace hardtop
