// A table of texts: what can be in the way of the preview.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& serve_explanations() {
  static const std::vector<Explanation> table = {
      {"serve/port-taken", "another program listens on the preview's port",
       R"(A port belongs to one program at a time. Often the other one is a preview that
still runs in another terminal; its pages are at the same address.)",
       R"($ hardtop serve
error: port 4000 is taken [serve/port-taken]
  hint: try --port 4001, which is free)",
       R"(End the other program (Ctrl-C in its terminal), or take another port:

    hardtop serve --port 4001

With --port 0 the system picks a free one, and the preview says which.)"},
      {"serve/no-right", "only the administrator may listen on the port",
       R"(Ports below 1024 are the system's: on most machines only root may listen on
them.)",
       R"(hardtop serve --port 80)",
       R"(Take a port from 1024 on: the preview needs no special one.

    hardtop serve --port 4000)"},
      {"serve/bad-address", "the address after --bind is none of this machine's",
       R"(A program can listen on addresses of its own machine only: 127.0.0.1 (this
machine alone, what --bind is when it is not given), the address that the machine
has in its network, or 0.0.0.0 and :: for all of them.)",
       R"(hardtop serve --bind 192.0.2.7)",
       R"(For a look from a phone in the same network, listen on all addresses, and open
the one that this machine has there:

    hardtop serve --bind 0.0.0.0

Everybody in that network can then see the site as it is on your disk.)"},
      {"serve/cannot-listen", "the system does not let the preview listen",
       R"(The message has the system's own words. A machine that is out of memory or of
open files says so here, and so does one whose network is off.)",
       R"(hardtop serve)", R"(Mend what the system's words name, then start the preview again.)"},
      {"serve/no-browser", "--open found no browser to open (a warning)",
       R"(The preview runs; only the browser could not be started. On Linux the program
xdg-open knows which browser is yours, unless the variable BROWSER names one:
a command, in which %s stands for the address.)",
       R"(hardtop serve --open)",
       R"(Open the address that the preview prints, or install xdg-open:

    sudo apt-get install xdg-utils)"},
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
