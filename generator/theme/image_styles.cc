#include "theme/image_styles.h"

#include <algorithm>
#include <iterator>

#include "base/css_tokens.h"
#include "base/text.h"

namespace hardtop {

namespace {

using Kind = CssToken::Kind;

// What one rule says, by its declarations.
struct Block {
  bool is_rule = false;  // else @media and the like, whose rules are read too
  bool of_images = false;
  std::string selector;
  std::vector<std::string> classes;
  bool width = false, width_auto = false, height = false, height_auto = false;
  bool narrows = false, limits_height = false;  // max-width, max-height
};

class Reader {
 public:
  explicit Reader(std::string_view css) : css_(css) {}

  ImageStyles read() {
    CssTokenizer tokenizer(css_);
    for (CssToken token; tokenizer.next(token);) {
      if (token.is('{')) {
        open();
      } else if (token.is('}')) {
        declaration();
        close();
      } else if (token.is(';')) {
        declaration();
      } else {
        part_.push_back(token);
      }
    }
    while (!blocks_.empty()) {
      declaration();
      close();
    }
    for (auto* classes : {&out_.narrowed_classes, &out_.height_classes}) {
      std::ranges::sort(*classes);
      classes->erase(std::unique(classes->begin(), classes->end()), classes->end());
    }
    return std::move(out_);
  }

 private:
  void open() {
    Block block;
    std::size_t first = 0;
    while (first < part_.size() && part_[first].kind == Kind::white_space) ++first;
    block.is_rule = first < part_.size() && part_[first].kind != Kind::at_keyword;
    if (block.is_rule) {
      block.selector = std::string(trim(css_.substr(part_[first].begin, part_.back().end - part_[first].begin)));
      selectors(block);
    }
    part_.clear();
    blocks_.push_back(std::move(block));
  }

  // Of each selector of the list, what its last compound names: "img" and classes, those in :is(…) with it.
  void selectors(Block& block) {
    int depth = 0;
    std::vector<std::string> classes;
    bool names_image = false, names_other = false, after_space = false;
    const auto end_selector = [&] {
      block.of_images = block.of_images || names_image;
      if (!names_other || names_image) block.classes.insert(block.classes.end(), classes.begin(), classes.end());
    };
    const auto begin_compound = [&] {
      classes.clear();
      names_image = names_other = after_space = false;
    };
    for (std::size_t i = 0; i < part_.size(); ++i) {
      const CssToken& token = part_[i];
      if (token.kind == Kind::function || token.is('(') || token.is('[')) ++depth;
      if (token.is(')') || token.is(']')) --depth;
      if (depth == 0 && token.is(',')) {
        end_selector();
        begin_compound();
        continue;
      }
      if (depth == 0 && token.kind == Kind::white_space) {
        after_space = true;
        continue;
      }
      if (depth == 0 && (after_space || token.is('>') || token.is('+') || token.is('~'))) begin_compound();
      after_space = false;
      if (token.kind != Kind::ident) continue;
      const bool is_class = i > 0 && part_[i - 1].is('.'), is_pseudo = i > 0 && part_[i - 1].is(':');
      if (is_class)
        classes.push_back(token.text);
      else if (!is_pseudo)
        (to_lower_ascii(token.text) == "img" ? names_image : names_other) = true;
    }
    end_selector();
  }

  void declaration() {
    const auto is_text = [](const CssToken& token) { return token.kind != Kind::white_space; };
    const auto name = std::ranges::find_if(part_, is_text);
    if (!blocks_.empty() && blocks_.back().is_rule && name != part_.end() && name->kind == Kind::ident) {
      const std::string property = to_lower_ascii(name->text);
      auto value = std::find_if(name + 1, part_.end(), is_text);
      if (value != part_.end() && value->is(':')) value = std::find_if(value + 1, part_.end(), is_text);
      if (value != part_.end()) note(blocks_.back(), property, *value);
    }
    part_.clear();
  }

  static void note(Block& block, const std::string& property, const CssToken& value) {
    const std::string word = value.kind == Kind::ident ? to_lower_ascii(value.text) : std::string();
    const bool is_auto = word == "auto";
    if (property == "width" || property == "inline-size") (is_auto ? block.width_auto : block.width) = true;
    if (property == "height" || property == "block-size") (is_auto ? block.height_auto : block.height) = true;
    if (word == "none") return;
    if (property == "max-width" || property == "max-inline-size") block.narrows = true;
    if (property == "max-height" || property == "max-block-size") block.limits_height = true;
  }

  void close() {
    if (blocks_.empty()) return;
    const Block block = std::move(blocks_.back());
    blocks_.pop_back();
    if (!block.is_rule) return;
    // Where the other is said beside it, that is the author's own proportion, or "auto".
    const bool narrows = (block.width || block.narrows) && !block.height && !block.height_auto;
    const bool height_alone = (block.height || block.limits_height) && !block.width && !block.width_auto;
    const auto add = [&](std::vector<std::string>& to) {
      to.insert(to.end(), block.classes.begin(), block.classes.end());
    };
    if (narrows) add(out_.narrowed_classes);
    if (height_alone) add(out_.height_classes);
    if (!block.of_images) return;
    out_.height_auto = out_.height_auto || block.height_auto;
    out_.width_auto = out_.width_auto || block.width_auto;
    if (!block.classes.empty()) return;  // an image with this class is known by it
    if (narrows && out_.narrowing.empty()) out_.narrowing = block.selector;
    if (height_alone && out_.height_alone.empty()) out_.height_alone = block.selector;
  }

  const std::string_view css_;
  std::vector<CssToken> part_;  // since the last of '{', '}' and ';'
  std::vector<Block> blocks_;
  ImageStyles out_;
};

}  // namespace

ImageStyles read_image_styles(std::string_view css) { return Reader(css).read(); }

void add_image_styles(ImageStyles& to, const ImageStyles& more) {
  if (to.narrowing.empty()) to.narrowing = more.narrowing;
  if (to.height_alone.empty()) to.height_alone = more.height_alone;
  to.height_auto = to.height_auto || more.height_auto;
  to.width_auto = to.width_auto || more.width_auto;
  const auto unite = [](std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::ranges::set_union(a, b, std::back_inserter(both));
    a = std::move(both);
  };
  unite(to.narrowed_classes, more.narrowed_classes);
  unite(to.height_classes, more.height_classes);
}

}  // namespace hardtop
