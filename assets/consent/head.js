// The inline script at the top of <head>. It reads the visitor's choice and says on <html> what the style sheet is to show,
// before anything is painted: no flash, no layout shift, no request. When everything is refused, it shuts third parties out
// at once. It leaves `window.hardtop`, with which core.js goes on.
//
// It stands in every page, so each byte counts. Names that end in _ are shortened when the generator is built; HEAD_CONFIG is
// what consent/runtime.cc puts in.
((
  services, // ["AAAbbbb"]: fingerprints of those that need a decision: three characters for the id, four for the facts
  sellers, // ["AAA"]: which of them sell or share
  cookie, // its name
  lifetime, // days that a decision is believed
  refusalLifetime, // the same, of refusals of what sells or shares: at least 365 (Cal. Civ. Code 1798.135(c)(4))
  honorsGpc,
  policy, // what "everything is refused" comes down to, as a Content-Security-Policy
  once, // true where this load is to show what a placeholder stands for, though everything is refused (placeholders.js)
  rule, // before a decision: 0 nothing runs, 1 everything does, 2 as 1, and nobody is asked
) => {
  let today; // in days since 1970
  let decisions;
  const hardtop = (window.hardtop = {
    rule_: rule,

    // Nothing of a third party gets in or out any more, beacons on unload included. Only a reload undoes it.
    block_() {
      hardtop.blocked_ = document.createElement("meta");
      hardtop.blocked_.httpEquiv = "Content-Security-Policy";
      hardtop.blocked_.content = policy;
      document.head.append(hardtop.blocked_);
    },

    // Believes one fingerprint of a group, unless it has expired or is of the future.
    believe_(no, print, text, day = today) {
      const id = print.slice(0, 3);
      const left = day - today + (no && sellers.includes(id) ? refusalLifetime : lifetime);
      if (print && left > 0 && day <= today) decisions.set(id, [day, no, print, text, left]);
    },

    // Reads the cookie: "1", then groups ".DAY.GRANTED.REFUSED.TEXT" (DESIGN.md, The runtime). Sets
    //   decisions_  those that are believed, by id: [day, 0 granted | 1 refused, fingerprint as written, text, days left]
    //   states_     of each service: true granted, false refused, null undecided
    read_() {
      hardtop.decisions_ = decisions = new Map();
      const gpc = (hardtop.gpc_ = honorsGpc && navigator.globalPrivacyControl);
      let blocked = 1;
      today = (new Date() / 864e5) | 0;
      try {
        const [, value = "", another] = `; ${document.cookie}`.split(`; ${cookie}=`);
        // Of two cookies of the name nobody knows which is the visitor's choice.
        for (const no of another == null ? [0, 1] : []) // refusals last: they win
          for (const [, day, ...lists] of value.matchAll(/1?\.(\d+)\.([^.;]*)\.([^.;]*)\.([^.;]*)/gy))
            for (const print of lists[no].split("~")) hardtop.believe_(no, print, lists[2], day);
        // Browsers that block cookies without a word would be asked on every page.
        blocked = !navigator.cookieEnabled;
      } catch {}
      const states = (hardtop.states_ = services.map((service) => {
        const id = service.slice(0, 3);
        const sells = sellers.includes(id);
        const [, no, print] = decisions.get(id) || [];
        // Whoever has refused what sells or shares is not asked again when its facts change.
        const known = print?.startsWith(service) || (no && sells);
        // Over a signal counts only what was granted over a signal.
        return !(blocked || (known && no) || (gpc && sells && print != service + "!")) && (known || null);
      }));
      const allRefused = !states.some((state) => state ?? 1);
      if (allRefused && !once && !hardtop.blocked_) hardtop.block_();
      document.documentElement.dataset.consentState =
        "js" +
        (states.includes(null) && hardtop.rule_ < 2 ? (decisions.size ? " ask changed" : " ask") : "") +
        (gpc ? " gpc" : "") +
        (hardtop.rule_ ? " opt-out" : "") +
        (allRefused ? " refused" : "");
    },
  });
  hardtop.read_();
})(HEAD_CONFIG);
