// TemplateData::stamp: one number for all that the templates of a page see. What is read by no template counts, too: a page
// made once too often is no mistake. Objects that all pages share are counted once, ahead.
#include "base/hash.h"
#include "build/template_data.h"

namespace hardtop {

namespace {

template <typename Number>
void append_number(std::string& out, Number number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_value(std::string& out, const Value& value);

void append_object(std::string& out, const Object& object) {
  append_number(out, object.fields().size());
  for (const auto& [name, value] : object.fields()) {
    append_number(out, name.hash);
    append_value(out, value);
  }
}

void append_value(std::string& out, const Value& value) {
  out += static_cast<char>(value.kind());
  switch (value.kind()) {
    case Value::Kind::absent:
      break;
    case Value::Kind::flag:
      out += value.is_on() ? '1' : '0';
      break;
    case Value::Kind::text:
    case Value::Kind::html:
      append_number(out, value.string().size());
      out += value.string();
      break;
    case Value::Kind::object:
      append_object(out, *value.as_object());
      break;
    case Value::Kind::list:
      append_number(out, value.as_list()->size());
      for (const Value& item : *value.as_list()) append_value(out, item);
      break;
  }
}

}  // namespace

void TemplateData::prepare_stamps() {
  shared_stamps_.clear();
  Scratch scratch;
  fill_site(0, scratch);
  const auto add = [&](const Object& object) {
    std::string all;
    append_object(all, object);
    shared_stamps_[&object] = hash64(all);
  };
  for (const auto& [name, value] : scratch.root.fields())
    if (const Object* object = value.as_object()) add(*object);
  add(*plain_menus_);
  // The others are these, with the links active that lead to the page's address.
  const std::string plain = std::to_string(shared_stamps_[plain_menus_]) + " ";
  for (const auto& [url, menus] : menus_by_url_)
    if (menus != plain_menus_) shared_stamps_[menus] = hash64(plain + url);
}

std::uint64_t TemplateData::stamp(const OutputJob& job, const Body& body) const {
  Scratch scratch;
  fill(job, body, scratch);
  std::string all;
  all.reserve(2048);
  for (const auto& [name, value] : scratch.root.fields()) {
    append_number(all, name.hash);
    const auto shared = shared_stamps_.find(value.as_object());
    if (shared != shared_stamps_.end())
      append_number(all, shared->second);
    else
      append_value(all, value);
  }
  return hash64(all);
}

}  // namespace hardtop
