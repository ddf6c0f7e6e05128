// The parts of the toolbar's panel. Each function takes the model that toolbar.js reads, and the actions, and makes elements.
import { count, h } from "./dom.js";
import { showHint, showPlace } from "./place.js";
import { showExcerpt } from "./overlay.js";

const CONNECTIONS = { waiting: "Connecting", live: "Live", lost: "The server does not answer; asking again", blocked: "Live reload is blocked" };

export function showConnection(line, { connection }) {
  const words = CONNECTIONS[connection];
  if (line.textContent === words) return;
  line.textContent = words;
  line.className = `connection ${connection}`;
}

const part = (key, title, ...children) => h("section", { class: "part", "aria-labelledby": `part-${key}` }, h("h3", { id: `part-${key}` }, title), ...children);
const button = (key, words, act, attributes = {}) => h("button", { type: "button", class: "button", "data-key": key, onclick: act, ...attributes }, words);

// --- Who visits

const RULES = { "opt-in": "nothing runs before a yes", "opt-out": "everything runs until a no", exempt: "everything runs, nobody is asked" };

export function showVisitor(model, actions) {
  const { consent, hasRuntime, gpc } = model;
  return part(
    "visitor",
    "Visitor",
    h(
      "div",
      { class: "buttons" },
      button("fresh", "Fresh visitor", actions.fresh, { title: "Forgets the choice, what services have stored in this site’s name, and what is simulated here" }),
      button("accept-all", "Accept all", actions.acceptAll, { disabled: !hasRuntime }),
      button("reject-all", "Reject all", actions.rejectAll, { disabled: !hasRuntime }),
    ),
    h("div", { class: "fields" }, showGpc(gpc, consent, actions), showRegion(model, actions), showLanguage(model, actions)),
    model.failure && h("p", { class: "problem", role: "alert" }, model.failure),
  );
}

function showGpc(gpc, consent, actions) {
  return h(
    "div",
    { class: "field" },
    h("span", { id: "gpc-label" }, "Global Privacy Control"),
    h("button", { type: "button", class: "switch", role: "switch", "aria-checked": gpc, "aria-labelledby": "gpc-label", "data-key": "gpc", onclick: actions.gpc }, h("span", {}, gpc ? "On" : "Off")),
    consent?.honors_gpc === false && h("span", { class: "muted" }, "This site does not honour it (honor_gpc)."),
  );
}

function select(key, label, options, chosen, act, attributes = {}) {
  const field = h(
    "select",
    { id: `field-${key}`, "data-key": key, onchange: (event) => act(event.target.value), ...attributes },
    options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)),
  );
  return h("div", { class: "field" }, h("label", { for: `field-${key}` }, label), field);
}

