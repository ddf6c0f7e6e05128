// nginx, two files or three:
//   nginx-http.conf     for the http block: variables that hold the headers of the address that is asked for
//   nginx-server.conf   for the server block: sends them, redirects aliases, shows the site's 404 page
// and, for sites with .br files,
//   nginx-brotli.conf   for the server block: sends these. In a file of its own, because a server without the module, which Debian has
//                       in a package of its own, does not start with a directive that it does not know
//
// Why variables: an add_header in a location switches off all of the server's (ngx_http_headers_module), so that a rule for one path
// would lose the policy of all. A `map` is worked out when its variable is used, by the first of its regular expressions that
// matches (ngx_http_map_module), so the greatest rank stands first; a header whose variable is empty is not sent. `always`
// sends headers with errors and redirects, too.
//
// What is asked for is $uri, decoded, which nginx changes when it shows a folder's index.html or the 404 page: the first is changed
// back, the second is sent with the 404 page's own headers.
//
// A compressed file is sent with the headers and the type of the file that was asked for: $uri stays what it was. gzip_vary has it say
// "Vary: Accept-Encoding", with and without compression, for files that have a .gz or .br beside them.
//
// Content-Type is nginx's own and would be sent twice by add_header: a location without mime types has it as its default_type.
//
// nginx's words are 4,096 bytes at most (ngx_conf_file.c, NGX_CONF_BUFFER), '$' in values begins a variable and cannot be escaped:
// it comes from a variable of its own.
#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/html.h"
#include "base/text.h"
#include "base/url.h"
#include "build/hosts.h"

