// What visitors' browsers run: banner, preferences, the cookie that keeps the choice, activation of what was granted, and
// withdrawal. DESIGN.md, "The runtime", is the specification. It runs deferred, after head.js, whose reading of the cookie
// it shares; other parts run before it and leave functions in `hooks`. Names that end in _ are shortened when the generator
// is built; CORE_CONFIG is what consent/runtime.cc puts in.
//
// There is one way in: sync() reads the cookie and makes the page agree with it. A decision is written to the cookie and
// then synced, here as in the other tabs.
((
  ids, // of services, in the order of head.js; below, a service is an index into these
  categories, // of each service, its id
  services, // as in head.js
  cookie, // its name
  attributes, // "; Path=/; SameSite=Lax; Secure"
  text, // the hash of what banner and preferences say
  necessary, // ids of services that need no decision
) => {
  const { hardtop } = window;
  const read = hardtop.read_;
  const preferences = document.querySelector("#consent-preferences");

  // --- Activation

  // Puts a template's content in its place. Its scripts are its own nodes, put back one by one where they stood:
  // scripts made anew would fail under Trusted Types and hash policies.
  const activate = (hooks.activate_ = async (template) => {
    const { content } = template;
    const scripts = [...content.querySelectorAll("script")].map((script) => {
      const mark = new Comment();
      script.replaceWith(mark);
      return [script, mark];
    });
    hooks.swap_?.(template) || template.replaceWith(content);
    for (const [script, mark] of scripts) {
      const loaded =
        script.matches("[src]:not([async],[nomodule])") &&
        /^$|script|module/i.test(script.type) &&
        new Promise((done) => {
          script.addEventListener("load", done);
          script.addEventListener("error", done);
          setTimeout(done, 5e3);
        });
      mark.replaceWith(script);
      await loaded;
    }
    run(); // templates that were inside
  });

  // Services never wait for each other.
  const busy = [];
  let runs = []; // of each service, whether it may
  const run = () =>
    ids.map(async (id, i) => {
      if (runs[i] && !busy[i]) {
        busy[i] = 1;
        // From here on a call, an inline script's for one, would erase the page.
        document.write = document.writeln = () => {};
        for (let template; (template = document.querySelector(`template[data-service="${id}"]`)); ) await activate(template);
        busy[i] = 0;
      }
    });

  // --- Removing what services have kept in the browser

  // In both jars, on every path and domain that a cookie which this page sees may be of: from /a/b/ by /a/b, /a/ and /a to /,
  // from www.example.com to com, which browsers turn down, and none.
  const expire = (hooks.expire_ = (name, path = location.pathname, domain = location.hostname) => {
    for (const jar of ["", "; Secure; Partitioned"])
      document.cookie = `${name}=; Max-Age=0${attributes}; Path=${path}; Domain=${domain}${jar}`;
    if (domain) expire(name, path, domain.replace(/[^.]*.?/, ""));
    else if (path) expire(name, path.replace(/\/$|[^/]+$/, ""));
  });

  // --- The cookie

  // Makes the page agree with the cookie, after writing into it what is decided now: `choose` says of each service true,
  // false, or null to leave it as it is.
  let shown;
  const sync = (choose) => {
    if (document.prerendering) return;
    read();
    const days = {}; // [granted, refused, text]
    let maxAge = 0;
    ids.map((id, i) => {
      const yes = choose?.(i);
      const mark = yes && hooks.mark_ ? hooks.mark_(id) : "";
      if (yes != null && mark != null) hardtop.believe_(yes ? 0 : 1, services[i] + mark, text);
    });
    for (const [day, no, print, hash, left] of hardtop.decisions_.values()) {
      (days[day] ??= [[], []])[no].push(print);
      days[day][2] = hash;
      if (left > maxAge) maxAge = left;
    }
    try {
      if (choose) expire(cookie);
      if (maxAge)
        document.cookie = `${cookie}=1.${Object.entries(days).flat(2).join(".").replaceAll(",", "~")}; Max-Age=${maxAge * 86400}${attributes}`;
      read();
    } catch {} // cookies are blocked: everything is refused
    const ran = runs;
    runs = hardtop.states_.map((state) => !!(state ?? hardtop.rule_));
    const stale = runs.some((may, i) => (may ? hardtop.blocked_ : ran[i]));
    if (stale) hardtop.block_();
    if (stale || shown != (shown = hardtop.states_ + hardtop.rule_)) {
      document.dispatchEvent(new Event("consentchange"));
      stale ? location.reload() : run();
    }
    if (choose) {
      channel.postMessage(0);
      preferences.close();
      const main = document.querySelector("main");
      main.tabIndex = -1;
      main.focus({ preventScroll: true });
      const status = document.querySelector("#consent-status");
      status.textContent = status.dataset.saved;
    }
  };

  const channel = new BroadcastChannel(cookie);
  channel.onmessage = hardtop.read_ = () => sync(); // read_: regions.js, when it learns late where the visitor is
  for (const type of ["pageshow", "visibilitychange", "prerenderingchange"]) addEventListener(type, () => sync(), true);

  // In the banner "all" is what is asked about: after a change, only "these services".
  const set = (hooks.set_ = (yes, list, banner) =>
    sync((i) => ([list].flat().includes(ids[i]) && (!banner || hardtop.states_[i] == null) ? yes : null)));

  // --- Preferences

  let ticks = []; // by service
  const covers = ({ dataset }, i) => dataset.consentService == ids[i] || dataset.consentCategory == categories[i];
  const show = (which) => {
    ticks = ids.map((id, i) => which(i));
    for (const box of preferences.querySelectorAll("input")) {
      const mine = ticks.filter((tick, i) => covers(box, i));
      box.checked = !mine.includes(false);
      box.indeterminate = !box.checked && mine.includes(true);
    }
  };
  const open = () => {
    preferences.onclose = () => show((i) => runs[i]);
    preferences.onclose();
    preferences.onchange = ({ target }) => show((i) => (covers(target, i) ? target.checked : ticks[i]));
    preferences.showModal();
  };

  // --- The interface, and buttons: data-consent="METHOD" or "METHOD:ID"

  const withdraw = (list = ids, banner) => set(false, list, banner);
  const methods = (hardtop.consent = {
    granted: (id) => runs[ids.indexOf(id)] ?? necessary.includes(id),
    grant: (list) => set(true, list),
    refuse: withdraw,
    withdraw,
    open,
    preferences: open,
    close: () => preferences.close(),
    save: () => sync((i) => ticks[i]),
    "accept-all": (id, banner) => set(true, ids, banner),
    "reject-all": withdraw,
  });
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-consent]");
    if (button) {
      event.preventDefault();
      const [method, id] = button.dataset.consent.split(":");
      methods[method]?.(id, button.closest("#consent-banner"));
    }
  });

  sync();
})(CORE_CONFIG);
