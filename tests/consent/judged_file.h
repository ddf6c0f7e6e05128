// What the tests of files that are not HTML share: a site with two services, `films` that needs a decision and `shop` that is
// necessary, and what was found in a file as text.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "consent/gate_files.h"
#include "consent/services.h"

namespace judged_file {

using namespace hardtop;

inline const ConsentConfig& config() {
  static const ConsentConfig kConfig = [] {
    const auto service = [](std::string id, std::vector<std::string> hosts, bool necessary, std::string stored) {
      Service made;
      made.id = std::move(id);
      made.hosts = std::move(hosts);
      made.necessary = necessary;
      made.stored.emplace_back().name = std::move(stored);
      return made;
    };
    ConsentConfig made;
    made.services = {service("films", {"films.example", "*.films.example"}, false, "seen"),
                     service("shop", {"shop.example"}, true, "basket*")};
    return made;
  }();
  return kConfig;
}

inline const Services& services() {
  static const Url kBase = *parse_url("https://site.example/docs/");
  static const Services kServices(config(), kBase);
  return kServices;
}

// What was found, a line each: "error ID at 'bytes': message; hint", "storage X at 'bytes'", "host X", "needs N", "source D X",
// "import X".
inline std::string text_of(const JudgedFile& judged, std::string_view file) {
  const auto bytes = [&](std::size_t offset, std::size_t length) {
    CHECK(offset + length <= file.size());
    return " at '" + std::string(file.substr(offset, length)) + "'";
  };
  constexpr const char* kDirectives[] = {"script",  "style",    "img",    "font",   "media",      "frame",
                                         "connect", "manifest", "object", "worker", "form-action"};
  std::string out;
  for (const GateProblem& problem : judged.problems) {
    std::string hint = problem.hint;
    if (problem.id == "consent/undeclared-host") {
      const std::size_t quote = problem.message.find('\'') + 1;
      const std::string host = problem.message.substr(quote, problem.message.rfind('\'') - quote);
      CHECK(hint == Services::lines_to_paste(host));
      hint = "LINES";
    }
    out += problem.id.substr(8) + bytes(problem.offset, problem.length) + ": " + problem.message + "; " + hint + "\n";
  }
  for (const FileUse& use : judged.facts.uses)
    out +=
        (use.kind == FileUse::Kind::storage ? "storage " : "host ") + use.what + bytes(use.offset, use.length) + "\n";
  for (const ServiceIndex index : judged.facts.necessary) out += "necessary " + std::to_string(index) + "\n";
  for (const auto& [directive, source] : judged.facts.sources)
    out += "source " + std::string(kDirectives[static_cast<int>(directive)]) + " " + source + "\n";
  for (const std::string& path : judged.facts.imports) out += "import " + path + "\n";
  return out;
}

struct Row {
  std::string text;
  std::string found;
};

inline std::string undeclared(const std::string& bytes, const std::string& host = "px.example") {
  return "undeclared-host at '" + bytes + "': no service declares the host '" + host + "'; LINES\n";
}

inline std::string waits(const std::string& bytes, const std::string& what, const std::string& hint,
                         const std::string& host = "films.example") {
  return "cannot-gate at '" + bytes + "': " + what + " loads from '" + host +
         "', and cannot wait for a choice; it belongs to the service 'films'; " + hint + "\n";
}

// What a script that names a host may do with it.
inline std::string counts(const std::string& source) {
  return "source connect " + source + "\nsource img " + source + "\n";
}

inline std::string header_waits(const std::string& bytes) {
  return waits(bytes, "this header", "remove it, or put it into the pages as markup, where it is gated");
}

}  // namespace judged_file