namespace hardtop {

namespace {

constexpr std::size_t kLongestWord = 4000;

// In double quotes: ngx_conf_read_token takes \" and \\ for what they say.
std::string nginx_word(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

class NginxWriter {
 public:
  NginxWriter(const HostSite& site, Diagnostics& found)
      : site_(site),
        found_(found),
        prefix_("$hardtop_" + hash128_hex(site.base_url).substr(0, 6) + "_"),
        dollar_("${" + prefix_.substr(1) + "dollar}") {}

  NginxFiles write() {
    NginxFiles out;
    write_headers();
    const std::string not_found = interpolated(decode_percent(site_.base_path) + "404.html");
    out.http = host_file_head(site_) +
               "# Include this file in the http block of nginx, outside of all server blocks, before the server that "
               "includes\n"
               "# nginx-server.conf.\n\n";
    if (uses_dollar_) out.http += "geo " + prefix_ + "dollar {\n  default \"$\";\n}\n\n";
    if (!maps_.empty())
      out.http += "# The address that was asked for: nginx has put index.html behind that of a folder.\nmap $uri " +
                  prefix_ + "path {\n  default $uri;\n  \"~(?s)^(?<" + prefix_.substr(1) +
                  "folder>.*/)index\\.html\\z\" " + prefix_ + "folder;\n}\n" + maps_;

    out.server = host_file_head(site_) + "# Include this file in a server block. " + root_text() +
                 "#\n"
                 "# nginx forgets these add_header lines in every location that has an add_header of its own: copy "
                 "them there.\n\n"
                 "index index.html;\n"
                 "absolute_redirect off;\n";
    if (site_.has_not_found) out.server += "error_page 404 " + not_found + ";\n";
    out.server += compression(out.brotli) + "\n" + adds_;
    out.server += "\n# What hardtop deploy notes here.\nlocation ^~ " +
                  nginx_word(decode_percent(site_.base_path) + std::string(kNotes) + "/") + " { return 404; }\n";
    if (!locations_.empty()) out.server += "\n" + locations_;
    if (!site_.redirects.empty()) out.server += "\n# Aliases.\n";
    for (const HostRedirect& redirect : site_.redirects)
      out.server += "location = " + nginx_word(decode_percent(site_.base_path + redirect.from.substr(1))) +
                    " { return 301 " + nginx_word(without_dollars(redirect.to)) + "; }\n";
    return out;
  }

 private:
  [[nodiscard]] std::string root_text() const {
    if (site_.base_path == "/") return "Its root is the output folder.\n";
    return "The output folder is the folder " + site_.base_path.substr(0, site_.base_path.size() - 1) +
           "\n# of the server's root.\n";
  }

  // Which of the compressed files nginx may send in place of others.
  [[nodiscard]] std::string compression(std::string& brotli) const {
    const auto has = [this](Encoding encoding) {
      return std::ranges::find(site_.encodings, encoding) != site_.encodings.end();
    };
    if (has(Encoding::brotli))
      brotli =
          host_file_head(site_) +
          "# Include this file beside nginx-server.conf where nginx has the module ngx_http_brotli_static: it is not "
          "part of\n"
          "# nginx. Debian: apt-get install libnginx-mod-http-brotli-static\n\n"
          "brotli_static on;\n";
    if (site_.encodings.empty()) return "";
    std::string out =
        "# The site has compressed files beside its own: they are sent in their place to who takes them.\n";
    if (has(Encoding::gzip)) out += "gzip_static on;\n";
    return out + "gzip_vary on;\n";
  }

  // In a URL's path "%24" is the same.
  static std::string without_dollars(std::string_view url) {
    std::string out;
    for (const char c : url) out += c == '$' ? std::string("%24") : std::string(1, c);
    return out;
  }

  // Where nginx looks for variables.
  std::string interpolated(std::string_view text) {
    std::string out;
    for (const char c : nginx_word(text)) {
      if (c != '$') {
        out += c;
        continue;
      }
      out += dollar_;
      uses_dollar_ = true;
    }
    return out;
  }

  std::string value(const HostValues& group, const std::string& text) {
    std::string out = interpolated(text);
    if (out.size() > kLongestWord)
      found_.error(place_of(site_, *group.rule), "host/too-much",
                   "the header '" + group.name + "' for '" + group.pattern + "' has " + std::to_string(out.size()) +
                       " bytes, and nginx takes " + std::to_string(kLongestWord),
                   "name fewer or shorter sources, or take \"nginx\" out of 'hosts' in [build]");
    return out;
  }

  // One header, from one variable for each of the values that it may have at a time.
  void write_variables(const std::string& name, const std::vector<const HostValues*>& groups) {
    std::size_t most = 0;
    for (const HostValues* group : groups) most = std::max(most, group->values.size());
    for (std::size_t i = 0; i < most; ++i) {
      if (groups.size() == 1 && groups[0]->pattern == "/*" && site_.base_path == "/") {
        adds_ += "add_header " + name + " " + value(*groups[0], groups[0]->values[i]) + " always;\n";
        continue;
      }
      const std::string variable = prefix_ + std::to_string(++variables_);
      maps_ += "\n# " + name + "\nmap " + prefix_ + "path " + variable + " {\n  default \"\";\n";
      for (auto group = groups.rbegin(); group != groups.rend(); ++group)
        maps_ += "  \"~" + path_regex(site_.base_path, (*group)->pattern) + "\" " +
                 (i < (*group)->values.size() ? value(**group, (*group)->values[i]) : "\"\"") + ";\n";
      maps_ += "}\n";
      adds_ += "add_header " + name + " " + variable + " always;\n";
    }
  }

  void write_headers() {
    const std::vector<HostValues> all = grouped(site_.rules);
    std::map<std::string, std::vector<const HostValues*>> by_name;
    for (const HostValues& group : all)
      if (!group.beside) by_name[to_lower_ascii(group.name)].push_back(&group);
    for (const auto& [name, groups] : by_name) {
      if (name == "content-type")
        write_types(groups);
      else
        write_variables(groups.back()->name, groups);
    }
    for (const HostValues& group : all)
      if (group.beside) write_variables(group.name, {&group});
  }

  // The first of such locations that matches is taken, and it has the server's headers: it adds none.
  void write_types(const std::vector<const HostValues*>& groups) {
    locations_ += "# Content-Type.\n";
    for (auto group = groups.rbegin(); group != groups.rend(); ++group)
      locations_ += "location ~ \"" + path_regex(site_.base_path, (*group)->pattern) + "\" { types { } default_type " +
                    type_value(**group) + "; }\n";
  }

  std::string type_value(const HostValues& group) {
    const std::string& type = group.values.back();
    if (type.find('$') != std::string::npos)
      found_.error(place_of(site_, *group.rule), "host/cannot-say",
                   "nginx has no way to write the Content-Type '" + type + "'", "write it without '$'");
    return nginx_word(type);
  }

  const HostSite& site_;
  Diagnostics& found_;
  const std::string prefix_, dollar_;
  std::string maps_, adds_, locations_;
  std::size_t variables_ = 0;
  bool uses_dollar_ = false;
};

}  // namespace

NginxFiles write_nginx_files(const HostSite& site, Diagnostics& diagnostics) {
  return NginxWriter(site, diagnostics).write();
}

}  // namespace hardtop
