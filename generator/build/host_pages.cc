// _headers and _redirects, as Netlify and Cloudflare Pages read them from the output.
//   https://docs.netlify.com/manage/routing/headers/               https://docs.netlify.com/manage/routing/redirects/
//   https://developers.cloudflare.com/pages/configuration/headers/ https://developers.cloudflare.com/pages/configuration/redirects/
//
// A _headers file is a list of blocks: a path, and below it, indented, "Name: value". Both hosts apply every block that matches, in
// order, and for Cloudflare a path has one block: of two of one path the second would replace the first. Of a name that several of
// them set, Netlify sends the last one's values (netlify/primitives, packages/headers, headersForPath);
// Cloudflare joins them all with commas, unless a line "! Name" has taken back what was said before. Netlify passes over such
// lines: it skips all without a colon. So a block that says something anew takes it back first, and says all of it: of a policy of the
// site's own, hardtop's stands in front in the same block. Should Netlify join one day, both policies would hold, and of two
// Cache-Controls the more careful one: nothing is opened by that.
//
// What the hosts' patterns (host_patterns.h) reach is not what header_rules.h means by them. So the file is tried, as the hosts would,
// on every address of the site, and where the answer is not the model's a block for this one address mends it. That is also how a rule
// that a host has no pattern for comes to hold: for every file that it matches.
//
// Limits: Cloudflare takes 100 blocks and lines of 2,000 characters in _headers, 2,000 redirects, 100 with patterns and lines of 1,000
// characters in _redirects; Netlify's documents name none below 10,000 redirects. Above 100 blocks, those of fingerprinted files become one for the
// folder that they lie in.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/html.h"
#include "base/text.h"
#include "build/host_patterns.h"
#include "build/hosts.h"
#include "config/consent_config.h"

namespace hardtop {

namespace {

constexpr std::size_t kMostBlocks = 100, kLongestHeaderLine = 2000;
constexpr std::size_t kMostRedirects = 2000, kMostPatterns = 100, kLongestRedirectLine = 1000;
constexpr std::size_t kMostErrors = 5;

// "Custom headers for these are typically ignored because Netlify's web servers need to set these": what config/site_headers.cc
// lets through of that list.
constexpr std::array<std::string_view, 6> kOfNetlify = {"accept-ranges", "age",      "allow",
                                                        "alt-svc",       "location", "server"};

// A name's values as they are sent; none: what was said before is taken back.
using Said = std::map<std::string, std::vector<std::string>>;  // by name in lower case

struct Block {
  std::string pattern;
  std::vector<std::pair<std::string, std::vector<std::string>>> headers;  // by name as written
  std::optional<HostPattern> cloudflare, netlify;
};

// What a site sends for a path, as the model says it.
Said model_of(const HostSite& site, std::string_view path, std::map<std::string, std::string>* names = nullptr) {
  Said out;
  for (const auto& [name, value] : headers_for(site.rules, path)) {
    const std::string lower = to_lower_ascii(name);
    out[lower].push_back(value);
    if (names) names->emplace(lower, name);
  }
  return out;
}

class HeadersWriter {
 public:
  HeadersWriter(const HostSite& site, PagesHosts hosts, Diagnostics& found)
      : site_(site), hosts_(hosts), found_(found) {
    for (const HeaderRule& rule : site.rules) names_.emplace(to_lower_ascii(rule.name), rule.name);
    // The addresses that lead to a file: also those without ".html", which both hosts serve, Cloudflare even redirects to them.
    std::set<std::string> outputs;
    for (const HostPath& path : site.paths) outputs.insert(path.url);
    for (const HostPath& path : site.paths) {
      if (path.output == "_headers" || path.output == "_redirects") continue;
      addresses_.emplace_back(path.url, path.url);
      if (!path.url.ends_with(".html")) continue;
      std::string bare = path.url.substr(0, path.url.size() - 5);
      if (!outputs.contains(bare) && !bare.ends_with('/')) addresses_.emplace_back(std::move(bare), path.url);
    }
  }

