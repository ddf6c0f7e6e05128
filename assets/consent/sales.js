// Where a service sells or shares: "Do Not Sell or Share", and the second step of a grant over a Global Privacy Control
// signal (11 CCR 7028(a)), after which the fingerprint ends in "!". Runs after core.js.
((sellers /* {FINGERPRINT: id} */) => {
  const believe = hardtop.believe_;
  let sure;

  hardtop.believe_ = (no, print, text, day) => {
    // What has a day comes from the cookie; the rest is being decided now.
    if (sellers[print] && !no && !day && hardtop.gpc_) {
      // What was confirmed before is not asked about once more.
      if (!hardtop.consent.granted(sellers[print])) {
        queueMicrotask(() => (sure = null)); // one question for all services of a decision
        sure ??= confirm(document.getElementById("consent-preferences").dataset.gpcConfirm);
        if (!sure) return;
      }
      print += "!";
    }
    believe(no, print, text, day);
  };

  hardtop.consent["do-not-sell"] = () => hardtop.consent.refuse(Object.values(sellers));
})(SALES_CONFIG);
