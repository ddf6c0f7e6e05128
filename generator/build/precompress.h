// Compressed files beside the site's own, for servers that send them in place of these ([build] precompress): the last pass before
// writing. They are output files like all others.
//
// Each text file (base/media_types.h) of 256 bytes or more gets them, where they are smaller than it: below that, what a request costs
// does not depend on it. What was compressed by an earlier build is taken from its cache (compressed_cache.h).
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/files.h"
#include "build/build_site.h"
#include "build/site_output.h"
#include "build/write_output.h"

namespace hardtop {

// A file of the site's own that bears the name of a compressed one stays; but a server would send it in place of the file that it is
// named after, so it has to be that, compressed: else reports build/wrong-compressed. False if it did. Reads those files only.
[[nodiscard]] bool check_own_compressed(const Files& files, const SiteOutput& site, const std::string& site_dir,
                                        Diagnostics& diagnostics);

// Adds the files that site.encodings asks for to site.files, and says in site.encoded which those are and which the site has brought
// along. Fills `compressed` of `summary`. The cache is read, and left as the next build wants it, without what this one had no use for;
// long work is put there in between, for a build that is interrupted. A cache that cannot be written is the warning
// build/cache-unwritable.
void add_compressed(Files& files, SiteOutput& site, const WriteOptions& options, BuildSummary& summary,
                    Diagnostics& diagnostics, const ProgressListener& progress = {});

}  // namespace hardtop
