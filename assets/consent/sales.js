// Where a service sells or shares: "Do Not Sell or Share", and the second step of a grant over a Global Privacy Control
// signal (11 CCR 7028(a)), after which the fingerprint ends in "!". Runs after core.js.
((sellers /* their ids */) => {
  let sure;

  // What a grant's fingerprint is to end in; null is no grant.
  hooks.mark_ = (id) => {
    if (!hardtop.gpc_ || !sellers.includes(id)) return "";
    if (hardtop.consent.granted(id)) return "!"; // it was confirmed before
    queueMicrotask(() => (sure = null)); // one question for all services of a decision
    sure ??= confirm(document.getElementById("consent-preferences").dataset.gpcConfirm);
    return sure ? "!" : null;
  };

  hardtop.consent["do-not-sell"] = () => hooks.set_(false, sellers);
})(SALES_CONFIG);
