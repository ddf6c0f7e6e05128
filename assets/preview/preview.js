// The preview's client: what `hardtop serve` adds to each page when it sends it, and what no build contains. It runs before
// everything else of the page, under the page's own policy, and leaves nothing in its global scope.
//
//   simulation.js   another visitor than the one who sits here
//   connection.js   the server's events, which lead to
//     reload.js       a reload that keeps the place
//     style_swap.js   new style sheets without one
//     overlay.js      what is wrong with the site
//   toolbar.js      consent on this page
import { whenParsed } from "./page.js";
import { readStore } from "./store.js";
import { simulateVisitor } from "./simulation.js";
import { connect } from "./connection.js";
import { mount } from "./dom.js";
import { makeOverlay } from "./overlay.js";
import { reloadPage, restoreAfterReload } from "./reload.js";
import { swapStyles } from "./style_swap.js";
import { makeToolbar } from "./toolbar.js";

// A frame of the site within another page of it: its top has the toolbar.
const isFrame = window !== window.top;

simulateVisitor();
if (!isFrame) restoreAfterReload();

const overlay = makeOverlay();
const toolbar = makeToolbar(overlay.pill);

const listeners = {
  state(state) {
    overlay.show(state.diagnostics ?? []);
    toolbar.showState(state);
  },
  errors({ diagnostics }) {
    overlay.show(diagnostics);
    toolbar.showDiagnostics(diagnostics);
  },
  change({ reload, styles = [], go }) {
    const target = go && new URL(go, location.origin);
    // Only the tab that is looked at goes elsewhere.
    if (target && target.origin === location.origin && target.pathname !== location.pathname && !document.hidden && !isFrame) {
      location.assign(target.href);
    } else if (reload) {
      // A frame's place would be kept where its top's is.
      if (isFrame) location.reload();
      else reloadPage();
    } else {
      swapStyles(styles);
      toolbar.lookAgain();
    }
  },
};

whenParsed(() => {
  if (!isFrame) {
    mount(...overlay.parts, ...toolbar.parts);
    toolbar.start();
  }
  connect((name, message) => listeners[name](message), toolbar.showConnection);
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) readStore();
});
