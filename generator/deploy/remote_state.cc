#include "deploy/remote_state.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/paths.h"
#include "base/read_number.h"
#include "base/url.h"

namespace hardtop {

namespace {

constexpr std::string_view kMagic = "hardtop deploy ";
constexpr std::string_view kManifest = "manifest 1\n";
constexpr std::string_view kJournal = "journal 1\n";
constexpr std::string_view kLock = "lock 1\n";
constexpr std::string_view kEnd = "end";
constexpr std::size_t kUsualLine = 100;  // bytes

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

// The sets of headers that files have, in the order in which they are first met.
class HeaderSets {
 public:
  // Appends the line of a set that is new.
  std::size_t number_of(const std::string& headers, std::string& out) {
    const auto [at, added] = numbers_.try_emplace(headers, numbers_.size());
    if (added) out.append("headers ").append(headers).append("\n");
    return at->second;
  }

 private:
  std::map<std::string, std::size_t> numbers_;
};

void append_file(std::string& out, HeaderSets& sets, std::string_view word, const RemoteFile& file) {
  const std::string number = std::to_string(sets.number_of(file.headers, out));
  out.append(word).append(" ").append(number).append(" ").append(file.hash).append(" ");
  out.append(std::to_string(file.size)).append(" ").append(file.path).append("\n");
}

// Takes the first word off.
std::string_view next_word(std::string_view& line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, space);
  line.remove_prefix(std::min(space + 1, line.size()));
  return word;
}

// What is removed and uploaded is named here: a path must stay below the remote's.
bool is_good_path(std::string_view path) { return !path.empty() && path[0] != '/' && normalize_path(path) == path; }

struct Reader {
  std::vector<std::string> sets;

  bool read_file(std::string_view line, RemoteFile& file) const {
    std::size_t set = 0;
    if (!read_number(next_word(line), set) || set >= sets.size()) return false;
    file.hash = next_word(line);
    if (!read_number(next_word(line), file.size)) return false;
    file.headers = sets[set];
    file.path = line;
    return is_good_path(file.path);
  }
};

std::string from_dash(std::string_view text) { return text == "-" ? "" : std::string(text); }

bool read_manifest_line(Reader& reader, std::string_view word, std::string_view rest, RemoteManifest& out) {
  if (word == "file") return reader.read_file(rest, out.files.emplace_back());
  if (word == "headers") return reader.sets.emplace_back(rest), true;
  if (word == "number") return read_number(rest, out.number);
  if (word == "id") return out.id = rest, !rest.empty();
  if (word == "time") return read_number(rest, out.time);
  if (word == "previous") return out.previous = from_dash(rest), true;
  RetiredFile retired;
  if (word != "retired" || !read_number(next_word(rest), retired.day) || !reader.read_file(rest, retired.file))
    return false;
  out.retired.push_back(std::move(retired));
  return true;
}

bool read_journal_line(Reader& reader, std::string_view word, std::string_view rest, Journal& out) {
  if (word == "file") return reader.read_file(rest, out.written.emplace_back());
  if (word == "headers") return reader.sets.emplace_back(rest), true;
  if (word == "removed") return out.removed.emplace_back(rest), is_good_path(rest);
  if (word == "id") return out.id = rest, !rest.empty();
  if (word == "from") return out.from = from_dash(rest), true;
  if (word == "to") return out.to = from_dash(rest), true;
  if (word == "restores") return out.restores = from_dash(rest), true;
  return false;
}

bool read_lock_line(std::string_view word, std::string_view rest, DeployLock& out) {
  if (word == "id") return out.id = rest, !rest.empty();
  if (word == "who") return out.who = rest, true;
  if (word == "time") return read_number(rest, out.time);
  if (word == "machine") return out.machine = rest, true;
  if (word == "process") return read_number(rest, out.process);
  return false;
}

// Calls `read` with every line up to "end", and takes them all off; false where one is wrong or "end" is missing. "id" comes first and once: a
// text that is cut off in the middle of a line may be followed by another, and the two would pass for one.
template <typename ReadLine>
bool read_lines(std::string_view& text, ReadLine read) {
  std::size_t ids = 0;
  for (;;) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line == kEnd) return ids == 1;
    const std::string_view word = next_word(line);
    if (word == "id") ++ids;
    if (ids > 1 || (ids == 0 && word != "number") || !read(word, line)) return false;
  }
}

