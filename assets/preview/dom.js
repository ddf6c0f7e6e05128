// One element beside <body> that holds everything of the preview, and a small way to make elements. Pages may have Trusted Types
// and a policy of hashes: there is no markup in strings here and no style attribute; the style sheet is a constructed one.
//
// The element is a popover: in the browser's top layer it is above whatever the page stacks up, and no part of its layout. Its
// shadow root is closed: the page's scripts and selectors do not get in.
import css from "./preview.css";

const host = document.createElement("hardtop-preview");
const root = host.attachShadow({ mode: "closed" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
host.lang = "en";
host.dir = "ltr";
host.translate = false;
host.popover = "manual";

// What is done in here is not the page's business: its shortcuts and outside-click listeners do not hear of it.
for (const type of ["click", "dblclick", "input", "keydown", "keyup", "keypress", "mousedown", "mouseup", "pointerdown", "pointerup", "wheel", "touchstart"])
  host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });

export function mount(...parts) {
  root.append(...parts);
  document.documentElement.append(host);
  host.showPopover?.(); // a browser of before 2024 has it in the page, above what has no z-index
}

// After the page has opened something in the top layer: what came last is above.
export function raise() {
  if (!host.isConnected) return;
  host.hidePopover?.();
  host.showPopover?.();
}

export const isOurs = (element) => element === host;
export const focused = () => root.activeElement;

// h("button", { class: "x", onclick: f, "aria-pressed": true }, "text", element, null). Functions become listeners, false and
// undefined leave an attribute out.
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true && !key.startsWith("aria-")) element.setAttribute(key, "");
    else if (value !== undefined && value !== null && (value !== false || key.startsWith("aria-"))) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Replaces what `parent` holds, and gives the focus back to the control that had it, found by its data-key.
export function refill(parent, ...children) {
  const key = parent.contains(focused()) ? focused().dataset.key : undefined;
  parent.replaceChildren(...children.flat().filter(Boolean));
  if (key) focusKey(parent, key);
}

export function focusKey(parent, key) {
  const control = [...parent.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  control?.focus({ preventScroll: true });
  return Boolean(control);
}

export const icon = (path) =>
  svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "icon" }, svg("path", { d: path }));

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
