// A site with three services for tests of the gate: `films` and `ads` need a decision, `pay` is necessary.
#pragma once

#include <string>
#include <string_view>

#include "consent/gate.h"

namespace gate_fixture {

using namespace hardtop;

inline const ConsentConfig& config() {
  static const ConsentConfig kConfig = [] {
    ConsentConfig config;
    const auto add = [&](std::string id, std::vector<std::string> hosts, bool necessary) {
      Service service;
      service.id = id;
      service.name = "The " + id;
      service.hosts = std::move(hosts);
      service.necessary = necessary;
      config.services.push_back(service);
    };
    add("films", {"films.example", "img.films.example"}, false);
    add("ads", {"*.ads.example", "ads.example"}, false);
    add("pay", {"pay.example"}, true);
    config.services[1].opt_out_url = "https://ads.example/out?a=1&b=2";
    config.form_endpoints = {"https://forms.example"};
    return config;
  }();
  return kConfig;
}

inline const Services& services() {
  static const Url kBase = *parse_url("https://example.org/shop/");
  static const Services kServices(config(), kBase);
  return kServices;
}

inline GateSite site() {
  return {
      services(),
      "/shop/privacy.html",
      [](std::string_view url) -> const FileFacts* {
        static const FileFacts kCounter{
            "counter.js", {{FileUse::Kind::storage, "localStorage", kNoService, 0, 1}}, {}, {}, {}};
        static const FileFacts kLoader{"loader.js", {}, {"/shop/counter.js"}, {}, {}};
        static const FileFacts kSheet{
            "films.css", {{FileUse::Kind::host, "films.example", 0, 0, 1}}, {}, {{CspDirective::font, "data:"}}, {}};
        static const FileFacts kCalls{"calls-films.js", {{FileUse::Kind::host, "films.example", 0, 0, 1}}, {}, {}, {}};
        return url == "/shop/counter.js"       ? &kCounter
               : url == "/shop/calls-films.js" ? &kCalls
               : url == "/shop/loader.js"      ? &kLoader
               : url == "/shop/films.css"      ? &kSheet
                                               : nullptr;
      },
      [](const Placeholder& p) {
        const char* kind = p.kind == Placeholder::Kind::frame   ? "frame"
                           : p.kind == Placeholder::Kind::video ? "video"
                                                                : "image";
        return "<span class=\"consent-placeholder\" data-service=\"" + services()[p.service].id + "\">" + kind + " " +
               std::to_string(p.width) + "x" + std::to_string(p.height) + (p.small ? " small" : "") + " " + p.title +
               " <a href=\"" + p.url + "\">open</a></span>";
      },
      "own()",
      [](std::string_view url) {
        return url == "/shop/data.txt" || url == "/shop/app.json" || url == "/shop/counter.js" ||
               url == "/shop/films.css";
      }};
}

inline GatedHtml gate(std::string_view html, GateMode mode = GateMode::document, ServiceIndex service = kNoService) {
  const GateSite at = site();
  return gate_html(at, html, "/shop/page.html", mode, service);
}

// "id: message" a line; nothing where there is no problem.
inline std::string problems(const GatedHtml& gated) {
  std::string out;
  for (const GateProblem& problem : gated.problems) {
    if (!out.empty()) out += "\n";
    out += problem.id + ": " + problem.message;
  }
  return out;
}

// The document as it is published, or its problems.
inline std::string published(std::string_view html, GateMode mode = GateMode::document,
                             ServiceIndex service = kNoService) {
  const GatedHtml gated = gate(html, mode, service);
  return gated.problems.empty() ? apply_edits(html, gated.edits) : problems(gated);
}

}  // namespace gate_fixture
