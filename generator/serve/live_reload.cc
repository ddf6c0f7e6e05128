#include "serve/live_reload.h"

#include <algorithm>
#include <array>
#include <random>

#include "base/json_text.h"
#include "base/media_types.h"
#include "base/percent.h"
#include "base/read_number.h"

namespace hardtop {

namespace {

// A JSON text from elsewhere may be written over several lines: a line end outside of strings means nothing, and inside there is none.
std::string on_one_line(std::string_view json) {
  std::string line(json);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

std::string make_event(std::string_view name, std::string_view version, std::string_view data) {
  std::string event = "event: ";
  event.append(name).append("\nid: ").append(version).append("\ndata: ").append(data).append("\n\n");
  return event;
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.name(name).open('[');
  for (const std::string& text : texts) json.text(text);
  json.close(']');
}

bool is_style(std::string_view output) { return media_type_of(output).starts_with("text/css"); }

// What a page loads and does not look like itself without. Data that scripts fetch is not among them: a search index changes with every
// page, and would reload all of them.
bool is_part_of_pages(std::string_view output) {
  static constexpr std::array<std::string_view, 6> kParts = {"image/", "font/",           "audio/",
                                                             "video/", "text/javascript", "application/wasm"};
  const std::string_view type = media_type_of(output);
  return std::ranges::any_of(kParts, [&](std::string_view part) { return type.starts_with(part); });
}

std::string random_instance() {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device random;
  std::string name;
  for (int i = 0; i < 8; ++i) name += kLetters[random() % kLetters.size()];
  return name;
}

}  // namespace

LiveChange names_of(const SiteChange& change) {
  LiveChange names;
  names.changed.reserve(change.files.size());
  for (const OutputFile& file : change.files) names.changed.push_back(file.path);
  names.removed = change.removed;
  names.edited = change.edited;
  return names;
}

void record_change(ReloadRecord& record, const LiveChange& change) {
  ++record.version;
  for (const auto* list : {&change.changed, &change.removed})
    for (const std::string& output : *list) {
      record.changed[output] = record.version;
      if (is_part_of_pages(output)) record.parts = record.version;
    }
  for (const std::string& output : change.changed)
    if (is_style(output)) record.styles[output] = record.version;
  for (const std::string& output : change.removed) record.styles.erase(output);
}

ClientChange changes_since(const ReloadRecord& record, std::uint64_t since, std::string_view output) {
  ClientChange change;
  const auto own = record.changed.find(output);
  change.reload = (own != record.changed.end() && own->second > since) || record.parts > since ||
                  (output == "404.html" && record.version > since);
  for (const auto& [style, version] : record.styles)
    if (version > since) change.styles.push_back(style);
  return change;
}

std::string version_of(const ReloadRecord& record) { return record.instance + "." + std::to_string(record.version); }

std::optional<std::uint64_t> read_version(const ReloadRecord& record, std::string_view text) {
  if (!text.starts_with(record.instance) || !text.substr(record.instance.size()).starts_with('.')) return std::nullopt;
  text.remove_prefix(record.instance.size() + 1);
  std::uint64_t number = 0;
  if (!read_number(text, number) || number > record.version) return std::nullopt;
  return number;
}

std::string state_event(std::string_view version, const LiveState& state, std::string_view diagnostics) {
  JsonWriter json;
  json.open('{').name("version").text(version);
  write_texts(json, "languages", state.languages);
  json.name("language").text(state.language).name("region").text(state.region);
  json.name("consent").raw(on_one_line(state.consent)).name("diagnostics").raw(on_one_line(diagnostics)).close('}');
  return make_event("state", version, json.take());
}

std::string change_event(std::string_view version, const ClientChange& change, std::string_view base_path,
                         std::string_view go) {
  std::vector<std::string> urls;
  for (const std::string& style : change.styles) urls.push_back(url_of_output(base_path, style));
  JsonWriter json;
  json.open('{').name("version").text(version).name("reload").flag(change.reload);
  write_texts(json, "styles", urls);
  if (!go.empty()) json.name("go").text(go);
  return make_event("change", version, json.close('}').take());
}

std::string errors_event(std::string_view version, std::string_view diagnostics) {
  JsonWriter json;
  json.open('{').name("version").text(version).name("diagnostics").raw(on_one_line(diagnostics)).close('}');
  return make_event("errors", version, json.take());
}

LiveReload::LiveReload(Options options) : options_(std::move(options)) {
  record_.instance = options_.instance.empty() ? random_instance() : options_.instance;
}

void LiveReload::connect(const HttpRequest& request, const Responder& responder) {
  const std::optional<std::string> version = request.parameter("version"), output = request.parameter("output");
  if (!version || !output) return responder.send(plain_response(400, "an event stream needs version= and output="));
  std::optional<std::uint64_t> since = read_version(record_, *version);
  // A stream that broke is opened anew with the address of the page's first one: what it heard meanwhile is in this header.
  if (const std::string* last = request.header("last-event-id"); last && since)
    since = std::max(*since, read_version(record_, *last).value_or(0));

  HttpResponse head;
  head.headers = {
      {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  const std::uint64_t id = next_client_++;
  const std::weak_ptr<Clients> clients = clients_;
  Client& client = (*clients_)[id];
  client.output = *output;
  const EventStream stream = responder.open_stream(std::move(head), [clients, id] {
    if (const auto all = clients.lock()) all->erase(id);
  });
  // It may have closed at once.
  if (const auto still = clients_->find(id); still != clients_->end()) still->second.stream = stream;
  // Browsers wait for seconds before they connect again, unless told.
  stream.send("retry: 500\n\n" + state_event(this->version(), state_, diagnostics_));
  ClientChange change;
  if (since)
    change = changes_since(record_, *since, *output);
  else
    change.reload = true;
  if (change.reload || !change.styles.empty())
    stream.send(change_event(this->version(), change, options_.base_path, ""));
}

void LiveReload::publish(const LiveChange& change) {
  const std::uint64_t before = record_.version;
  record_change(record_, change);
  const std::string edited = options_.navigate && change.edited.size() == 1 ? change.edited.front() : "";
  const std::string go = edited.empty() ? "" : url_of_output(options_.base_path, edited);
  const std::string now = version();
  for (const auto& [id, client] : *clients_) {
    const ClientChange news = changes_since(record_, before, client.output);
    const bool goes = !go.empty() && client.output != edited;
    if (news.reload || !news.styles.empty() || goes)
      client.stream.send(change_event(now, news, options_.base_path, goes ? go : ""));
  }
}

void LiveReload::set_diagnostics(std::string json) {
  if (json == diagnostics_) return;
  diagnostics_ = std::move(json);
  send_all(errors_event(version(), diagnostics_));
}

void LiveReload::set_state(LiveState state) {
  if (state == state_) return;
  state_ = std::move(state);
  send_all(state_event(version(), state_, diagnostics_));
}

void LiveReload::beat() { send_all(": \n\n"); }

void LiveReload::send_all(const std::string& event) {
  for (const auto& [id, client] : *clients_) client.stream.send(event);
}

}  // namespace hardtop
