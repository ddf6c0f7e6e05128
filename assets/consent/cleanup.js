// Where services keep something in the site's own name: removes what is of services that do not run, when one is withdrawn and
// on each load. What they keep under their own is out of a page's reach. Runs before core.js.
((
  kept, // by kind, in the order of `stores`, then by service: a RegExp of names; holes where there are none
) => {
  const web = (name) => [() => Object.keys(window[name]), (key) => window[name].removeItem(key)];
  // By kind: what there is, and how to remove one.
  const stores = [
    [() => document.cookie.split("; ").map((pair) => pair.split("=")[0]), (name) => hardtop.expire_(name)],
    web("localStorage"),
    web("sessionStorage"),
    [async () => (await indexedDB.databases()).map(({ name }) => name), (name) => indexedDB.deleteDatabase(name)],
    [() => caches.keys(), (name) => caches.delete(name)],
  ];
  document.addEventListener("consentchange", () =>
    kept.map(async (patterns, kind) => {
      const [list, remove] = stores[kind];
      try {
        for (const name of await list()) {
          const owners = patterns.map((pattern, i) => (pattern.test(name) ? !!(hardtop.states_[i] ?? hardtop.rule_) : null));
          if (owners.includes(false) && !owners.includes(true)) remove(name);
        }
      } catch {} // storage that is blocked holds nothing
    }),
  );
})(CLEANUP_CONFIG);
