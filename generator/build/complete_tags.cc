#include "build/complete_tags.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "base/read_number.h"
#include "base/text.h"
#include "base/url.h"
#include "consent/gate_values.h"

namespace hardtop {

namespace {

std::string value_of(const HtmlToken& token, std::string_view name) {
  const HtmlAttribute* attribute = token.find(name);
  return attribute ? decode_attribute(attribute->raw_value) : std::string();
}

// A number of pixels as HTML's valid non-negative integers are; nothing for others, and for what no image has.
std::optional<std::uint32_t> pixels(const HtmlAttribute& attribute) {
  const std::string_view text = trim(attribute.raw_value);
  std::uint32_t number = 0;
  if (!read_number(text, number) || number == 0 || number > 1'000'000) return std::nullopt;
  return number;
}

std::uint32_t in_proportion(std::uint32_t length, std::uint32_t of, std::uint32_t to) {
  const double other = std::round(static_cast<double>(length) * to / of);
  return static_cast<std::uint32_t>(std::clamp(other, 1.0, 1e9));
}

// Whether a style attribute decides about the size.
bool says_size(std::string_view style) {
  const std::string text = to_lower_ascii(style);
  return std::ranges::any_of(std::array{"width", "height", "size", "ratio"},
                             [&](const char* word) { return text.find(word) != std::string::npos; });
}

std::string dimension(const char* name, std::uint32_t pixels) {
  return std::string(" ") + name + "=\"" + std::to_string(pixels) + "\"";
}

bool is_photo_name(std::string_view path) {
  const std::string ending = ending_of(path);
  return std::ranges::any_of(std::array{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"},
                             [&](const char* one) { return ending == one; });
}

// Whether a style sheet says one of the sizes of such an image, and leaves the other to the image.
bool is_sized_by_class(const ImageStyles& styles, std::string_view classes) {
  for (const std::string_view word : split_words(classes))
    if ((!styles.height_auto && std::ranges::binary_search(styles.narrowed_classes, word)) ||
        (!styles.width_auto && std::ranges::binary_search(styles.height_classes, word)))
      return true;
  return false;
}

// SRI, 3.3.3 and 3.3.5: of the digests that browsers know, those of the strongest algorithm count, and one that fits will do.
struct Digests {
  std::string_view algorithm;  // "sha384"; empty: none that browsers know
  std::vector<std::string_view> values;
};
Digests strongest(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kAlgorithms = {"sha256", "sha384", "sha512"};
  Digests out;
  for (std::string_view word : split_words(text)) {
    const std::size_t dash = word.find('-');
    const auto known = std::ranges::find_if(
        kAlgorithms, [&](std::string_view one) { return equals_ascii_ci(word.substr(0, dash), one); });
    if (dash == std::string_view::npos || known == kAlgorithms.end() || *known < out.algorithm) continue;
    if (*known > out.algorithm) out = {*known, {}};
    word = word.substr(dash + 1);
    out.values.push_back(word.substr(0, word.find('?')));  // options come behind
  }
  return out;
}

}  // namespace

bool is_image_name(std::string_view path) { return is_photo_name(path) || ending_of(path) == ".svg"; }

void TagCompleter::see_tag(const HtmlToken& token, std::uint32_t target) {
  if (token.foreign) return;
  if (token.kind == HtmlToken::Kind::end_tag) {
    if (equals_ascii_ci(token.name, "picture")) in_picture_ = false;
    return;
  }
  switch (token.name.size()) {
    case 3:
      if (equals_ascii_ci(token.name, "img")) image(token, target);
      return;
    case 4:
      if (target != kNone && equals_ascii_ci(token.name, "link")) link(token, target);
      return;
    case 6:
      if (target == kNone) return;
      if (equals_ascii_ci(token.name, "script")) {
        if (const HtmlAttribute* src = token.find("src")) loads(token, *src, target);
      } else if (in_picture_ && options_.image_sizes && equals_ascii_ci(token.name, "source")) {
        const HtmlAttribute* srcset = token.find("srcset");
        if (srcset && !token.find("width") && !token.find("height")) sources_.push_back({srcset->end, target});
      }
      return;
    default:
      in_picture_ = in_picture_ || equals_ascii_ci(token.name, "picture");
      if (equals_ascii_ci(token.name, "picture")) sources_.clear();
  }
}

void TagCompleter::link(const HtmlToken& token, std::uint32_t target) {
  const HtmlAttribute* href = token.find("href");
  const std::string rel = value_of(token, "rel");
  const bool is_sheet = has_word(rel, "stylesheet");
  if (!href) return;
  bool compares = is_sheet || has_word(rel, "modulepreload");
  if (!compares && has_word(rel, "preload")) {
    const std::string as = to_lower_ascii(value_of(token, "as"));
    compares = as == "script" || as == "style";
  }
  if (!compares) return;
  if (is_sheet && out_.sheets.back() == 0 && !has_word(rel, "alternate") && !token.find("disabled") &&
      !token.find("data-service")) {
    const std::string media = to_lower_ascii(trim(value_of(token, "media")));
    if (const std::uint64_t path = files_.made_path(target);
        path != 0 && (media.empty() || media == "all" || media == "screen"))
      *std::ranges::find(out_.sheets, 0U) = path;
  }
  loads(token, *href, target);
}

void TagCompleter::loads(const HtmlToken& token, const HtmlAttribute& url, std::uint32_t target) {
  if (const HtmlAttribute* written = token.find("integrity")) {
    if (const auto file = files_.find(target)) check(*written, *file, target);
    return;
  }
  if (!options_.integrity || files_.made_path(target) == 0) return;
  const std::string_view raw = url.raw_value;
  const bool is_usual = raw.size() > 1 && raw[0] == '/' && raw[1] >= 'a' && raw[1] <= 'z';  // a path
  if (!is_usual && names_a_host(decode_attribute(url.raw_value))) return;
  const std::string& integrity = files_.integrity(target);
  if (!integrity.empty()) out_.integrity.push_back({url.end, url.end, " integrity=\"" + integrity + "\""});
}

void TagCompleter::check(const HtmlAttribute& attribute, const PublishedFile& file, std::uint32_t target) {
  const std::string value = decode_attribute(attribute.raw_value);
  if (trim(value).empty()) return;
  const Digests digests = strongest(value);
  const auto problem = [&](std::string message, std::string hint) {
    // A value without quotes may be empty, and so have no place of its own.
    out_.problems.push_back({static_cast<std::size_t>(attribute.raw_value.data() - html_.data()),
                             attribute.raw_value.size(), "build/wrong-integrity", std::move(message), std::move(hint)});
  };
  if (file.is_made) {
    const std::string& right = files_.integrity(target);
    if (digests.algorithm == "sha384" && std::ranges::any_of(digests.values, [&](std::string_view one) {
          return right == "sha384-" + std::string(one);
        }))
      return;
    return problem("this integrity is not that of /" + file.path + ", so browsers would not load it",
                   "remove the attribute: hardtop makes this file, and writes its integrity when it publishes");
  }
  ask(file, target);
  const std::string algorithm(digests.algorithm.empty() ? "sha384" : digests.algorithm);
  const std::string right = files_.digest(target, algorithm);
  if (right.empty()) return;  // it cannot be read, which is reported where it is copied
  const std::string hint = "write integrity=\"" + algorithm + "-" + right + "\", or remove the attribute";
  if (digests.algorithm.empty())
    return problem("this integrity names no digest that browsers know, so nothing is checked", hint);
  if (std::ranges::find(digests.values, right) == digests.values.end())
    problem("this integrity is not that of /" + file.path + ", so browsers would not load it", hint);
}

void TagCompleter::ask(const PublishedFile& file, std::uint32_t target) {
  note_asked(asked_, NameKind::bytes, file.path);
  out_.files.push_back(target);
}

ImageSize TagCompleter::size_of(std::uint32_t target) {
  const auto file = files_.find(target);
  if (!file || file->is_made) return {ImageSize::Is::unsized};
  ask(*file, target);
  const ImageSize size = files_.image_size(target);
  if (size.is == ImageSize::Is::no_image && is_photo_name(file->path)) out_.broken.push_back(target);
  return size;
}

void TagCompleter::image(const HtmlToken& token, std::uint32_t target) {
  const std::vector<Source> sources = in_picture_ ? std::exchange(sources_, {}) : std::vector<Source>();
  in_picture_ = false;  // what follows the <img> is not read
  if (target == kNone || !options_.image_sizes) return;
  const HtmlAttribute *src = token.find("src"), *width = token.find("width"), *height = token.find("height");
  if (!src || (width && height)) return;
  if (const HtmlAttribute* style = token.find("style"); style && says_size(decode_attribute(style->raw_value))) return;
  if (options_.styles && is_sized_by_class(*options_.styles, value_of(token, "class"))) return;
  const auto given_width = width ? pixels(*width) : std::nullopt,
             given_height = height ? pixels(*height) : std::nullopt;
  if ((width && !given_width) || (height && !given_height)) return;  // "50%", "auto"
  const ImageSize size = size_of(target);
  if (size.is != ImageSize::Is::sized) return;
  for (const Source& source : sources) {
    const ImageSize own = size_of(source.target);
    if (own.is != ImageSize::Is::sized) continue;
    const double ratio = static_cast<double>(size.width) / size.height,
                 other = static_cast<double>(own.width) / own.height;
    if (width || height || std::abs(other / ratio - 1) < 0.01) continue;
    out_.sizes.push_back({source.at, source.at, dimension("width", own.width) + dimension("height", own.height)});
  }
  std::string text;
  if (!width) text += dimension("width", height ? in_proportion(*given_height, size.height, size.width) : size.width);
  if (!height) text += dimension("height", width ? in_proportion(*given_width, size.width, size.height) : size.height);
  out_.sizes.push_back({src->end, src->end, std::move(text)});
}

CompletedTags TagCompleter::finish() {
  for (std::vector<std::uint32_t>* numbers : {&out_.files, &out_.broken}) {
    std::ranges::sort(*numbers);
    numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
  }
  return std::move(out_);
}

void add_tag_edits(GatedHtml& gated, CompletedTags& tags) {
  std::erase_if(tags.sizes, [&](const Edit& edit) {
    return std::ranges::any_of(gated.records, [&](const GateRecord& record) {
      return edit.begin >= record.offset && edit.begin < record.offset + record.length;
    });
  });
  if (tags.integrity.empty() && tags.sizes.empty()) return;
  std::vector<Edit> own, all;
  const auto before = [](const Edit& a, const Edit& b) { return a.begin < b.begin; };
  own.reserve(tags.integrity.size() + tags.sizes.size());
  all.reserve(gated.edits.size() + own.capacity());
  const auto merge = [&](std::vector<Edit>& a, std::vector<Edit>& b, std::vector<Edit>& to) {
    std::merge(std::make_move_iterator(a.begin()), std::make_move_iterator(a.end()), std::make_move_iterator(b.begin()),
               std::make_move_iterator(b.end()), std::back_inserter(to), before);
  };
  merge(tags.integrity, tags.sizes, own);
  merge(gated.edits, own, all);
  gated.edits = std::move(all);
}

}  // namespace hardtop
