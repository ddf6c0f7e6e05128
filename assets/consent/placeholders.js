// Placeholders: "Load once" and "Always allow" where a gated frame, video or image will be, and its arrival without a layout
// shift. Runs before core.js.
((ids /* of services, in the order of core.js */) => {
  let clicked; // the placeholder whose button was used last
  const once = []; // services, as indices, of what was loaded once while they were undecided

  // Called by core.js in place of template.replaceWith(content).
  hardtop.swap_ = (template) => {
    const holder = template.previousElementSibling;
    const shown = template.content.querySelector("iframe, video, img") ?? template.content.firstElementChild;
    if (!holder?.matches(".consent-placeholder") || !shown) return;
    const height = holder.offsetHeight;
    template.replaceWith(template.content);
    holder.remove();
    // Its words may have needed more room than what takes its place.
    if (shown.offsetHeight < height) {
      shown.style.minHeight = height + "px";
      shown.style.objectFit = "contain";
    }
    if (clicked == holder)
      // After core.js has focused <main>, as after every decision.
      setTimeout(() => {
        if (shown.tabIndex < 0) shown.tabIndex = -1;
        shown.focus({ preventScroll: true });
      });
    return true;
  };

  const load = async (holder) => {
    const template = holder?.nextElementSibling;
    if (!template?.matches("template[data-service]")) return;
    const { service } = template.dataset;
    const i = ids.indexOf(service);
    if (hardtop.states_[i] == null) once[i] = 1;
    const inner = template.content.querySelectorAll(`template[data-service="${service}"]`);
    await hardtop.activate_(template);
    for (const nested of inner) await hardtop.activate_(nested);
  };
  const holders = () => [...document.querySelectorAll(".consent-placeholder")];

  // In the capture phase: before core.js decides.
  document.addEventListener(
    "click",
    ({ target }) => {
      const button = target.closest(".consent-placeholder [data-consent]");
      clicked = button?.closest(".consent-placeholder");
      if (!button?.dataset.consent.startsWith("once:")) return;
      if (!hardtop.blocked_) load(clicked);
      else {
        // Everything is refused, and the policy that says so lasts as long as the page: head.js leaves it out of the next load.
        history.replaceState({ ...history.state, consentOnce: holders().indexOf(clicked) + 1 }, "");
        location.reload();
      }
    },
    true,
  );

  document.addEventListener("consentchange", () => {
    // What is refused now was loaded once: it goes, too.
    if (once.some((_, i) => hardtop.states_[i] === false)) location.reload();
    const at = history.state?.consentOnce;
    if (at) {
      history.replaceState({ ...history.state, consentOnce: 0 }, "");
      load((clicked = holders()[at - 1]));
    }
  });
})(PLACEHOLDERS_CONFIG);
