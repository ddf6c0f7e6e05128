// kainjow's own renderer as an oracle: random templates and data, rendered by both. Left out is where its renderer
// differs from mustache/spec (two section tags on one line, a standalone section that is not shown, standalone
// partials, comments and delimiters, dotted names over several contexts, `.` directly in an inverted section), and
// where hardtop differs on purpose: empty text is falsy.
#include <doctest/doctest.h>

#include <deque>
#include <kainjow/mustache.hpp>

#include "support/effort.h"
#include "theme/template_parse.h"
#include "theme/template_support.h"

namespace hardtop {

namespace {

namespace mustache = kainjow::mustache;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2654435769u + 1) {}
  std::size_t below(std::size_t n) {  // xorshift64*
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::size_t>((state_ * 2685821657736338717ull) >> 33) % n;
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T, std::size_t N>
  const T& pick(const T (&choices)[N]) {
    return choices[below(N)];
  }

 private:
  std::uint64_t state_;
};

const char* const kNames[] = {"a", "b", "c", "d", "e", "main", "first"};

// The same data for both.
struct Both {
  mustache::data theirs{mustache::data::type::object};
  Value ours;
};

class DataMaker {
 public:
  explicit DataMaker(Random& random) : random_(random) {}

  // The outermost context: `yes` is always shown, `no` never, and no inner context has either.
  Both make_root() {
    Both root = make_object(3);
    Object& object = objects_.front();
    Both yes = make_object(1);
    if (random_.one_in(2)) {
      yes = {mustache::data(mustache::data::type::list), {}};
      List& list = lists_.emplace_back();
      for (std::size_t n = 1 + random_.below(3); n > 0; --n) {
        const Both item = make_object(1);
        yes.theirs.push_back(item.theirs);
        list.push_back(item.ours);
      }
      yes.ours = Value::list(list);
    }
    root.theirs.set("yes", yes.theirs);
    root.theirs.set("no", mustache::data(false));
    object.set("yes", yes.ours);
    object.set("no", Value::flag(false));
    return root;
  }

 private:
  Both make_object(int depth) {
    Both both;
    Object& object = objects_.emplace_back();
    for (const char* name : kNames) {
      if (random_.one_in(4)) continue;
      const Both value = make(depth);
      both.theirs.set(name, value.theirs);
      object.set(name, value.ours);
    }
    both.ours = Value::object(object);
    return both;
  }

  Both make(int depth) {
    switch (random_.below(depth > 0 ? 5 : 3)) {
      case 0:
        return {mustache::data(true), Value::flag(true)};
      case 1:
        return {mustache::data(false), Value::flag(false)};
      case 2: {
        const char* const texts[] = {"x", "two words", "<&>\"", "a\nb", "{{a}}", "ünï"};
        const char* const text = random_.pick(texts);
        return {mustache::data(text), Value::text(text)};
      }
      case 3:
        return make_object(depth - 1);
      default: {
        Both both{mustache::data(mustache::data::type::list), {}};
        List& list = lists_.emplace_back();
        for (std::size_t n = random_.below(4); n > 0; --n) {
          const Both item = random_.one_in(4) ? make(0) : make_object(depth - 1);
          both.theirs.push_back(item.theirs);
          list.push_back(item.ours);
        }
        both.ours = Value::list(list);
        return both;
      }
    }
  }

  Random& random_;
  std::deque<Object> objects_;
  std::deque<List> lists_;
};

class TemplateMaker {
 public:
  explicit TemplateMaker(Random& random) : random_(random) {}

  std::string make() {
    text_.clear();
    add_content(3);
    return text_;
  }

 private:
  void add_content(int depth) {
    const char* const pieces[] = {"word", " ",  "\n",  "  indented", "\r\n", "\t", "<p class=\"x\">",
                                  "}",    "{ ", "ß\n", "}}"};
    for (std::size_t n = random_.below(6); n > 0; --n) {
      switch (random_.below(depth > 0 ? 6 : 4)) {
        case 0:
          text_ += std::string("[{{") + (random_.one_in(3) ? " " : "") + name() + "}}]";
          break;
        case 1:
          text_ += random_.one_in(2) ? "-{{{" + name() + "}}}" : "-{{& " + name() + " }}";
          break;
        case 2:
          text_ += "x{{! a {{ comment }}";
          break;
        case 3:
          text_ += random_.pick(pieces);
          break;
        default:
          add_section(depth);
      }
    }
  }

