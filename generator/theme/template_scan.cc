// Where the tags are, and what is wrong with them. Two steps: the text is cut into tags, with the delimiters in force
// at each; then openings and closings of sections are matched, in such a way that one mistake gives one error.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "theme/template_parse.h"

namespace hardtop {

namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

struct SectionTag {
  bool opens = false;
  std::string_view name;  // empty: the missing name is reported already
  Place place;
  std::string_view open, close;  // the delimiters in force
};

class Scanner {
 public:
  Scanner(const SourcePtr& source, TemplateErrors& errors) : source_(source), text_(source->text), errors_(errors) {}

  bool run(std::vector<TagRange>& tags) {
    for (std::size_t at = text_.find(open_); at != std::string_view::npos; at = text_.find(open_, at)) {
      if (!read_tag(at, tags)) return false;
    }
    match_sections();
    return !failed_;
  }

 private:
  // Moves `at` behind the tag that begins there. False where nothing behind it can be understood.
  bool read_tag(std::size_t& at, std::vector<TagRange>& tags) {
    const std::size_t begin = at;
    std::size_t content = begin + open_.size();
    const bool braces = open_ == "{{" && close_ == "}}";
    const bool triple = braces && content < text_.size() && text_[content] == '{';
    if (triple) ++content;
    const std::string_view close = triple ? "}}}" : close_;
    const std::size_t content_end = text_.find(close, content);
    if (triple && check_triple(at, content, content_end)) return true;
    if (content_end == std::string_view::npos) {
      fail_syntax(line_rest(begin), "this tag is not closed: '" + std::string(close) + "' is missing",
                  "write '" + std::string(close) + "' after the name");
      return false;
    }

    const std::size_t end = content_end + close.size();
    const Place place{source_, begin, end - begin};
    at = end;
    const std::string_view inside = trim(text_.substr(content, content_end - content));
    const char sigil = inside.empty() || triple ? '\0' : inside.front();
    if (inside.starts_with('=')) return change_delimiters(inside, place, tags);

    const bool has_sigil = sigil != '\0' && std::string_view("#^/>&!").find(sigil) != std::string_view::npos;
    const std::string_view name = has_sigil ? trim(inside.substr(1)) : inside;
    const std::size_t name_begin = name.empty() ? content : static_cast<std::size_t>(name.data() - text_.data());
    tags.push_back({begin, end, name_begin, name_begin + name.size()});
    if (sigil == '!') return true;
    const std::size_t next = open_ == close_ ? name.npos : name.find(open_);
    if (sigil == '#' || sigil == '^' || sigil == '/')
      sections_.push_back({sigil != '/', trim(name.substr(0, next)), place, open_, close_});
    if (name.empty())
      fail_syntax(place, "this tag has no name", "write a name before '" + std::string(close) + "', or remove the tag");
    if (next != name.npos) {
      at = name_begin + next;
      fail_syntax({source_, begin, trimmed_end(begin, at) - begin}, "this tag is not closed before the next one begins",
                  "write '" + std::string(close) + "' after the name");
    }
    return true;
  }

  // Reports a {{{ that is closed by }} only, and moves `at` behind it.
  bool check_triple(std::size_t& at, std::size_t content, std::size_t content_end) {
    const std::size_t two = text_.find("}}", content);
    if (two == std::string_view::npos || two == content_end) return false;
    fail_syntax({source_, at, two + 2 - at}, "a tag that begins with '{{{' ends with '}}}'",
                "write {{{" + std::string(trim(text_.substr(content, two - content))) + "}}}");
    at = two + 2;
    return true;
  }

  bool change_delimiters(std::string_view inside, const Place& place, std::vector<TagRange>& tags) {
    const auto refuse = [&] {
      fail_syntax(place, "a change of delimiters holds two new delimiters, separated by a space, without '='",
                  "write it like {{=<% %>=}}");
      return false;
    };
    if (inside.size() < 5 || inside.back() != '=' || text_.substr(place.offset, place.length).starts_with("{{{"))
      return refuse();
    const std::string_view pair = trim(inside.substr(1, inside.size() - 2));
    const std::size_t space = pair.find(' ');
    if (space == std::string_view::npos) return refuse();
    const std::string_view open = pair.substr(0, space), close = pair.substr(pair.find_first_not_of(' ', space));
    for (const std::string_view delimiter : {open, close})
      if (delimiter.find('=') != delimiter.npos || delimiter.find_first_of(kSpace) != delimiter.npos) return refuse();
    open_ = open;
    close_ = close;
    tags.push_back({place.offset, place.offset + place.length, 0, 0});
    return true;
  }

