#include "build/feeds.h"

#include <algorithm>

#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::size_t kUrlsPerSitemap = 50000;

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out += '<';
  out += name;
  out += '>';
  append_escaped_html(out, text);
  out += "</";
  out += name;
  out += ">\n";
}

// XML 1.0, 2.2 allows no control characters but tab and line ends, and neither U+FFFE nor U+FFFF, not even as
// references.
std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (const auto three = text.substr(i, 3); three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      i += 2;
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += c;
  }
  return out;
}

bool is_in_sitemap(const OutputJob& job) { return job.kind != OutputJob::Kind::not_found; }

std::string name_of_sitemap_part(std::size_t index) { return "sitemap-" + std::to_string(index + 1) + ".xml"; }

const std::optional<Date>& last_change(const FrontMatter& front) { return front.updated ? front.updated : front.date; }

std::string sitemap_part(const SiteModel& site, const std::vector<const OutputJob*>& jobs, std::size_t begin,
                         std::size_t end) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  const std::string origin = absolute_url(site.config, "");
  constexpr std::size_t kMarkup = 80;  // around a URL, with its date
  std::size_t size = out.size() + kMarkup;
  for (std::size_t i = begin; i < end; ++i) size += origin.size() + jobs[i]->at.url.size() + kMarkup;
  out.reserve(size);
  for (std::size_t i = begin; i < end; ++i) {
    out += "<url><loc>";
    append_escaped_html(out, origin);
    append_escaped_html(out, jobs[i]->at.url);
    out += "</loc>";
    if (jobs[i]->page != kNone)
      if (const auto& date = last_change(site.pages[jobs[i]->page].file.front)) {
        Date day = *date;
        day.has_time = false;
        out += "<lastmod>" + iso_date(day) + "</lastmod>";
      }
    out += "</url>\n";
  }
  out += "</urlset>\n";
  return out;
}

}  // namespace

std::string absolute_url(const SiteConfig& config, std::string_view url) {
  std::string out = config.base_url.substr(0, config.base_url.size() - config.base_path.size());
  out += url;
  return out;
}

std::vector<PageIndex> feed_pages(const SiteModel& site) {
  std::vector<PageIndex> out;
  if (!site.config.feed) return out;
  const FeedConfig& feed = *site.config.feed;
  struct Found {
    std::int64_t changed;  // seconds since 1970
    std::size_t place;     // in the list of all pages
    PageIndex page;
  };
  std::vector<Found> found;
  for (const PageIndex i : site.sections[0].pages) {
    const Page& page = site.pages[i];
    if (!last_change(page.file.front)) continue;
    const bool wanted = feed.sections.empty() ||
                        std::any_of(feed.sections.begin(), feed.sections.end(), [&](const std::string& section) {
                          return page.file.path.starts_with(section + "/");
                        });
    if (wanted) found.push_back({unix_seconds(*last_change(page.file.front)), found.size(), i});
  }
  const std::size_t size = std::min(found.size(), static_cast<std::size_t>(feed.limit));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(size), found.end(),
                    [](const Found& a, const Found& b) {
                      return a.changed != b.changed ? a.changed > b.changed : a.place < b.place;
                    });
  for (std::size_t i = 0; i < size; ++i) out.push_back(found[i].page);
  return out;
}

