// How Netlify and Cloudflare Pages read a path in _headers: neither as header_rules.h does. hardtop asks this before it writes a rule,
// and again for every file of the site afterwards.
//
// Cloudflare Pages (https://developers.cloudflare.com/pages/configuration/headers/; its rules engine is public, cloudflare/workers-sdk,
// packages/pages-shared/asset-server/rulesEngine.ts): '*' stands for any characters, '/' too, and may stand once, or the rule is
// dropped; ":name" is a placeholder, one or more characters but '/'. Compared with the path as it is sent, percent-encoded.
//
// Netlify (https://docs.netlify.com/manage/routing/headers/; its parser is public, netlify/build, packages/headers-parser/src/
// for_regexp.ts): parts between slashes. A part that begins with ':' is one part of any name. A part that is '*' is any characters, and the
// slash before it may be missing. Another part with '*' has any characters there, and what regular expressions mean by the rest: '.' is
// any character. All others mean themselves. A slash at the end may be there or not. Letters of either case are the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hardtop {

class HostPattern {
 public:
  // Nothing where the host drops the rule, or reads something into it that this does not model.
  [[nodiscard]] static std::optional<HostPattern> for_cloudflare(std::string_view pattern);
  [[nodiscard]] static std::optional<HostPattern> for_netlify(std::string_view pattern);

  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  enum class Kind : std::uint8_t { character, any_one, any, part, maybe_slash };
  struct Token {
    Kind kind;
    char c = 0;
  };
  std::vector<Token> tokens_;
  bool any_case_ = false;
};

}  // namespace hardtop
