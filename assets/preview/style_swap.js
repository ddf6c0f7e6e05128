// New style sheets in the place of old ones, without a reload and without a moment unstyled: the new element stands behind the
// old one, which goes when the new one has loaded. If that fails, the old one stays.

// Sheets that are on their way, by the element that they are to take the place of.
const coming = new Map();

// `urls` are the changed files. A sheet that imports one, at any depth, is swapped, too: an import cannot be by itself.
export function swapStyles(urls) {
  const paths = new Set(urls.map((url) => new URL(url, location.origin).pathname));
  for (const sheet of [...document.styleSheets]) {
    const old = sheet.ownerNode;
    // Not what is coming itself: it is swapped with its forerunner. Processing instructions have no place here.
    if (old instanceof Element && ![...coming.values()].includes(old) && reaches(sheet, paths)) swap(old);
  }
}

function reaches(sheet, paths) {
  if (isOneOf(sheet.href, paths)) return true;
  let rules = [];
  try {
    rules = [...sheet.cssRules];
  } catch {
    // Of another origin: not ours to change.
  }
  return rules.some((rule) => rule instanceof CSSImportRule && (isOneOf(rule.href, paths) || (rule.styleSheet && reaches(rule.styleSheet, paths))));
}

function isOneOf(href, paths) {
  if (!href) return false;
  const url = new URL(href, document.baseURI);
  return url.origin === location.origin && paths.has(url.pathname);
}

let swaps = 0;

function swap(old) {
  coming.get(old)?.remove();
  const fresh = old.cloneNode(true);
  if (fresh.matches("link")) {
    const url = new URL(old.href);
    // The browser would answer the same address from its memory.
    url.searchParams.set("hardtop", String((swaps += 1)));
    fresh.href = url.href;
    // It says what the old bytes were. The preview server is where the page itself comes from.
    fresh.removeAttribute("integrity");
  }
  const isStillComing = () => coming.get(old) === fresh;
  fresh.addEventListener("load", () => {
    if (!isStillComing()) return;
    coming.delete(old);
    old.remove();
  });
  fresh.addEventListener("error", () => {
    if (!isStillComing()) return;
    coming.delete(old);
    fresh.remove();
  });
  coming.set(old, fresh);
  old.after(fresh);
}