std::string atom_feed(const SiteModel& site, const std::vector<PageIndex>& pages) {
  const SiteConfig& config = site.config;
  const std::string home = absolute_url(config, config.base_path);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  append_escaped_html(out, config.language);
  out += "\">\n";
  append_element(out, "title", xml_text(config.title));
  if (!config.description.empty()) append_element(out, "subtitle", xml_text(config.description));
  append_element(out, "id", home);
  out += "<link rel=\"alternate\" type=\"text/html\" href=\"" + escape_html(home) + "\"/>\n";
  out += "<link rel=\"self\" type=\"application/atom+xml\" href=\"" + escape_html(home + "feed.xml") + "\"/>\n";
  std::optional<Date> newest;
  for (const PageIndex i : pages) {
    const auto& date = last_change(site.pages[i].file.front);
    if (!newest || unix_seconds(*date) > unix_seconds(*newest)) newest = date;
  }
  append_element(out, "updated", rfc3339(newest.value_or(Date{})));
  // RFC 4287, 4.1.1: a feed without an author on every entry has one itself.
  out += "<author>";
  append_element(out, "name", xml_text(config.author.empty() ? config.title : config.author));
  out += "</author>\n<generator>hardtop</generator>\n";
  for (const PageIndex i : pages) {
    const Page& page = site.pages[i];
    const std::string url = absolute_url(config, page.at.url);
    out += "<entry>\n";
    append_element(out, "title", xml_text(page.title));
    append_element(out, "id", url);
    out += "<link rel=\"alternate\" type=\"text/html\" href=\"" + escape_html(url) + "\"/>\n";
    if (page.file.front.date) append_element(out, "published", rfc3339(*page.file.front.date));
    append_element(out, "updated", rfc3339(*last_change(page.file.front)));
    const std::string& description = page.file.front.description;
    if (!description.empty()) append_element(out, "summary", xml_text(description));
    // What is not the whole page is its summary, of which there is one (RFC 4287, 4.1.2). Relative references are resolved against
    // xml:base (RFC 4287, 2).
    if (config.feed->full_content || description.empty()) {
      const std::string name = config.feed->full_content ? "content" : "summary";
      out += '<' + name + " type=\"html\" xml:base=\"" + escape_html(url) + "\">";
      append_escaped_html(out, xml_text(page.content));
      out += "</" + name + ">\n";
    }
    out += "</entry>\n";
  }
  out += "</feed>\n";
  return out;
}

std::vector<OutputFile> sitemap(const SiteModel& site, const std::vector<OutputJob>& jobs) {
  std::vector<const OutputJob*> listed;
  for (const OutputJob& job : jobs)
    if (is_in_sitemap(job)) listed.push_back(&job);
  if (listed.size() <= kUrlsPerSitemap) return {{"sitemap.xml", sitemap_part(site, listed, 0, listed.size()), ""}};
  std::vector<OutputFile> out;
  std::string index =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (std::size_t begin = 0; begin < listed.size(); begin += kUrlsPerSitemap) {
    const std::string name = name_of_sitemap_part(begin / kUrlsPerSitemap);
    out.push_back({name, sitemap_part(site, listed, begin, std::min(begin + kUrlsPerSitemap, listed.size())), ""});
    index +=
        "<sitemap><loc>" + escape_html(absolute_url(site.config, site.config.base_path) + name) + "</loc></sitemap>\n";
  }
  index += "</sitemapindex>\n";
  out.push_back({"sitemap.xml", std::move(index), ""});
  return out;
}

std::vector<std::string> sitemap_names(const std::vector<OutputJob>& jobs) {
  std::vector<std::string> names = {"sitemap.xml"};
  const auto listed = static_cast<std::size_t>(std::count_if(jobs.begin(), jobs.end(), is_in_sitemap));
  if (listed > kUrlsPerSitemap)
    for (std::size_t part = 0; part * kUrlsPerSitemap < listed; ++part) names.push_back(name_of_sitemap_part(part));
  return names;
}

std::string robots_txt(const SiteConfig& config) {
  return "User-agent: *\nAllow: /\n\nSitemap: " + absolute_url(config, config.base_path) + "sitemap.xml\n";
}

std::string redirect_page(const SiteConfig& config, const std::string& url, std::string_view title) {
  const std::string to = escape_html(url);
  return "<!doctype html>\n<html lang=\"" + escape_html(config.language) + "\">\n<meta charset=\"utf-8\">\n<title>" +
         escape_html(title) + "</title>\n<link rel=\"canonical\" href=\"" + escape_html(absolute_url(config, url)) +
         "\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url=" + to +
         "\">\n<p><a href=\"" + to + "\">" + escape_html(title) + "</a></p>\n</html>\n";
}

}  // namespace hardtop
