// Forms that remember: <form data-remember="SERVICE"> keeps the fields with data-remember when it is sent, and fills them in
// again, while the service is granted. Runs before core.js. What was kept goes with the service (cleanup.js).
((keys /* {SERVICE: where in localStorage} */) => {
  const fields = (form) => form.querySelectorAll("[name][data-remember]");
  const mayKeep = ({ dataset }) => keys[dataset.remember] && hardtop.consent.granted(dataset.remember);

  document.addEventListener("consentchange", () => {
    for (const form of document.querySelectorAll("form[data-remember]"))
      try {
        const kept = JSON.parse(mayKeep(form) ? localStorage.getItem(keys[form.dataset.remember]) : null);
        for (const field of fields(form)) {
          if (kept && !field.value) field.value = field.remembered_ = kept[field.name] ?? "";
          // Withdrawn: nor may it stand in the form, which browsers keep over a reload.
          if (!kept && field.remembered_ == field.value) field.value = "";
        }
      } catch {} // no storage, or not what was kept there
  });

  document.addEventListener("submit", ({ target }) => {
    if (mayKeep(target))
      try {
        localStorage.setItem(
          keys[target.dataset.remember],
          JSON.stringify(Object.fromEntries([...fields(target)].map(({ name, value }) => [name, value]))),
        );
      } catch {}
  });
})(MEMORY_SEAT_CONFIG);
