// cmark-gfm is not made for threads (cmark_document.cc): what eight of them write must be what one writes.
#include <doctest/doctest.h>

#include <numeric>
#include <thread>

#include "content/markdown.h"

namespace hardtop {

namespace {

// Documents that differ, with every extension's characters in the places where a lost one shows.
std::string document(int number) {
  const std::string n = std::to_string(number);
  std::string text = "# Page " + n + " ~~old~~\n\nSee www.a" + n + ".example and https://b.example/" + n +
                     " or mail c" + n + "@d.example, ~~not~~ *this* `~~code~~` [^1].\n\n";
  if (number % 2 == 0) text += "| a | b |\n|:-:|--:|\n| ~~" + n + "~~ | www.x.example |\n\n";
  if (number % 3 == 0) text += "- [x] [link](p" + n + ".md)\n- [ ] ww ww. : ~ ~~ a:b\n\n";
  if (number % 5 == 0) text += "> quote\n>\n> ```{x}\n> k = " + n + "\n> ```\n\n";
  if (number % 7 == 0) text += std::string(1'000, 'w') + "\n\n";
  return text + "[^1]: note " + n + "\n";
}

std::string render(int number) {
  const auto resolve = [](const LinkUse& use) -> std::optional<std::string> {
    return std::to_string(use.place.offset) + "-" + std::string(use.destination);
  };
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", document(number)), 0, {}, resolve, diagnostics);
  if (!body) return "error";
  std::string out = body->summary_html + std::to_string(body->words);
  for (const BodyPart& part : body->parts) {
    out += part.kind == BodyPart::Kind::html ? part.html : "[" + part.name + std::to_string(part.params.size()) + "]";
  }
  for (const Heading& heading : body->headings) out += heading.id + heading.html;
  return out;
}

}  // namespace

TEST_CASE("eight threads over thousands of documents write what one thread writes") {
  constexpr int kDocuments = 500, kThreads = 8, kRounds = 3;
  std::vector<std::string> expected;
  for (int i = 0; i < kDocuments; ++i) expected.push_back(render(i));
  std::vector<int> wrong(kThreads, 0);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kRounds * kDocuments; ++i) {
          const int number = (i * 7 + thread * 61) % kDocuments;
          wrong[thread] += render(number) != expected[number];
        }
      });
    }
  }
  CHECK(std::accumulate(wrong.begin(), wrong.end(), 0) == 0);
}

}  // namespace hardtop
