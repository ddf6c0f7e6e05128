// The stream of events from the preview server. Where it ends it is opened again, with the version of what this page shows, so
// that the server can say at once what was missed: after it was started anew, in a tab that slept, in a page that came back
// from the back-forward cache.
//
// A browser opens six connections to one server (HTTP/1.1), and a stream holds one: six open tabs would leave none for the
// pages themselves. So of all tabs that nobody sees only the one that was last seen stays connected.
import { door, page } from "./page.js";

const FIRST_WAIT = 200; // milliseconds before the next try; doubled up to the longest
const LONGEST_WAIT = 3000;

// `tell(name, data)` gets the events "state", "change" and "errors" of the server. `show(state, directive)` gets what the
// connection is:
//   "live"     "lost"  the server does not answer; it is asked again and again
//   "blocked"  the page's policy forbids it: `directive` says which of its directives
export function connect(tell, show) {
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT;
  let isBlocked = false;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function open() {
    close();
    // A page that is being prerendered may never be seen.
    if (document.prerendering || isBlocked) return;
    const mine = new EventSource(door("events", { version: page.version, output: page.output }));
    source = mine;
    mine.onopen = () => {
      wait = FIRST_WAIT;
      show("live");
    };
    for (const name of ["state", "change", "errors"])
      mine.addEventListener(name, ({ data }) => {
        const message = JSON.parse(data);
        // Not of "state": a "change" that belongs to it may still be on its way.
        if (name !== "state") page.version = message.version;
        tell(name, message);
      });
    // The browser's own way to try again takes its time, and always asks with the first version.
    mine.onerror = () => {
      if (mine !== source) return;
      close();
      if (isBlocked) return;
      show("lost");
      if (document.hidden) return; // becoming visible opens it
      timer = setTimeout(open, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    };
  }

  // Only a violation tells a policy that forbids from a server that is gone.
  document.addEventListener("securitypolicyviolation", ({ blockedURI, disposition, effectiveDirective }) => {
    if (disposition !== "enforce" || !blockedURI.startsWith(door("events"))) return;
    isBlocked = true;
    close();
    show("blocked", effectiveDirective);
  });

  const tabs = new BroadcastChannel("hardtop-preview");
  tabs.onmessage = () => {
    if (document.hidden) close();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      tabs.postMessage("hidden");
    } else if (!source) {
      wait = FIRST_WAIT;
      open();
    }
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !source) open();
  });
  document.addEventListener("prerenderingchange", open);
  open();
}
