// A table of texts: what can be wrong with what `hardtop new` was asked for.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& command_explanations() {
  static const std::vector<Explanation> table = {
      {"new/no-site", "there is no site to add a page or a service to",
       R"(A page or a service belongs to a site: a folder that holds site.toml. There
is none in the current folder, or in the one that -C names.)",
       R"($ cd my-site/content
$ hardtop new page about)",
       R"(Run it in the folder that holds site.toml, or name that folder:

    hardtop -C my-site new page about)"},

      {"new/bad-name", "a site, page or service cannot have that name",
       R"(A page's name is a path inside content/, so it cannot begin with / or contain
.. as a part, and each part needs at least one letter or digit: from them
comes the page's URL. A site's name needs a letter or digit, too. A service's is
made of letters from a to z and digits, and is not nearly that of a service that
hardtop knows: that would be a slip of the finger.)",
       R"($ hardtop new page ../about
$ hardtop new page "blog/???"
$ hardtop new service matmo)",
       R"(    hardtop new page about
    hardtop new page "blog/What now?"      # content/blog/what-now.md
    hardtop new service matomo)"},

      {"new/exists", "a new file or folder would replace one that is there",
       R"(hardtop new never overwrites. A new site goes into a folder that does not
exist or is empty; names that begin with a dot, such as .git, do not count. A
service whose id consent.toml has already is not added a second time.)",
       R"($ hardtop new page about
# and there is content/about.md already)",
       R"(Choose another name, or remove what is there first.)"},

      {"new/unwritable", "a new file cannot be written",
       R"(The system refused; the message repeats its reason. Mostly the folder belongs
to another user, or the disk is full.)",
       R"($ cd /usr/share
$ hardtop new site my-site)",
       R"(Work in a folder of your own:

    cd ~ && hardtop new site my-site)"},
  };
  return table;
}

}  // namespace hardtop