  std::string write() {
    if (!check_names()) return {};
    make_blocks(false);
    if (hosts_.cloudflare && blocks_.size() > kMostBlocks && site_.fingerprinted.size() > 1) make_blocks(true);
    if (!check_limits() || !check_answers()) return {};
    std::string out = host_file_head(site_);
    std::set<std::string> said;
    for (const Block& block : blocks_) {
      out += "\n" + block.pattern + "\n";
      for (const auto& [name, values] : block.headers) {
        if (hosts_.cloudflare && (!said.insert(to_lower_ascii(name)).second || values.empty()))
          out += "  ! " + name + "\n";
        for (const std::string& value : values) out += "  " + name + ": " + value + "\n";
      }
    }
    return out;
  }

 private:
  void error(const HeaderRule* rule, std::string_view id, std::string message, std::string hint) {
    found_.error(rule ? place_of(site_, *rule) : site_.place, std::string(id), std::move(message), std::move(hint));
  }
  [[nodiscard]] std::string host_names() const {
    return hosts_.netlify && hosts_.cloudflare ? "Netlify or Cloudflare Pages"
           : hosts_.netlify                    ? "Netlify"
                                               : "Cloudflare Pages";
  }

  bool check_names() {
    bool good = true;
    std::map<std::tuple<std::string, std::string>, std::size_t> cookies;
    for (const HeaderRule& rule : site_.rules) {
      const std::string lower = to_lower_ascii(rule.name);
      if (hosts_.netlify && std::ranges::find(kOfNetlify, lower) != kOfNetlify.end()) {
        error(&rule, "host/ignored-header", "Netlify sets the header '" + rule.name + "' itself, and ignores this one",
              lower == "location" ? "write a redirect as an alias of the page that it leads to"
                                  : "remove it, or take \"netlify\" out of 'hosts' in [build]");
        good = false;
      }
      if (lower == "set-cookie" && ++cookies[{rule.pattern, lower}] == 2) {
        error(&rule, "host/cannot-say",
              host_names() +
                  " would join several values of 'Set-Cookie' with commas, and browsers read one cookie of that",
              "keep one of them, or let a script set the others");
        good = false;
      }
      if (hosts_.cloudflare && rule.value.find(":splat") != std::string::npos &&
          rule.pattern.find('*') != std::string::npos) {
        error(&rule, "host/cannot-say",
              "Cloudflare Pages would put a part of the address in the place of ':splat' in the value of '" +
                  rule.name + "'",
              "write another value, or a path without '*'");
        good = false;
      }
    }
    return good;
  }

  // Only where all hosts that are asked for read the pattern: else its files are named one by one (mend).
  void add_block(std::string pattern, std::vector<std::pair<std::string, std::vector<std::string>>> headers) {
    Block block{std::move(pattern), std::move(headers), std::nullopt, std::nullopt};
    // Both hosts normalise paths: what would be another path then is never asked for.
    if (block.pattern.find("//") != std::string::npos || block.pattern.find("/./") != std::string::npos ||
        block.pattern.find("/../") != std::string::npos || block.pattern.find('\\') != std::string::npos)
      return;
    if (hosts_.cloudflare && !(block.cloudflare = HostPattern::for_cloudflare(block.pattern))) return;
    if (hosts_.cloudflare && block.pattern.find(':') != std::string::npos && !block.cloudflare->matches(block.pattern))
      return;
    if (hosts_.netlify && !(block.netlify = HostPattern::for_netlify(block.pattern))) return;
    // An earlier block of the path moves here, with all that it says of other names.
    if (const auto old = std::ranges::find(blocks_, block.pattern, &Block::pattern); old != blocks_.end()) {
      for (auto& said : old->headers)
        if (std::ranges::none_of(block.headers, [&](const auto& each) { return each.first == said.first; }))
          block.headers.push_back(std::move(said));
      blocks_.erase(old);
    }
    blocks_.push_back(std::move(block));
  }

