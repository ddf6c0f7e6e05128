// What the preview remembers as long as the tab lives, under one key of sessionStorage:
//   gpc      true or false: what navigator.globalPrivacyControl is to say; absent: what the browser says
//   fresh    what is to be forgotten before the next page decides anything (simulation.js)
//   reload   what a reload is to restore (reload.js)
//   toolbar  "open", "pill" (absent, too) or "dot"
//   focus    the key of the toolbar's control that had the focus when the page went
//   collapsed  true where the error overlay has been put away
const KEY = "hardtop-preview";
let kept = {};

// Another page of this tab may have written: called again where a page comes from the back-forward cache.
export function readStore() {
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    // Storage is blocked, or holds something else: what is kept lasts as long as the page.
  }
}
readStore();

export const recall = (name) => kept[name];

// undefined removes.
export function keep(changes) {
  Object.assign(kept, changes);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // See above.
  }
}
