// A table of texts: what can be in the way of the preview.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& serve_explanations() {
  static const std::vector<Explanation> table = {
      {"serve/watch-limit", "the system does not tell the preview which files change",
       R"(Linux tells programs which files changed, through inotify, with limits for each
user: so many folders that are watched, by so many programs. Editors, cloud
folders and other previews share these limits, and they are used up.

The preview goes on without: it looks at all files of the site itself, a few
times a second. That takes up to a twentieth of one processor core, and an edit
shows after up to a second, where it would have taken milliseconds.)",
       R"($ sysctl fs.inotify
fs.inotify.max_user_instances = 128
fs.inotify.max_user_watches = 8192)",
       R"(Raise the limit that the message names, and start the preview again:

    sudo sysctl fs.inotify.max_user_watches=524288
    sudo sysctl fs.inotify.max_user_instances=1024

To keep it after a restart of the machine, write the same name and value into a
file of their own, as the machine reads them when it starts:

    sudo nano /etc/sysctl.d/60-inotify.conf

In a container, it is the machine outside that sets these limits.)"},
  };
  return table;
}

}  // namespace hardtop