  // The block of a pattern says what the model says about a path of this very text, with a '*' in it: all rules that reach whatever
  // the pattern reaches are counted.
  void add_pattern(const std::string& pattern, const std::set<std::string>& names) {
    Said model = model_of(site_, pattern);
    std::vector<std::pair<std::string, std::vector<std::string>>> headers;
    for (const std::string& name : names)
      if (const auto said = model.find(name); said != model.end())
        headers.emplace_back(names_[name], std::move(said->second));
    if (!headers.empty()) add_block(pattern, std::move(headers));
  }

  void make_blocks(bool by_folder) {
    blocks_.clear();
    // hardtop's rules first, but in front of all those for every path; the site's after them. A pattern has one block.
    std::map<std::string, std::pair<bool, std::set<std::string>>> rules;
    for (const HeaderRule& rule : site_.rules) {
      const bool named =
          !rule.of_site && std::ranges::find(site_.fingerprinted, rule.pattern) != site_.fingerprinted.end();
      if (named && by_folder) continue;
      auto& [of_site, names] = rules[rule.pattern];
      of_site |= rule.of_site;
      names.insert(to_lower_ascii(rule.name));
    }
    std::map<std::tuple<bool, bool, bool, std::size_t, std::string>, std::set<std::string>> patterns;
    for (auto& [pattern, said] : rules)
      patterns[{pattern != "/*", pattern != "/*" && said.first, pattern.find('*') == std::string::npos, pattern.size(),
                pattern}] = std::move(said.second);
    for (const auto& [at, names] : patterns) {
      if (by_folder && std::get<0>(at) && !folders_said_) add_folders();
      add_pattern(std::get<4>(at), names);
    }
    folders_said_ = false;
    mend();
  }

  // Fingerprinted files by folder: what is in it besides is mended.
  void add_folders() {
    folders_said_ = true;
    std::map<std::string, std::string> folders;
    for (const std::string& file : site_.fingerprinted) folders.emplace(file.substr(0, file.rfind('/') + 1), file);
    for (const auto& [folder, file] : folders) {
      Said model = model_of(site_, file);
      add_block(folder + "*", {{"Cache-Control", model["cache-control"]}});
    }
  }

  // What a host sends for an address.
  [[nodiscard]] Said answer(std::optional<HostPattern> Block::*host, std::string_view address) const {
    Said out;
    for (const Block& block : blocks_) {
      if (!(block.*host)->matches(address)) continue;
      for (const auto& [name, values] : block.headers) {
        const std::string lower = to_lower_ascii(name);
        if (!values.empty())
          out[lower] = values;
        else if (host == &Block::cloudflare)
          out.erase(lower);
      }
    }
    return out;
  }

  // Names that some host says otherwise about an address than the model.
  [[nodiscard]] std::set<std::string> differences(std::string_view address, const Said& model) const {
    std::set<std::string> out;
    for (const auto& [wanted, host] :
         {std::pair(hosts_.cloudflare, &Block::cloudflare), std::pair(hosts_.netlify, &Block::netlify)}) {
      if (!wanted) continue;
      const Said said = answer(host, address);
      for (const auto& [name, values] : model)
        if (const auto at = said.find(name); at == said.end() || at->second != values) out.insert(name);
      for (const auto& [name, values] : said)
        if (!model.contains(name)) out.insert(name);
    }
    return out;
  }

  void mend() {
    std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::vector<std::string>>>>> wanted;
    for (const auto& [address, path] : addresses_) {
      Said model = model_of(site_, path);
      std::vector<std::pair<std::string, std::vector<std::string>>> headers;
      for (const std::string& name : differences(address, model)) headers.emplace_back(names_[name], model[name]);
      if (!headers.empty()) wanted.emplace_back(address, std::move(headers));
    }
    mended_ = wanted.size();
    for (auto& [address, headers] : wanted) add_block(address, std::move(headers));
  }

