// What the visitor of this page has decided about each service: read from the cookie, as the runtime's head script reads it
// (assets/consent/head.js; DESIGN.md, "The choice"), and told apart further than the runtime's interface does.
//
// The facts are the member "consent" of the server's event "state", and which services this page uses is the answer to
// GET /.hardtop/page: serve/toolbar_facts.h has both, field by field.

const LEAST_REFUSAL_DAYS = 365; // of what sells or shares (Cal. Civ. Code 1798.135(c)(4))

// By the three characters of a service's id: {refused, print}. Refusals win; what has expired or is of the future is not believed.
function readChoice(facts) {
  const decisions = new Map();
  const cookies = attempt(() => document.cookie) ?? "";
  const [, value = "", another] = `; ${cookies}`.split(`; ${facts.cookie}=`);
  if (another !== undefined) return decisions;
  const today = Math.floor(Date.now() / 864e5);
  const groups = [...value.matchAll(/1?\.(\d+)\.([^.;]*)\.([^.;]*)\.([^.;]*)/gy)];
  for (const refused of [false, true])
    for (const [, day, granted, refusals] of groups)
      for (const print of (refused ? refusals : granted).split("~").filter(Boolean)) {
        const key = print.slice(0, 3);
        const sells = facts.services.some((service) => service.sells_or_shares && service.fingerprint.startsWith(key));
        const lifetime = refused && sells ? Math.max(facts.lifetime_days, LEAST_REFUSAL_DAYS) : facts.lifetime_days;
        if (+day <= today && +day - today + lifetime > 0) decisions.set(key, { refused, print });
      }
  return decisions;
}

// Of each service of `services`, by id: one of
//   "on" (necessary) "granted" "refused" "gpc" (refused by the signal) "undecided" "changed" (decided on other facts)
// and whether it runs.
export function readStates(services, facts) {
  const decisions = readChoice(facts);
  const gpc = facts.honors_gpc && navigator.globalPrivacyControl === true;
  const states = new Map();
  for (const { id, necessary } of services) {
    const runs = Boolean(necessary || attempt(() => window.hardtop.consent.granted(id)));
    states.set(id, { runs, word: necessary ? "on" : decide(id) });
  }
  return states;

  function decide(id) {
    const service = facts.services.find((one) => one.id === id);
    if (!service) return "undecided";
    const { fingerprint, sells_or_shares: sells } = service;
    const decision = decisions.get(fingerprint.slice(0, 3));
    const isKnown = decision && (decision.print.startsWith(fingerprint) || (decision.refused && sells));
    if (gpc && sells && decision?.print !== `${fingerprint}!`) return decision?.refused && isKnown ? "refused" : "gpc";
    if (!decision) return "undecided";
    if (!isKnown) return "changed";
    return decision.refused ? "refused" : "granted";
  }
}

// Everything that the site's services keep in its own name, and the choice itself: what beFresh() is to forget.
export function storedNames(facts) {
  const names = (kind) => facts.services.flatMap(({ stored = [] }) => stored.filter((item) => item.kind === kind).map((item) => item.name));
  return {
    cookies: [facts.cookie, ...names("cookie")],
    local: names("local"),
    session: names("session"),
    databases: names("indexeddb"),
    caches: names("cache"),
  };
}

function attempt(act) {
  try {
    return act();
  } catch {
    return undefined; // no runtime, or cookies are blocked
  }
}
