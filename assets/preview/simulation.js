// Another visitor than the one who sits here: with Global Privacy Control, or one who has never been here. What the consent
// runtime reads in its head script has to be in place before that runs: the preview's script stands before it, and blocks.
import { keep, recall } from "./store.js";

// What the browser itself says, before anything is simulated.
const ofBrowser = navigator.globalPrivacyControl === true;

export function simulateVisitor() {
  const gpc = recall("gpc");
  if (gpc !== undefined)
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => gpc, configurable: true, enumerable: true });

  const fresh = recall("fresh");
  if (!fresh) return;
  keep({ fresh: undefined });
  // Again, and before anything else runs: what ran on the last page may have written while it went away.
  forget(fresh);
}

export const hasGpc = () => navigator.globalPrivacyControl === true;

export function setGpc(on) {
  keep({ gpc: on === ofBrowser ? undefined : on });
}

// The next page is a first visit. `wanted`: {cookies, local, session, databases, caches}, lists of names in which '*' stands
// for any characters.
export function beFresh(wanted) {
  keep({ fresh: wanted, gpc: undefined, reload: undefined });
  forget(wanted);
  // To the same address, but not as a reload, which would fill in forms again, and without "load once" (placeholders.js), which
  // the runtime keeps in the history entry.
  history.replaceState(null, "", location.pathname + location.search);
  location.replace(location.href);
}

const matcher = (names = []) => {
  const patterns = names.map((name) => name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
  const expression = new RegExp(`^(?:${patterns.join("|")})$`);
  return (name) => patterns.length > 0 && expression.test(name);
};

function forget(wanted) {
  attempt(() => {
    const isCookie = matcher(wanted.cookies);
    const names = document.cookie.split("; ").map((pair) => pair.split("=")[0]);
    for (const name of names.filter((one) => one && isCookie(one))) expireCookie(name);
  });
  for (const [name, patterns] of [["localStorage", wanted.local], ["sessionStorage", wanted.session]])
    attempt(() => {
      const isItem = matcher(patterns);
      for (const key of Object.keys(window[name]).filter(isItem)) if (key !== "hardtop-preview") window[name].removeItem(key);
    });
  attempt(async () => {
    const isDatabase = matcher(wanted.databases);
    for (const { name } of await indexedDB.databases()) if (isDatabase(name)) indexedDB.deleteDatabase(name);
  });
  attempt(async () => {
    const isCache = matcher(wanted.caches);
    for (const name of await caches.keys()) if (isCache(name)) await caches.delete(name);
  });
}

// Storage that is blocked holds nothing.
async function attempt(act) {
  try {
    await act();
  } catch {}
}

// A page cannot see which path and domain a cookie is of: all that can be are tried, in both jars. HttpOnly cookies stay.
function expireCookie(name) {
  const paths = ["/"];
  for (const part of location.pathname.split("/").filter(Boolean)) {
    const parent = paths.at(-1).replace(/\/?$/, "/");
    paths.push(parent + part, `${parent}${part}/`);
  }
  const domains = ["", ...location.hostname.split(".").map((_, i, all) => `; Domain=${all.slice(i).join(".")}`)];
  for (const path of paths)
    for (const domain of domains)
      for (const jar of ["", "; Secure; Partitioned"]) document.cookie = `${name}=; Max-Age=0; Path=${path}${domain}${jar}`;
}