  bool check_answers() {
    std::size_t errors = 0;
    if (mended_ == 0) return true;  // mend has just found no difference
    for (const auto& [address, path] : addresses_) {
      for (const std::string& name : differences(address, model_of(site_, path))) {
        if (++errors > kMostErrors) return false;
        error(rule_for(name, path), "host/cannot-say",
              host_names() + " cannot be told the header '" + names_[name] + "' of '" + address + "'",
              "give the file a name without '*' and ':', or the header a simpler path");
      }
    }
    return errors == 0;
  }

  // The rule that speaks of `name` and has more of a pattern than others that do: it is what is hard to say.
  [[nodiscard]] const HeaderRule* rule_for(const std::string& name, std::string_view path) const {
    const HeaderRule* out = nullptr;
    for (const HeaderRule& rule : site_.rules)
      if (to_lower_ascii(rule.name) == name && (matches_stars(rule.pattern, path) || !out)) out = &rule;
    return out;
  }

  [[nodiscard]] static bool says(const Block& block, const std::string& name) {
    return std::ranges::any_of(block.headers,
                               [&](const auto& said) { return equals_ascii_ci(said.first, to_lower_ascii(name)); });
  }

  bool check_limits() {
    if (!hosts_.cloudflare) return true;
    bool good = true;
    if (blocks_.size() > kMostBlocks) {
      // The rule that costs most is the one to change: that of the site whose addresses had to be named one by one.
      const HeaderRule* most = nullptr;
      std::size_t most_addresses = 0;
      for (const HeaderRule& rule : site_.rules) {
        if (!rule.of_site) continue;
        std::size_t addresses = 0;
        for (std::size_t i = blocks_.size() - std::min(mended_, blocks_.size()); i < blocks_.size(); ++i)
          addresses += says(blocks_[i], rule.name) && (matches_stars(rule.pattern, blocks_[i].pattern) ||
                                                       matches_stars(rule.pattern, blocks_[i].pattern + ".html"))
                           ? 1
                           : 0;
        if (addresses > most_addresses) std::tie(most, most_addresses) = std::pair(&rule, addresses);
      }
      error(most, "host/too-much",
            "_headers would have " + std::to_string(blocks_.size()) + " paths, and Cloudflare Pages reads " +
                std::to_string(kMostBlocks) +
                (most ? "; '" + most->pattern + "' needs " + count_of(most_addresses, "path", "paths") + " of its own"
                      : ""),
            "write fewer or simpler paths in [headers]: Cloudflare Pages knows one '*' a path, and shows pages without "
            ".html");
      good = false;
    }
    for (const Block& block : blocks_)
      for (const auto& [name, values] : block.headers)
        for (const std::string& value : values) {
          const std::size_t length = name.size() + 2 + value.size();
          if (length <= kLongestHeaderLine) continue;
          error(rule_for(to_lower_ascii(name), block.pattern), "host/too-much",
                "the header '" + name + "' for '" + block.pattern + "' is a line of " + std::to_string(length) +
                    " characters, and Cloudflare Pages ignores lines above " + std::to_string(kLongestHeaderLine),
                "name fewer or shorter sources, or take \"cloudflare\" out of 'hosts' in [build]");
          good = false;
        }
    return good;
  }