  void match_sections() {
    std::map<std::string_view, std::size_t> closings_left;
    for (const SectionTag& tag : sections_) closings_left[tag.name] += tag.opens ? 0 : 1;
    std::map<std::string_view, std::size_t> crossed;  // reported as not closed although a closing tag comes, too late

    std::vector<const SectionTag*> open;
    for (const SectionTag& tag : sections_) {
      if (tag.opens) {
        open.push_back(&tag);
        if (open.size() > kMaxTemplateDepth) {
          fail(tag.place, "template/too-deep",
               "sections are nested more than " + std::to_string(kMaxTemplateDepth) + " deep",
               "put fewer sections inside each other");
          return;
        }
        continue;
      }

      --closings_left[tag.name];
      const SectionTag* top = open.empty() ? nullptr : open.back();
      if (top && (top->name == tag.name || top->name.empty() || tag.name.empty())) {
        open.pop_back();
      } else if (std::any_of(open.begin(), open.end(), [&](const auto* o) { return o->name == tag.name; })) {
        for (; open.back()->name != tag.name; open.pop_back()) {
          if (open.back()->name.empty()) continue;
          fail_unclosed(*open.back(),
                        {{tag.place, "the section around it, '" + std::string(tag.name) + "', ends here"}});
          if (closings_left[open.back()->name] != 0) ++crossed[open.back()->name];
        }
        open.pop_back();
      } else if (top && closings_left[top->name] == 0) {
        const std::string wanted(top->name);
        fail(tag.place, "template/unopened-section",
             "'" + std::string(tag.name) + "' is closed here, but the open section is '" + wanted + "'",
             "write " + closing_of(*top), {{top->place, "'" + wanted + "' is opened here"}});
        open.pop_back();
      } else if (crossed[tag.name] != 0) {
        --crossed[tag.name];
      } else if (!tag.name.empty()) {
        fail(tag.place, "template/unopened-section",
             "the section '" + std::string(tag.name) + "' is closed here, but not open",
             "remove this tag, or open the section before it");
      }
    }
    for (const SectionTag* tag : open)
      if (!tag->name.empty()) fail_unclosed(*tag, {});
  }

  void fail_unclosed(const SectionTag& tag, std::vector<Note> notes) {
    fail(tag.place, "template/unclosed-section", "the section '" + std::string(tag.name) + "' is not closed",
         "write " + closing_of(tag) + " where it ends", std::move(notes));
  }
  [[nodiscard]] static std::string closing_of(const SectionTag& tag) {
    return std::string(tag.open) + "/" + std::string(tag.name) + std::string(tag.close);
  }

  // What stands from `begin` to the end of its line, or to the next tag in it.
  [[nodiscard]] Place line_rest(std::size_t begin) const {
    std::size_t end = std::min(text_.find('\n', begin), text_.find(open_, begin + open_.size()));
    end = trimmed_end(begin, std::min(end, text_.size()));
    return {source_, begin, std::max(end - begin, open_.size())};
  }
  [[nodiscard]] std::size_t trimmed_end(std::size_t begin, std::size_t end) const {
    return begin + (trim(text_.substr(begin, end - begin)).size());
  }

  void fail(const Place& place, std::string_view id, std::string message, std::string hint,
            std::vector<Note> notes = {}) {
    failed_ = true;
    errors_.error(place, id, std::move(message), std::move(hint), std::move(notes));
  }
  void fail_syntax(const Place& place, std::string message, std::string hint) {
    fail(place, "template/syntax", std::move(message), std::move(hint));
  }

  const SourcePtr& source_;
  std::string_view text_;
  TemplateErrors& errors_;
  std::string_view open_ = "{{", close_ = "}}";
  std::vector<SectionTag> sections_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<TagRange>> scan_template(const SourcePtr& source, TemplateErrors& errors) {
  std::vector<TagRange> tags;
  if (!Scanner(source, errors).run(tags)) return std::nullopt;
  return tags;
}

}  // namespace hardtop
