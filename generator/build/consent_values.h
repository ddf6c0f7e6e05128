// What templates see as `consent`: the declaration as values, made once.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "build/data_values.h"
#include "consent/declaration.h"
#include "consent/gate.h"

namespace hardtop {

// Sets of services, by number: pages that carry the same services share one. 0 is the empty set. Safe to use from several
// threads; what at() returns stays where it is.
class ServiceSets {
 public:
  // `services`: sorted, unique.
  std::uint32_t number_of(const std::vector<ServiceIndex>& services);
  [[nodiscard]] const std::vector<ServiceIndex>& at(std::uint32_t number) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::vector<ServiceIndex>, std::uint32_t> numbers_;
  std::deque<const std::vector<ServiceIndex>*> sets_;
};

// What the pages of a layout carry, as far as they are known: most likely the next one does, too.
class CarriedByLayouts {
 public:
  // A number of ServiceSets, as for note().
  [[nodiscard]] std::uint32_t expected(std::uint32_t layout) const;
  void note(std::uint32_t layout, std::uint32_t carried);

 private:
  // One page that differs changes nothing; a second that differs in the same way does.
  struct Guess {
    std::uint32_t set = 0, other = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::uint32_t, Guess> guesses_;
};

struct ConsentFacts {
  const Declaration& declaration;
  std::string policy_url;  // root-relative; may be empty
  std::string script_url;  // of the runtime; empty where nobody is asked
  std::string head_script;
  bool has_regions = false;
  bool may_opt_out = false;  // somewhere services run until they are refused
};

class ConsentValues {
 public:
  // Keeps the facts' texts; the declaration and the sets are borrowed.
  ConsentValues(ConsentFacts facts, const ServiceSets& sets);
  ConsentValues(const ConsentValues&) = delete;
  ConsentValues& operator=(const ConsentValues&) = delete;

  // The runtime's name is known late. Not while templates run.
  void set_script_url(std::string url);

  // `consent` for a page that carries the services of `set`; `object` and `arena` are the page's own.
  [[nodiscard]] Value on_page(std::uint32_t set, Object& object, ValueArena& arena) const;
  // Whether that is the same for two sets.
  [[nodiscard]] bool is_same_on(std::uint32_t set, std::uint32_t other) const;
  // `placeholder`; texts are borrowed from `placeholder`.
  [[nodiscard]] Value placeholder(const Placeholder& placeholder, ValueArena& arena) const;

 private:
  // Of those in the set, what templates get to see.
  [[nodiscard]] std::vector<ServiceIndex> opt_outs_of(std::uint32_t set) const;
  Object& item(const DeclaredItem& declared);
  Object& service(const DeclaredService& declared);

  ConsentFacts facts_;
  const ServiceSets& sets_;
  ValueArena arena_;
  std::vector<const Object*> services_;
  Object consent_;
};

}  // namespace hardtop