  const HostSite& site_;
  const PagesHosts hosts_;
  Diagnostics& found_;
  std::map<std::string, std::string> names_;                    // by lower case, as first written
  std::vector<std::pair<std::string, std::string>> addresses_;  // and the path that the model knows it by
  std::vector<Block> blocks_;
  std::size_t mended_ = 0;  // blocks at the end that are for one address
  bool folders_said_ = false;
};

// What Cloudflare Pages would pass over, without a word, of static/_redirects.
void check_own_redirects(const HostSite& site, Diagnostics& diagnostics) {
  const auto report = [&](std::string message, std::string hint) {
    diagnostics.error(whole_file("static/" + std::string(kRedirectsFile)), "host/too-much", std::move(message),
                      std::move(hint) + ", or take \"cloudflare\" out of 'hosts' in [build]");
  };
  std::size_t number = 0, plain = 0, patterns = 0;
  for (const std::string_view raw : split(site.own_redirects, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.size() > kLongestRedirectLine)
      report("line " + std::to_string(number) + " has " + std::to_string(line.size()) +
                 " characters, and Cloudflare Pages ignores lines above " + std::to_string(kLongestRedirectLine),
             "shorten it");
    const std::string_view from = line.substr(0, line.find_first_of(" \t"));
    // All that stand below a pattern count as patterns.
    const bool is_pattern =
        patterns > 0 || from.find('*') != std::string_view::npos || from.find("/:") != std::string_view::npos;
    ++(is_pattern ? patterns : plain);
  }
  if (patterns > kMostPatterns)
    report("from the first with '*' or ':' on, it has " + std::to_string(patterns) +
               " redirects, and Cloudflare Pages reads " + std::to_string(kMostPatterns) + " there",
           "put redirects without '*' and ':' above the others");
  if (plain > kMostRedirects)
    report("it has " + std::to_string(plain) + " redirects without '*' and ':', and Cloudflare Pages reads " +
               std::to_string(kMostRedirects),
           "put several of them into one with '*'");
}

}  // namespace

std::string write_headers_file(const HostSite& site, const PagesHosts& hosts, Diagnostics& diagnostics) {
  return HeadersWriter(site, hosts, diagnostics).write();
}

// A line is "FROM TO STATUS". The redirect page lies at FROM: Netlify shows a file rather than redirect, unless the status has a '!';
// Cloudflare always redirects, and ignores lines with a status that it does not know. So for both there are two lines, and each host
// takes its own: Netlify the first that matches, Cloudflare the one that it understands (it counts both).
//
// Aliases that a line cannot say ('*' and ":name" are patterns) or that are beyond Cloudflare's limits keep their redirect page.
std::string write_redirects_file(const HostSite& site, const PagesHosts& hosts, Diagnostics& diagnostics) {
  std::string out = host_file_head(site);
  out += "\n";
  std::size_t lines = 0, left_out = 0;
  if (hosts.cloudflare) check_own_redirects(site, diagnostics);
  for (const std::string_view line : split(site.own_redirects, '\n'))
    if (!trim(line).empty() && !trim(line).starts_with('#')) ++lines;
  for (const HostRedirect& redirect : site.redirects) {
    const auto colon = redirect.from.find(':');
    if (redirect.from.find('*') != std::string::npos || colon != std::string::npos) continue;
    std::string said;
    std::size_t more = 0;
    for (const std::string_view status : {"301!", "301"}) {
      if (!(status == "301" ? hosts.cloudflare : hosts.netlify)) continue;
      const std::string line = redirect.from + " " + redirect.to + " " + std::string(status);
      if (hosts.cloudflare && line.size() > kLongestRedirectLine) continue;
      said += line + "\n";
      ++more;
    }
    if (more == 0 || (hosts.cloudflare && lines + more > kMostRedirects)) {
      ++left_out;
      continue;
    }
    lines += more;
    out += said;
  }
  // Last, because patterns may be among them: Cloudflare counts all lines below a pattern as patterns.
  if (!site.own_redirects.empty()) out += "\n# From static/_redirects.\n" + site.own_redirects;
  if (left_out > 0)
    diagnostics.warning(
        site.place, "host/redirect-pages",
        count_of(left_out, "alias is", "aliases are") + " beyond what Cloudflare Pages reads from _redirects",
        "nothing breaks: there a page redirects, as on hosts that know no redirects");
  return out;
}

}  // namespace hardtop
