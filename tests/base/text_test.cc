#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hardtop;

TEST_CASE("the first byte that is not UTF-8 is found") {
  constexpr std::size_t kValid = static_cast<std::size_t>(-1);
  struct Row {
    std::string text;
    std::size_t offset;
  };
  const std::vector<Row> rows = {
      {"", kValid},
      {"plain text that is longer than eight bytes", kValid},
      {"é€\U0001F600", kValid},
      {std::string("a\0b", 3), kValid},
      {"\x7F", kValid},
      {"\xC2\x80 \xDF\xBF", kValid},
      {"\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF", kValid},
      {"\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF", kValid},
      {"abc\xFF", 3},
      {"\x80", 0},
      {"a\xC3", 1},             // cut short
      {"a\xE2\x82", 1},         //
      {"a\xF0\x9F\x98", 1},     //
      {"\xC0\x80", 0},          // too long for what they say
      {"\xC1\xBF", 0},          //
      {"\xE0\x9F\xBF", 0},      //
      {"\xF0\x8F\xBF\xBF", 0},  //
      {"\xED\xA0\x80", 0},      // a surrogate
      {"\xF4\x90\x80\x80", 0},  // past U+10FFFF
      {"\xF5\x80\x80\x80", 0},  //
      {"12345678\xC3(", 8},     // behind the first eight
      {"1234567\xC3\xA4"
       "9\xFF",
       10},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(first_invalid_utf8(row.text).value_or(kValid) == row.offset);
  }
}

TEST_CASE("text is escaped for HTML") {
  CHECK(escape_html("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
  CHECK(escape_html("").empty());
  CHECK(escape_html("nothing to do: é") == "nothing to do: é");
  std::string out = "x";
  append_escaped_html(out, "&");
  CHECK(out == "x&amp;");
}

TEST_CASE("a slug keeps the letters, marks and digits of every script") {
  struct Row {
    std::string text, slug;
  };
  const std::vector<Row> rows = {
      {"Crème Brûlée & Co.", "crème-brûlée-co"},
      {"Hello, World!", "hello-world"},
      {"  --a__b--  ", "a-b"},
      {"C++20", "c-20"},
      {"don't", "don-t"},
      {"!!!", ""},
      {"", ""},
      {"ÄÖÜ STRASSE Straße", "äöü-strasse-strasse"},
      {"Ｆｕｌｌ ﬁ ①", "full-fi-1"},  // compatibility forms
      {"e\xCC\x81t\xC3\xA9", "été"},  // composed and decomposed are one
      {"co\xC2\xADop", "coop"},       // soft hyphen
      {"日本語 タイトル", "日本語-タイトル"},
      {"हिन्दी", "हिन्दी"},  // vowel signs are marks
      {"Привет, мир", "привет-мир"},
      {"👍 ok", "ok"},
      {"é\xFFx", "é-x"},  // a file name may hold any bytes
      {"\xFF\xFE", ""},
      {"İ", "i\xCC\x87"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(slugify(row.text) == row.slug);
  }
}

TEST_CASE("a slug's slug is itself") {
  for (const char* text : {"Crème Brûlée & Co.", "Ｆｕｌｌ ﬁ ①", "ÄÖÜ Straße", "हिन्दी", "İstanbul", "C++20"}) {
    CAPTURE(text);
    CHECK(slugify(slugify(text)) == slugify(text));
  }
}

TEST_CASE("small helpers") {
  CHECK(to_lower_ascii("ABC-ÄxZ[") == "abc-Äxz[");
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(trim("").empty());
  CHECK(split("a,b,,c", ',') == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split(",", ',') == std::vector<std::string_view>{"", ""});
}

TEST_CASE("names are ordered as people look for them: accents and case count last") {
  std::vector<std::string> names = {"Zubehör", "apfel",  "Äpfel",   "Ablage", "iPhone", "zu", "Étude",
                                    "etwa",    "Straße", "Strasse", "Apfel",  "कि",     "का"};
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return compare_names(a, b) < 0; });
  CHECK(names == std::vector<std::string>{"Ablage", "Apfel", "apfel", "Äpfel", "Étude", "etwa", "iPhone", "Strasse",
                                          "Straße", "zu", "Zubehör", "का", "कि"});
  CHECK(compare_names("a", "a") == 0);
  CHECK(compare_names("a", "A") != 0);
  CHECK(fold_for_order("Crème BRÛLÉE 2") == "creme brulee 2");
}

TEST_CASE("bytes are written as hexadecimal digits, and text in quotes") {
  CHECK(to_hex(std::string_view("\0\x7F\xFFz", 4)) == "007fff7a");
  CHECK(to_hex("") == "");
  CHECK(quoted("a b") == "'a b'");
}

TEST_CASE("the width of text is what a terminal shows") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("äöü") == 3);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("👍") == 2);
  CHECK(display_width("\xFF") == 1);
}

TEST_CASE("counts name one thing or many, with thousands grouped") {
  struct Row {
    std::size_t n;
    const char* text;
  };
  for (const Row& row : std::vector<Row>{{0, "0 pages"},
                                         {1, "1 page"},
                                         {2, "2 pages"},
                                         {999, "999 pages"},
                                         {1000, "1,000 pages"},
                                         {10'000, "10,000 pages"},
                                         {1'234'567, "1,234,567 pages"}}) {
    CHECK(count_of(row.n, "page", "pages") == row.text);
  }
}
