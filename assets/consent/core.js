// What visitors' browsers run: banner, preferences, the cookie that keeps the choice, activation of what was granted, and
// withdrawal. DESIGN.md, "The runtime", is the specification. It runs deferred, after head.js, whose reading of the cookie
// it shares; other parts run before it and leave functions in `hardtop`. Names that end in _ are shortened when the generator
// is built; CORE_CONFIG is what consent/runtime.cc puts in.
//
// head.js and this together are at most 2,048 bytes, each compressed by itself (tests/browser/runtime_size_test.mjs): where
// something is written in an odd way, that is why.
//
// There is one way in: sync() reads the cookie and makes the page agree with it. A decision is written to the cookie and
// then synced, here as in the other tabs.
((
  own, // window.hardtop, which head.js has made
  ids, // of services, in the order of head.js; below, a service is an index into these
  categories, // of each service, its id
  services, // as in head.js
  cookie, // its name
  attributes, // "; Path=/; SameSite=Lax; Secure"
  text, // the hash of what banner and preferences say
  necessary, // ids of services that need no decision
) => {
  const read = own.read_;
  const preferences = document.querySelector("#consent-preferences");

  // --- Activation

  // Puts a template's content in its place. Its scripts are its own nodes, put back one by one where they stood:
  // scripts made anew would fail under Trusted Types and hash policies.
  const activate = (own.activate_ = async (template) => {
    const scripts = template.content.querySelectorAll("script");
    for (const script of scripts) script.replaceWith((script.mark_ = new Comment()));
    own.swap_?.(template) || template.replaceWith(template.content);
    for (const script of scripts) {
      const loaded =
        script.matches('[src]:not([async],[nomodule],[type*="/"]:not([type*=script]))') &&
        new Promise((done) => {
          setTimeout(done, 5e3);
          script.addEventListener("load", done);
          script.addEventListener("error", done);
        });
      script.mark_.replaceWith(script);
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
  const expire = (own.expire_ = (name, path = location.pathname, domain = location.hostname) => {
    for (const jar of ["; Secure; Partitioned", ""])
      document.cookie = `${name}=; Max-Age=0${attributes}; Path=${path}; Domain=${domain}${jar}`;
    if (domain) expire(name, path, domain.replace(/[^.]*./, ""));
    else if (path) expire(name, path.replace(/[^/]+$|.$/, ""));
  });

  // --- The cookie

  // Makes the page agree with the cookie, after writing into it what is decided now: `choose` says of each service 0 to
  // grant it, 1 to refuse it, or -1 to leave it as it is. Also a listener, of events that give occasion to look.
  let shown;
  const sync = (event, choose) => {
    if (document.prerendering) return;
    read();
    let groups = {}; // by day and text: [day, granted, refused, text]
    let maxAge = 0;
    services.map((service, i) => {
      const no = choose?.(i);
      if (no >= 0) own.believe_(no, service, text);
    });
    for (const [day, no, print, hash, left] of own.decisions_.values()) {
      (groups[day + hash] ??= [day, [], [], hash])[no + 1].push(print);
      if (left > maxAge) maxAge = left;
    }
    try {
      if (choose) expire(cookie);
      if (maxAge)
        document.cookie = `${cookie}=1.${Object.values(groups).flat().join(".").replaceAll(",", "~")}; Max-Age=${maxAge * 86400}${attributes}`;
      read();
    } catch {} // cookies are blocked: everything is refused
    const ran = runs;
    runs = own.states_.map((state) => !!(state ?? own.rule_));
    const stale = runs.some((may, i) => (may ? own.blocked_ : ran[i]));
    if (stale) own.block_();
    if (shown != (shown = own.states_ + own.rule_)) document.dispatchEvent(new Event("consentchange"));
    stale ? location.reload() : run();
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
  channel.onmessage = own.read_ = sync; // read_: regions.js, when it learns late where the visitor is
  for (const type of ["pageshow", "visibilitychange", "prerenderingchange"]) addEventListener(type, sync, true);

  // In the banner "all" is what is asked about: after a change, only "these services".
  const set = (no, list, banner) =>
    sync(0, (i) => ([list].flat().includes(ids[i]) && (!banner || own.states_[i] == null) ? no : -1));

  // --- Preferences

  let ticks; // by service
  const covers = ({ dataset }, i) => dataset.consentService == ids[i] || dataset.consentCategory == categories[i];
  const show = (list) => {
    ticks = list;
    for (const box of preferences.querySelectorAll("input")) {
      const mine = ticks.filter((tick, i) => covers(box, i));
      box.indeterminate = !(box.checked = !mine.includes(false)) && mine.includes(true);
    }
  };
  const open = () => {
    (preferences.onclose = () => show(runs))();
    preferences.onchange = (event) => show(ticks.map((tick, i) => (covers(event.target, i) ? event.target.checked : tick)));
    preferences.showModal();
  };

  // --- The interface, and buttons: data-consent="METHOD" or "METHOD:ID"

  const withdraw = (list = ids, banner) => set(1, list, banner);
  const methods = (own.consent = {
    preferences: open,
    save: () => sync(0, (i) => +!ticks[i]),
    close: () => preferences.close(),
    open,
    refuse: withdraw,
    withdraw,
    "reject-all": withdraw,
    "accept-all": (id, banner) => set(0, ids, banner),
    grant: (list) => set(0, list),
    granted: (id) => runs[ids.indexOf(id)] ?? necessary.includes(id),
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
