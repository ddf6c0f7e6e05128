// A site that is edited at random, for tests of updates: hundreds of edits of every kind that a producer makes, mistakes
// and their mending among them. The same seed gives the same edits.
#pragma once

#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/memory_site.h"

namespace hardtop::test {

class RandomSite {
 public:
  // `locked`: with a consent.lock that fits, as production wants it.
  explicit RandomSite(std::uint32_t seed, bool locked = false);

  // Does one edit, or several at once, and returns the paths that a watcher of folders would name.
  std::vector<std::string> edit();
  // Everything as it was at the last call of remember_good(): what `git checkout` does.
  std::vector<std::string> go_back();
  void remember_good() { good_ = files_; }

  [[nodiscard]] const FileMap& files() const { return files_; }    // "s/content/a.md"
  [[nodiscard]] const std::string& what() const { return what_; }  // the edits since the last call of edit()

 private:
  using Paths = std::vector<std::string>;
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  std::string word();
  std::string picture();
  std::string number() { return std::to_string(++number_); }
  Paths paths_like(const std::string& begin, const std::string& end) const;
  std::string some_page();  // below content/
  std::string link_to(const std::string& from);
  std::string paragraph(const std::string& from);
  std::string front_line(const std::string& from);
  void write(const std::string& path, std::string text);
  void remove(const std::string& path);
  void rename_folder(const std::string& from, const std::string& to);

  void edit_body();
  void edit_front();
  void add_page();
  void remove_page();
  void rename_page();
  void change_section();
  void change_template();
  void change_style();
  void change_static();
  void change_config();
  void change_consent();
  void change_words_and_data();
  void touch();
  void lock();

  std::mt19937 random_;
  const bool locked_;
  FileMap files_, good_;
  std::set<std::string> changed_;
  std::string what_;
  int number_ = 0;
};

}  // namespace hardtop::test