  // Tags with text beside them; or each alone on its line.
  void add_section(int depth) {
    if (random_.one_in(2)) {
      const std::string of = name();
      const bool inverted = random_.one_in(3);
      text_ += (inverted ? "({{^" : "({{#") + of + "}}=";
      const bool outer = std::exchange(has_dot_, !inverted);
      add_content(depth - 1);
      has_dot_ = outer;
      text_ += "={{/" + of + "}})";
    } else {
      const bool inverted = random_.one_in(3);
      const std::string before = random_.one_in(2) ? ".\n  " : ".\n", after = random_.one_in(2) ? " \r\n" : "\n";
      text_ += before + (inverted ? "{{^no}}" : "{{#yes}}") + after;
      const bool outer = std::exchange(has_dot_, !inverted);
      add_content(depth - 1);
      has_dot_ = outer;
      text_ += before + (inverted ? "{{/no}}" : "{{/yes}}") + after;
    }
  }

  std::string name() { return has_dot_ && random_.one_in(8) ? "." : random_.pick(kNames); }

  Random& random_;
  std::string text_;
  bool has_dot_ = true;
};

// Whether the marks tell the truth about `out`, byte for byte where it is literal text.
bool marks_fit(const std::vector<OutputMark>& marks, std::string_view out) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const OutputMark& mark = marks[i];
    const std::size_t end = i + 1 < marks.size() ? marks[i + 1].output_offset : out.size();
    if (end < mark.output_offset || (i == 0 && mark.output_offset != 0)) return false;
    const std::string_view written =
        std::string_view(mark.place.source->text).substr(mark.place.offset, mark.place.length);
    if (mark.name.empty() && written != out.substr(mark.output_offset, end - mark.output_offset)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("random templates print what kainjow's renderer prints") {
  std::size_t printed = 0;
  const int templates = test::rounds(10'000);
  for (int seed = 1; seed <= templates; ++seed) {
    Random random(static_cast<std::uint64_t>(seed));
    const std::string text = TemplateMaker(random).make();
    DataMaker maker(random);
    const Both data = maker.make_root();

    mustache::mustache theirs(text);
    theirs.set_custom_escape([](const std::string& s) { return mustache::html_escape(s); });
    REQUIRE(theirs.is_valid());
    const std::string expected = theirs.render(data.theirs);
    Diagnostics diagnostics;
    const auto compiled = compile({{"test", text}}, "test", nullptr, diagnostics);
    REQUIRE(compiled);
    std::string found, marked;
    run_template(*compiled, data.ours, found);
    std::vector<OutputMark> marks;
    run_template_with_marks(*compiled, *data.ours.as_object(), marked, marks);
    if (found != expected) {
      CAPTURE(seed);
      CAPTURE(text);
      REQUIRE(found == expected);
    }
    REQUIRE(marked == found);
    REQUIRE(marks_fit(marks, found));
    printed += found.size();
  }
  CHECK(printed > 20 * static_cast<std::size_t>(templates));  // the templates are not mostly silent
}

TEST_CASE("what passes the scan is what kainjow's parser accepts, and its tags begin where the scan found them") {
  const char* const pieces[] = {"{{",     "}}",          "{{{",         "}}}",       "#",  "/",      "^",      "a",
                                "b",      "!",           "&",           ">",         " ",  "\n",     "x",      "{",
                                "}",      "{{=<% %>=}}", "<%={{ }}=%>", "<%",        "%>", "{{#a}}", "{{/a}}", "{{b}}",
                                "{{^b}}", "{{/b}}",      "=",           "{{=| |=}}", "|"};
  std::size_t accepted = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= 50'000; ++seed) {
    Random random(seed);
    std::string text;
    for (std::size_t n = 1 + random.below(9); n > 0; --n) text += random.pick(pieces);

    Diagnostics diagnostics;
    TemplateErrors errors(diagnostics);
    const SourcePtr source = make_source("t", text);
    const auto tags = scan_template(source, errors);
    const auto tree = parse_template(source, errors);

    CAPTURE(text);
    REQUIRE(tags.has_value() == !diagnostics.has_errors());
    REQUIRE(tree.has_value() == tags.has_value());
    (tags ? accepted : refused) += 1;
    if (!tags) continue;  // stricter than kainjow: tags without a name, tags that hold another's beginning

    std::string message;
    mustache::context<std::string> no_data;
    mustache::context_internal<std::string> context(no_data);
    mustache::component<std::string> root;
    const mustache::parser<std::string> parser(text, context, root, message);
    REQUIRE(message == "");
    std::vector<std::size_t> begins;
    root.walk_children([&](mustache::component<std::string>& component) {
      if (!component.is_text()) begins.push_back(component.position);
      return mustache::component<std::string>::walk_control::walk;
    });
    for (const std::size_t begin : begins)
      REQUIRE(std::any_of(tags->begin(), tags->end(), [&](const TagRange& tag) { return tag.begin == begin; }));
  }
  CHECK(accepted > 5'000);
  CHECK(refused > 5'000);
}

}  // namespace hardtop
