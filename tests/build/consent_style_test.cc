// The style sheet of the consent parts, as each theme of this project ships it.
#include <doctest/doctest.h>

#include <cstdio>
#include <string>

#include "base/diagnostic_format.h"
#include "base/files.h"
#include "build/assets.h"

using namespace hardtop;

namespace {

std::string consent_css(const Files& files, const std::string& site_dir, const std::string& theme_name) {
  Diagnostics found;
  const auto theme = load_theme(files, site_dir, theme_name, whole_file("site.toml"), found);
  REQUIRE(theme);
  const std::vector<Asset> assets = compile_assets(*theme, {.asks = true}, found);
  CHECK(to_text(found) == "");
  for (const Asset& asset : assets)
    if (asset.name == "css_consent") return asset.file.bytes;
  return "";
}

// Bytes after gzip -9, as a CDN sends it.
std::size_t gzipped_size(const std::string& text) {
  const std::string path = "consent-style-test.css";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  REQUIRE(file);
  CHECK(std::fwrite(text.data(), 1, text.size(), file) == text.size());
  std::fclose(file);
  std::FILE* gzip = popen(("gzip -9nc " + path).c_str(), "r");
  REQUIRE(gzip);
  std::size_t size = 0;
  while (std::fgetc(gzip) != EOF) ++size;
  CHECK(pclose(gzip) == 0);
  std::remove(path.c_str());
  return size;
}

}  // namespace

TEST_CASE("the style sheet of the consent parts takes a kilobyte at most") {
  const DiskFiles disk;
  for (const std::string theme : {"default", "mini"}) {
    CAPTURE(theme);
    const std::string css = consent_css(disk, HARDTOP_SOURCE_DIR "/site", theme);
    const std::size_t size = gzipped_size(css);
    MESSAGE("consent.css of " << theme << ": " << css.size() << " bytes, " << size << " after gzip");
    CHECK(size > 500);
    CHECK(size <= 1024);
  }
}

TEST_CASE("it is compiled for sites that ask, and templates may name it in any case") {
  const MemoryFiles files(std::map<std::string, std::string>{});
  Diagnostics found;
  const auto theme = load_theme(files, "s", "default", whole_file("site.toml"), found);
  REQUIRE(theme);
  const auto names = asset_names(*theme);
  CHECK(std::find(names.begin(), names.end(), "css_consent") != names.end());
  const auto assets = compile_assets(*theme, {.asks = false}, found);
  REQUIRE(assets.size() == 1);
  CHECK(assets[0].name == "css_main");
}

TEST_CASE("a theme changes variables, colours and rules without copying the style sheet") {
  const MemoryFiles files({{"s/themes/t/styles/_consent-settings.scss", "$consent-radius: 7px; $consent-fixed: true;"},
                           {"s/themes/t/styles/_consent-custom.scss", ".consent-title { color: teal; }"},
                           {"s/themes/t/styles/_consent-tokens.scss", ":root { --consent-paper: transparent; }"},
                           {"s/themes/t/theme.toml", "[consent.light]\npaper = \"#ABC\"\n"},
                           {"s/theme.toml", "[consent.dark]\nbutton_ink = \"#012345\"\n"}});
  const std::string css = consent_css(files, "s", "t");
  CHECK(css.starts_with(":root{--consent-paper: #abc;--consent-ink: #23201c;"));
  // A paper for both schemes need not be said twice.
  CHECK(css.find("@media screen and (prefers-color-scheme: dark){:root{--consent-ink: #e8e4dc;") != std::string::npos);
  CHECK(css.find("--consent-button-ink: #012345") != std::string::npos);
  CHECK(css.find("transparent;--consent") == std::string::npos);
  CHECK(css.find("border-radius:7px") != std::string::npos);
  CHECK(css.find("position:fixed") != std::string::npos);
  CHECK(css.find(".consent-title{color:teal}") != std::string::npos);
}
