// Tells what is wrong with finished pages: what the gate found, links and anchors that lead nowhere, ids that are there
// twice. Each at the line that a person wrote.
#pragma once

#include <cstddef>
#include <vector>

#include "base/diagnostic.h"
#include "build/check_links.h"
#include "build/kept.h"
#include "build/origins.h"
#include "build/site_model.h"

namespace hardtop {

// Borrowed. `findings` is by job; a job's index is the number of its output file in `outputs`.
struct FinishedPages {
  const SiteModel& site;
  const std::vector<OutputJob>& jobs;
  const std::vector<PageFindings>& findings;
  const OutputIndex& outputs;
  std::size_t layouts;  // how many there are
};

// Looks on `threads` threads and tells in the order of jobs. A fault of a layout, which every page that it makes has, is told of
// a few pages. Links are left out where [check] links is "off", and those to .md files that `diagnostics` knows of.
void report_findings(const FinishedPages& pages, const Origins& origins, unsigned threads, Diagnostics& diagnostics);

}  // namespace hardtop
