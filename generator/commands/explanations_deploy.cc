// A table of texts: what can go wrong between a finished site and one that is online.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& deploy_explanations() {
  static const std::vector<Explanation> table = {
      {"deploy/no-output", "there is no finished site to deploy",
       R"(hardtop deploy uploads what hardtop build has written, and nothing that nobody
has looked at. There is no output folder of a build that came to its end: the
site was not built here, or its last build was stopped.)",
       R"($ git clone https://example.org/my-site.git && cd my-site
$ hardtop deploy production)",
       R"(    hardtop build
    hardtop deploy production

A site that was built into another folder: hardtop deploy production --output DIR)"},

      {"deploy/stale-output", "the output folder is not what the site is now",
       R"(Before anything is uploaded, the site is built once more in memory (unless no
file has changed since the last deploy that did so). What lies in the output
folder must be that, byte for byte. Here it is not: the sources have changed
since, a page has become due or has expired, or the site was built with other
options than deploy was given.)",
       R"($ hardtop build --drafts
$ hardtop deploy production)",
       R"(Build again, look at the result, deploy:

    hardtop build
    hardtop deploy production

A site for another address, or with drafts, needs the options twice:

    hardtop build --base-url https://test.example.org/
    hardtop deploy test --base-url https://test.example.org/)"},

      {"deploy/output-changed", "a file of the output folder was changed after the build",
       R"(Files in the output folder are made from the site's sources, and the next build
makes them again: what is changed in them by hand or by another program is lost
then, and was checked by nobody.)",
       R"($ hardtop build
$ sed -i 's/colour/color/' public/index.html
$ hardtop deploy production)",
       R"(Make the change in content/, static/ or the theme, then

    hardtop build
    hardtop deploy production)"},

      {"deploy/no-encoding", "compressed files would be sent as if they were not",
       R"([deploy.NAME] says compressed = "gzip" or "brotli": text is uploaded compressed,
under its own name, with a Content-Encoding that tells browsers so. Object
stores keep such headers with each file; SFTP, WebDAV and the like do not, and
visitors would be shown compressed bytes.)",
       R"([build]
precompress = ["gzip"]

[deploy.production]
remote = "host:htdocs"
compressed = "gzip")",
       R"(Let the web server there pick from the files beside each other, if it can, or
leave them out:

    [deploy.production]
    remote = "host:htdocs"
    compressed = "beside"      # or "none")"},

      {"deploy/into-itself", "a site cannot be deployed into its own folders",
       R"(The folder that [deploy.NAME] names is the output folder, lies in it, or holds
it: uploading would change what is being uploaded. Or it is one of the site's
own folders, such as static/: what was uploaded would be a source of the next
build, and the next deploy would remove sources. The same is true of a folder
for hardtop's notes ('state'), which cannot be where the site itself is either.)",
       R"([deploy.local]
remote = "public")",
       R"(Name a folder outside the site's:

    [deploy.local]
    remote = "/srv/www/example.org")"},

      {"deploy/no-rclone", "the program rclone is not installed",
       R"(hardtop deploy leaves the uploading to rclone, which knows some seventy kinds of
places: S3 and what is like it, SFTP, WebDAV, folders. Nothing else of hardtop
needs it.)",
       R"($ hardtop deploy production)",
       R"(    apt-get install rclone

On other systems: https://rclone.org/install/)"},

      {"deploy/no-such-remote", "rclone does not know the remote that site.toml names",
       R"(In remote = "NAME:path", NAME is one of rclone's remotes. Where it leads, and the
keys or passwords for it, are in rclone's configuration, not in site.toml: so the
site can be published without them. On this machine, for this user, rclone has no
remote of that name.)",
       R"([deploy.production]
remote = "r2:my-bucket"

$ rclone listremotes
s3:)",
       R"(    rclone config                       # asks, step by step

or, where nobody can answer, by variables of the environment:

    RCLONE_CONFIG_R2_TYPE=s3
    RCLONE_CONFIG_R2_PROVIDER=Cloudflare
    RCLONE_CONFIG_R2_ACCESS_KEY_ID=…)"},

      {"deploy/remote-failed", "the place to deploy to refuses, or cannot be reached",
       R"(The message repeats rclone's words. What may be a passing trouble was tried four
times, some seconds apart. Nothing is lost: what has arrived is noted, and the
next deploy goes on from there; until it has come to its end, visitors see the old
pages, and some of the new ones.)",
       R"(error: cannot upload at 'r2:my-bucket': index.html: AccessDenied)",
       R"(See what rclone can do there, mend it, then deploy again:

    rclone lsf r2:my-bucket
    hardtop deploy production)"},

      {"deploy/newer-remote", "a newer version of hardtop was here before",
       R"(Beside the site, hardtop notes what it has uploaded. These notes were written by a
later version, in a form that this one does not know.)",
       R"($ hardtop --version
$ hardtop deploy production)",
       R"(Use the newer version on this machine, too.)"},

      {"deploy/locked", "somebody else is deploying",
       R"(Two deploys at once would undo each other's work, so the second one is refused.
The message says who began the first, where and when. A deploy that ends removes
its lock, also when it fails or is stopped with Ctrl-C; one that was killed on
this machine is found out. One that died on another machine cannot be told from
one that runs.)",
       R"(error: ada@desk has been deploying to 'production' since 2026-11-23T10:00:00Z)",
       R"(Ask her. If it is certain that it runs no more:

    hardtop deploy production --break-lock)"},

      {"deploy/lock-lost", "the lock of this deploy was broken while it ran",
       R"(Somebody deployed with --break-lock, taking this deploy for dead. It has stopped
before the moment from which on its files would have counted.)",
       R"($ hardtop deploy production --break-lock     # on another machine, meanwhile)",
       R"(Agree on who deploys. Whoever does it last settles everything:

    hardtop deploy production)"},

      {"deploy/nothing-to-roll-back", "there is no version to go back to",
       R"(A deploy keeps what the one before it had put online, until the next. There is
nothing of that kind: this was the first deploy to the place, or what was kept is
no longer there.)",
       R"($ hardtop deploy production
$ hardtop deploy production --rollback)",
       R"(Build the older site from its sources, and deploy that:

    git checkout v41
    hardtop build
    hardtop deploy production)"},

      {"deploy/interrupted", "a deploy was stopped",
       R"(You pressed Ctrl-C, or the system asked the program to end. The lock is removed.
Some files may be new and others old; the next deploy goes on from there.)",
       R"($ hardtop deploy production
^C)",
       R"(    hardtop deploy production               # completes it
    hardtop deploy production --rollback    # brings back what was there before)"},

      {"deploy/purge-failed", "the command that empties the CDN's cache failed",
       R"(The new site is in its place, but the command purge of [deploy.NAME] did not end
with status 0. The CDN may go on showing old pages for as long as it keeps them.
The next deploy gives the command the same addresses again.)",
       R"([deploy.production]
remote = "r2:my-bucket"
purge = "./purge.sh")",
       R"(Try the command by hand, in the site's folder, then deploy again:

    echo https://www.example.org/ | ./purge.sh
    hardtop deploy production)"},
  };
  return table;
}

}  // namespace hardtop
