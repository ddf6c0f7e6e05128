// The consent toolbar: a small button in a corner, and the panel that it opens. It shows what the visitor of this page has
// decided, lets whoever builds the site be another visitor, and lists what the gate made inert. Its parts are in
// panel_parts.js; this file keeps the facts, decides where it stands and when it is drawn anew.
import { readStates, storedNames } from "./consent_state.js";
import { checkDesign } from "./design_check.js";
import { count, focused, focusKey, h, icon, isOurs, refill, svg } from "./dom.js";
import { page, door, whenLoaded } from "./page.js";
import { showConnection, showDesign, showGated, showServices, showVisitor, showWarnings } from "./panel_parts.js";
import { reloadPage } from "./reload.js";
import { beFresh, hasGpc, setGpc } from "./simulation.js";
import { keep, recall } from "./store.js";

const CLOSE = "M3.5 3.5l9 9m0-9l-9 9";
const NOTHING = { content: "", services: [], gated: [] };

export function makeToolbar(errorPill) {
  // What the server says (CONTRACT: state, page), and how it can be reached.
  const facts = { state: null, report: null, connection: "waiting", directive: "", diagnostics: [], failure: "" };
  let design = { checked: [], problems: [] };
  let drawn = "";

  const body = h("div", { class: "panel-body", tabindex: "0", role: "group", "aria-label": "Consent on this page" });
  const connection = h("p", { class: "connection", role: "status" });
  const panel = h(
    "section",
    { class: "panel", id: "panel", "aria-labelledby": "panel-title" },
    h(
      "div",
      { class: "panel-bar" },
      h("div", {}, h("h2", { id: "panel-title" }, "Preview"), connection),
      h("button", { type: "button", class: "quiet", "aria-label": "Hide the toolbar but for a dot", title: "Hide but for a dot", "data-key": "dot", onclick: () => setShape("dot") }, icon("M3 12.5h10")),
      h("button", { type: "button", class: "quiet", "aria-label": "Close the panel", title: "Close", "data-key": "close", onclick: () => setShape("pill") }, icon(CLOSE)),
    ),
    body,
  );
  const pill = h("button", { type: "button", class: "pill", "aria-controls": "panel", "data-key": "pill", onclick: toggle });
  const dock = h("div", { class: "dock" }, errorPill, pill);
  panel.hidden = pill.hidden = true;
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setShape("pill");
  });
  // Consent decisions reload the page: the same control has the focus afterwards.
  for (const part of [panel, dock]) part.addEventListener("focusin", () => keep({ focus: focused()?.dataset.key }));
  for (const part of [panel, dock])
    part.addEventListener("focusout", () => {
      // Also when the document goes: then it is kept.
      if (document.hasFocus() && document.visibilityState === "visible") setTimeout(() => isOurs(document.activeElement) || keep({ focus: undefined }));
    });

  const shape = () => recall("toolbar") ?? "pill";

  function setShape(next) {
    keep({ toolbar: next === "pill" ? undefined : next });
    draw();
    if (next === "open") {
      readReport();
      panel.querySelector('[data-key="close"]').focus({ preventScroll: true });
    } else pill.focus({ preventScroll: true });
  }

  function toggle() {
    setShape(shape() === "open" || shape() === "dot" ? "pill" : "open");
  }

  // --- What the server knows of this page

  async function readReport() {
    try {
      const answer = await fetch(door("page", { output: page.output }));
      facts.report = answer.ok ? await answer.json() : NOTHING;
    } catch {
      facts.report ??= NOTHING; // forbidden, or no server: the connection's line says which
    }
    draw();
  }

  async function post(name, set) {
    facts.failure = "";
    try {
      const answer = await fetch(door(name, { set }), { method: "POST" });
      if (!answer.ok) facts.failure = `The preview server did not take the ${name}: it answered ${answer.status}.`;
    } catch {
      facts.failure = `The preview server did not take the ${name}: it cannot be reached.`;
    }
    draw();
    return !facts.failure;
  }

  // --- What the panel's controls do

  // The runtime takes the focus to <main> after a decision, as it should for visitors.
  function decide(act) {
    const key = focused()?.dataset.key;
    act(window.hardtop.consent);
    if (key) focusKey(panel, key);
  }

  const consentFacts = () => facts.state?.consent ?? null;
  const optional = () => (consentFacts()?.services ?? []).filter(({ necessary }) => !necessary).map(({ id }) => id);
  const actions = {
    fresh() {
      const consent = consentFacts();
      const source = consent?.region_source ?? "";
      const wanted = consent ? storedNames(consent) : { cookies: [] };
      if (source.startsWith("cookie:")) wanted.cookies.push(source.slice(7));
      if (source === "cloudflare" && facts.state.region) post("region", "").finally(() => beFresh(wanted));
      else beFresh(wanted);
    },
    acceptAll: () => decide((consent) => consent.grant(optional())),
    rejectAll: () => decide((consent) => consent.refuse(optional())),
    grant: (id) => decide((consent) => consent.grant([id])),
    refuse: (id) => decide((consent) => consent.withdraw([id])),
    gpc() {
      setGpc(!hasGpc());
      reloadPage();
    },
    async region(place) {
      const source = consentFacts().region_source;
      if (source.startsWith("cookie:")) {
        const name = source.slice(7);
        document.cookie = place ? `${name}=${place}; Path=/; SameSite=Lax` : `${name}=; Max-Age=0; Path=/`;
      } else if (!(await post("region", place))) return;
      reloadPage();
    },
    // The server builds everything anew, and says so: that reloads the page.
    language: (language) => post("language", language),
  };

  // --- Drawing

  function read() {
    const { state, report, diagnostics, failure } = facts;
    const consent = consentFacts();
    const services = report?.services ?? [];
    const states = consent ? readStates(services, consent) : new Map();
    const templates = [...document.querySelectorAll("template[data-service]")].map((template) => template.dataset.service);
    return {
      consent, services, states: Object.fromEntries(states), gated: report?.gated ?? [], templates, content: report?.content ?? "", failure,
      isKnown: state?.consent !== undefined, hasRuntime: Boolean(window.hardtop?.consent), gpc: hasGpc(),
      asks: /\bask\b/.test(document.documentElement.dataset.consentState ?? ""),
      languages: state?.languages ?? [], language: state?.language ?? "", region: readRegion(consent, state), design,
      warnings: diagnostics.filter(({ severity }) => severity === "warning"),
    };
  }

  function draw() {
    showConnection(connection, facts);
    // Until everything is known: what grows in parts would jump about.
    if (!facts.report || (!facts.state && facts.connection === "waiting")) return;
    const model = read();
    const isOpen = shape() === "open";
    pill.hidden = false;
    panel.hidden = !isOpen;
    const text = JSON.stringify([model, isOpen, shape(), facts.connection]);
    if (text === drawn) return;
    drawn = text;
    drawPill(model, isOpen);
    if (isOpen)
      refill(
        body,
        facts.connection === "blocked" && showBlocked(facts.directive),
        showVisitor(model, actions),
        showServices(model, actions),
        showDesign(model),
        showGated(model),
        showWarnings(model),
        model.content && h("p", { class: "muted foot" }, "This page is made of ", h("code", {}, model.content)),
      );
    place();
  }

  function drawPill({ states, design: { problems }, warnings, services }, isOpen) {
    const undecided = Object.values(states).filter(({ word }) => word === "undecided" || word === "changed").length;
    const wrong = problems.length + warnings.length;
    const isDot = shape() === "dot";
    const words = [count(services.length, "service"), undecided && `${undecided} undecided`, wrong && count(wrong, "warning")].filter(Boolean).join(", ");
    pill.classList.toggle("dot", isDot);
    pill.classList.toggle("lost", facts.connection !== "live");
    pill.setAttribute("aria-expanded", isOpen);
    pill.setAttribute("aria-label", `Preview: ${words}`);
    pill.title = isDot ? words : "";
    refill(
      pill,
      svg("svg", { viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true", class: "logo" }, svg("path", { d: "M2 12c0-2 1-3 3-3l4-5h6l4 5c2 0 3 1 3 3" }), svg("circle", { cx: 7, cy: 12.5, r: 1.6 }), svg("circle", { cx: 17, cy: 12.5, r: 1.6 })),
      !isDot && h("span", {}, count(services.length, "service")),
      !isDot && wrong > 0 && h("span", { class: "badge" }, String(wrong)),
    );
  }

  // --- Where it stands: at the bottom end, unless that would cover a button of the banner

  function place() {
    // Nothing moves away from under the pointer of whoever uses the panel.
    if (!dock.isConnected || (shape() === "open" && dock.dataset.edge)) return;
    const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
    const ends = isRtl ? ["left", "right"] : ["right", "left"];
    const buttons = [...document.querySelectorAll("#consent-banner :is(button, a)")].map((button) => button.getBoundingClientRect()).filter(({ width }) => width > 0);
    const { width, height } = dock.getBoundingClientRect();
    const gap = 24;
    const free = ["bottom", "top"].flatMap((edge) => ends.map((end) => [edge, end])).find(([edge, end]) => {
      const left = end === "left" ? 0 : innerWidth - width - gap;
      const top = edge === "top" ? 0 : innerHeight - height - gap;
      return !buttons.some((rect) => rect.left < left + width + gap && rect.right > left && rect.top < top + height + gap && rect.bottom > top);
    });
    const [edge, end] = free ?? ["bottom", ends[0]];
    for (const part of [dock, panel]) {
      part.dataset.edge = edge;
      part.dataset.end = end;
    }
  }

  let isAsked = false;
  function lookAgain() {
    if (isAsked || document.hidden) return;
    isAsked = true;
    // Not with each of the changes that come together.
    setTimeout(() => (window.requestIdleCallback ? requestIdleCallback(look, { timeout: 300 }) : look()), 50);
  }
  function look() {
    isAsked = false;
    const consent = consentFacts();
    const states = consent ? readStates(consent.services, consent) : new Map();
    design = checkDesign((id) => {
      const state = states.get(id);
      return Boolean(state) && !state.runs && state.word !== "granted";
    });
    draw();
    place();
  }

  function start() {
    readReport();
    whenLoaded(lookAgain);
    document.addEventListener("consentchange", lookAgain);
    document.addEventListener("toggle", lookAgain, true); // dialogs and popovers of the page
    addEventListener("resize", lookAgain);
    addEventListener("scrollend", lookAgain);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", lookAgain);
    // Templates that are activated, a dialog that opens.
    new MutationObserver(lookAgain).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["open", "data-consent-state"] });
    // After a reload that a decision brought.
    const key = recall("focus");
    if (key && document.activeElement === document.body) setTimeout(() => restoreFocus(key, 20), 0);
  }

  // The panel shows when what it needs has come.
  function restoreFocus(key, tries) {
    if (document.activeElement !== document.body || focusKey(dock, key) || (!panel.hidden && focusKey(panel, key)) || tries === 0) return;
    setTimeout(() => restoreFocus(key, tries - 1), 50);
  }

  return {
    parts: [panel, dock],
    start,
    lookAgain,
    showState(state) {
      facts.state = state;
      facts.diagnostics = state.diagnostics ?? [];
      lookAgain();
      draw();
    },
    showDiagnostics(diagnostics) {
      facts.diagnostics = diagnostics;
      draw();
    },
    showConnection(connectionState, directive = "") {
      Object.assign(facts, { connection: connectionState, directive });
      draw();
    },
  };
}

function showBlocked(directive) {
  return h(
    "div",
    { class: "notice" },
    h("p", {}, h("strong", {}, "Live reload is blocked. "), "The page’s Content-Security-Policy (", h("code", {}, directive), ") does not let it speak to the preview server. Allow it in site.toml, under [headers] or where the policy is set:"),
    h("pre", {}, h("span", {}, "connect-src 'self'")),
  );
}

// Where the visitor is taken to be: the cookie says, or the server's answer to /cdn-cgi/trace.
function readRegion(consent, state) {
  const source = consent?.region_source ?? "";
  if (!source.startsWith("cookie:")) return state?.region ?? "";
  try {
    return `; ${document.cookie}`.split(`; ${source.slice(7)}=`)[1]?.split(";")[0] ?? "";
  } catch {
    return "";
  }
}
