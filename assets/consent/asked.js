// What the banner lists when only some services are asked about again: hides the others, before anything is painted. Which
// they are differs from visitor to visitor, and a policy of hashes allows no style made here but a constructed sheet's. Runs
// in <head>, after head.js, where there are several services.
(() => {
  try {
    const sheet = new CSSStyleSheet();
    const hide = () =>
      sheet.replaceSync(
        // #consent-new has a child for each service, in the order of head.js.
        `:is(${hardtop.states_.map((state, i) => (state == null ? "" : `#consent-new>:nth-child(${i + 1})`))}){display:none}`,
      );
    document.adoptedStyleSheets = [sheet];
    document.addEventListener("consentchange", hide);
    hide();
  } catch {} // a browser of before 2023: it shows all
})();