function nameOf(type, code) {
  try {
    return new Intl.DisplayNames(["en"], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

function showRegion({ consent, region }, actions) {
  const places = rulesByPlace(consent);
  if (!consent?.region_source || places.size === 0) return null;
  const options = [["", "Unknown"], ...[...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, rule]) => [code, `${placeName(code)}: ${RULES[rule] ?? rule}`])];
  if (region && !places.has(region)) options.push([region, `${placeName(region)}: not listed`]);
  return select("region", "Region", options, region, actions.region);
}

// As the runtime has them (consent/runtime.cc): Cloudflare tells the country only, and the strictest rule of its parts counts.
function rulesByPlace(consent) {
  const places = new Map((consent?.regions ?? []).flatMap(({ places: codes, rule }) => codes.map((code) => [code, rule])));
  if (consent?.region_source !== "cloudflare") return places;
  const strictest = Object.keys(RULES);
  const countries = new Map([...places].filter(([code]) => code.length === 2));
  for (const [code, rule] of places) {
    const country = code.slice(0, 2);
    if (countries.has(country) && strictest.indexOf(rule) < strictest.indexOf(countries.get(country))) countries.set(country, rule);
  }
  return countries;
}

const placeName = (code) => (code.length > 2 ? `${nameOf("region", code.slice(0, 2))}, ${code.slice(3)}` : nameOf("region", code));

function showLanguage({ languages, language }, actions) {
  if (languages.length < 2) return null;
  return select("language", "Language of consent", languages.map((code) => [code, `${nameOf("language", code)} (${code})`]), language, actions.language);
}

// --- Services

const WORDS = {
  on: ["Always on", "good"], granted: ["Granted", "good"], refused: ["Refused", "bad"], gpc: ["Refused by GPC", "bad"], undecided: ["Undecided", "open"],
  changed: ["Undecided: facts changed", "open"],
};

export function showServices(model, actions) {
  const { consent, services, isKnown } = model;
  const title = services.length ? `Services on this page (${services.length})` : "Services on this page";
  if (!isKnown) return part("services", title, h("p", {}, "Not known: the preview server cannot be asked."));
  if (!consent) return part("services", title, h("p", {}, "Nothing is declared: the site has no consent.toml, and contacts nobody."));
  if (services.length === 0) return part("services", title, h("p", {}, consent?.services.length ? `None. The site declares ${count(consent.services.length, "service")}, on other pages.` : "None: the site declares no services, and contacts nobody."));
  const categories = [...new Set(services.map(({ category }) => category))];
  return part(
    "services",
    title,
    ...categories.map((category) =>
      h("div", { class: "category" }, h("h4", {}, category), h("ul", { class: "services" }, services.filter((service) => service.category === category).map((service) => showService(service, model, actions)))),
    ),
  );
}

function showService({ id, name, necessary }, { states, hasRuntime }, actions) {
  const { word = "undecided", runs = false } = states[id] ?? {};
  const [words, kind] = WORDS[word];
  const says = word === "undecided" && runs ? "Undecided, runs" : words;
  return h(
    "li",
    { class: "service" },
    h("div", {}, h("span", { class: "name" }, name), h("span", { class: `state ${kind}` }, says)),
    !necessary &&
      h(
        "div",
        { class: "choice", role: "group", "aria-label": name },
        h("button", { type: "button", "data-key": `grant-${id}`, "aria-pressed": word === "granted", "aria-label": `Grant ${name}`, disabled: !hasRuntime, onclick: () => actions.grant(id) }, "Grant"),
        h("button", { type: "button", "data-key": `refuse-${id}`, "aria-pressed": word === "refused", "aria-label": `${runs ? "Withdraw" : "Refuse"} ${name}`, disabled: !hasRuntime, onclick: () => actions.refuse(id) }, runs ? "Withdraw" : "Refuse"),
      ),
  );
}

// --- Honest design

export function showDesign({ design: { checked, problems }, hasRuntime }) {
  if (!hasRuntime && problems.length === 0) return null;
  const scope = checked.length
    ? `Checked as rendered: ${checked.join(", ")}, the link to the preferences.`
    : "Only the link to the preferences is checked: the banner does not show now. Be a fresh visitor to check it.";
  return part(
    "design",
    "Honest design",
    problems.length > 0
      ? h("ul", { class: "problems" }, problems.map(({ id, message, hint }) => h("li", { class: "problem" }, h("p", {}, message), showHint(hint), h("code", { class: "id" }, id))))
      : checked.length > 0 && h("p", { class: "fine" }, "Accepting and refusing are alike."),
    h("p", { class: "muted" }, scope),
  );
}

// --- What the gate made inert

export function showGated({ gated, templates, services }) {
  if (gated.length === 0) return services.length ? part("gated", "Made inert", h("p", {}, "Nothing: no markup on this page waits for a decision.")) : null;
  const waiting = new Set(templates);
  return part(
    "gated",
    `Made inert (${gated.length})`,
    h(
      "ul",
      { class: "gated" },
      gated.map(({ service, element, url, more_urls = [], ...place }, index) =>
        h(
          "li",
          {},
          h("div", {}, h("code", {}, `<${element}>`), " for ", h("span", { class: "name" }, services.find(({ id }) => id === service)?.name ?? service), h("span", { class: `state ${waiting.has(service) ? "open" : "good"}` }, waiting.has(service) ? "Waits" : "Let in")),
          [url, ...more_urls].filter(Boolean).map((one) => h("div", { class: "url" }, one)),
          showPlace(place, `gated-${index}`),
        ),
      ),
    ),
  );
}

// --- What the build warns about

export function showWarnings({ warnings }) {
  if (warnings.length === 0) return null;
  return part(
    "warnings",
    `Warnings of the build (${warnings.length})`,
    h(
      "ul",
      { class: "problems" },
      warnings.slice(0, 50).map(({ id, message, hint, excerpt, ...place }, index) =>
        h("li", { class: "problem" }, showPlace(place, `warning-${index}`), h("p", {}, message), showExcerpt(excerpt, place.path), showHint(hint, `warning-${index}`), h("code", { class: "id" }, id)),
      ),
    ),
  );
}
