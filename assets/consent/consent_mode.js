// Google's Consent Mode v2, in its basic form: Google's tags are not there before they are granted, and find their defaults
// and the visitor's choice when they come. Runs before core.js, so that its listener hears of a grant before the tag runs.
((advertising, analytics /* ids of services with consent_mode = "google" */) => {
  let told;
  const tell = (command, say) => {
    const ads = say(advertising);
    // gtag.js wants the arguments object itself.
    (function () {
      (window.dataLayer ??= []).push(arguments);
    })("consent", command, {
      ad_storage: ads,
      ad_user_data: ads,
      ad_personalization: ads,
      analytics_storage: say(analytics),
    });
  };
  document.addEventListener("consentchange", () => {
    const { granted } = hardtop.consent;
    if (!told && ![...advertising, ...analytics].some(granted)) return;
    if (!told) tell("default", () => "denied");
    told = 1;
    // What one of them may not, none may: they share their signals.
    tell("update", (ids) => (ids[0] && ids.every(granted) ? "granted" : "denied"));
  });
})(CONSENT_MODE_CONFIG);