// "manifest 2\n": what a later version writes.
bool is_of_later_version(std::string_view text) {
  const std::string_view kind = next_word(text);
  std::uint64_t version = 0;
  return (kind == "manifest" || kind == "journal" || kind == "lock") &&
         read_number(text.substr(0, text.find('\n')), version) && version > 1;
}

bool note_leftover(RemoteState& state) {
  state.has_leftovers = true;
  return false;
}

// Reads one text behind its magic word, and takes it off; false where it is not whole.
bool read_text(std::string_view& text, RemoteState& state) {
  Reader reader;
  if (text.starts_with(kManifest)) {
    text.remove_prefix(kManifest.size());
    RemoteManifest manifest;
    if (!read_lines(text, [&](auto word, auto rest) { return read_manifest_line(reader, word, rest, manifest); }))
      return note_leftover(state);
    const auto age = [](const RemoteManifest& each) { return std::tie(each.number, each.id); };
    state.has_leftovers = state.has_leftovers || state.manifest.has_value();
    if (!state.manifest || age(*state.manifest) < age(manifest)) state.manifest = std::move(manifest);
  } else if (text.starts_with(kJournal)) {
    text.remove_prefix(kJournal.size());
    Journal journal;
    if (!read_lines(text, [&](auto word, auto rest) { return read_journal_line(reader, word, rest, journal); }))
      return note_leftover(state);
    state.journals.push_back(std::move(journal));
  } else if (text.starts_with(kLock)) {
    text.remove_prefix(kLock.size());
    DeployLock lock;
    if (!read_lines(text, [&](auto word, auto rest) { return read_lock_line(word, rest, lock); })) return false;
    state.locks.push_back(std::move(lock));
  } else {
    state.is_newer = state.is_newer || is_of_later_version(text);
    return false;
  }
  return true;
}

}  // namespace

std::string format_manifest(const RemoteManifest& manifest) {
  std::string out(kMagic);
  out.reserve((manifest.files.size() + 8) * kUsualLine);
  out.append(kManifest);
  out.append("number ").append(std::to_string(manifest.number)).append("\n");
  out.append("id ").append(manifest.id).append("\n");
  out.append("time ").append(std::to_string(manifest.time)).append("\n");
  out.append("previous ").append(or_dash(manifest.previous)).append("\n");
  HeaderSets sets;
  for (const RemoteFile& file : manifest.files) append_file(out, sets, "file", file);
  for (const RetiredFile& retired : manifest.retired)
    append_file(out, sets, "retired " + std::to_string(retired.day), retired.file);
  return out.append(kEnd).append("\n");
}

std::string format_journal(const Journal& journal) {
  std::string out(kMagic);
  out.append(kJournal);
  out.append("id ").append(journal.id).append("\n");
  out.append("from ").append(or_dash(journal.from)).append("\n");
  out.append("to ").append(or_dash(journal.to)).append("\n");
  if (!journal.restores.empty()) out.append("restores ").append(journal.restores).append("\n");
  HeaderSets sets;
  for (const RemoteFile& file : journal.written) append_file(out, sets, "file", file);
  for (const std::string& path : journal.removed) out.append("removed ").append(path).append("\n");
  return out.append(kEnd).append("\n");
}

std::string format_lock(const DeployLock& lock) {
  std::string out(kMagic);
  out.append(kLock);
  out.append("id ").append(lock.id).append("\n");
  out.append("who ").append(lock.who).append("\n");
  out.append("time ").append(std::to_string(lock.time)).append("\n");
  out.append("machine ").append(or_dash(lock.machine)).append("\n");
  out.append("process ").append(std::to_string(lock.process)).append("\n");
  return out.append(kEnd).append("\n");
}

RemoteState parse_remote_state(std::string_view texts) {
  RemoteState state;
  for (std::size_t at = texts.find(kMagic); at != std::string_view::npos; at = texts.find(kMagic)) {
    texts.remove_prefix(at + kMagic.size());
    std::string_view rest = texts;
    if (read_text(rest, state)) texts = rest;
  }
  std::ranges::sort(state.journals, {}, &Journal::id);
  std::ranges::sort(state.locks, [](const DeployLock& a, const DeployLock& b) {
    return std::tie(a.time, a.id) < std::tie(b.time, b.id);
  });
  return state;
}

}  // namespace hardtop
