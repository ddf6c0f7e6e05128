// A place in a source, as editors and terminals take it: path:line:column, with a button that copies it.
import { h, icon } from "./dom.js";

const COPY = "M5 2h7a2 2 0 0 1 2 2v7M4 5h5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
const COPIED = "M2.5 8.5l3.5 3.5 7.5-8";

export function placeText({ path, line, column }) {
  if (!path) return "";
  return line ? `${path}:${line}:${column ?? 1}` : path;
}

// Nothing where there is no file. `key`: of the button (dom.js).
export function showPlace(place, key) {
  const text = placeText(place);
  if (!text) return null;
  return h("span", { class: "place" }, h("code", {}, text), copyButton(text, text, key));
}

// The first line says what to do; what may follow are lines to paste.
export function showHint(hint, key) {
  if (!hint) return null;
  const [first, ...lines] = hint.split("\n");
  const words = h("p", { class: "hint" }, h("strong", {}, "Hint "), first);
  if (lines.length === 0) return words;
  const text = lines.join("\n");
  return [words, h("div", { class: "paste" }, h("pre", { tabindex: "0", role: "group", "aria-label": "Lines to paste" }, text), copyButton(text, "the lines", `${key}-lines`))];
}

// Nothing where pages may not copy: elsewhere than on localhost, a preview has no clipboard.
function copyButton(text, name, key) {
  if (!navigator.clipboard) return null;
  const button = h("button", { type: "button", class: "quiet copy", "aria-label": `Copy ${name}`, title: "Copy", "data-key": key, onclick: copy }, icon(COPY));
  let timer = 0;
  async function copy() {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false; // the browser or the page's Permissions-Policy says no
    }
    button.replaceChildren(done ? icon(COPIED) : "no");
    button.setAttribute("aria-label", done ? `Copied ${name}` : `Could not copy ${name}`);
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.replaceChildren(icon(COPY));
      button.setAttribute("aria-label", `Copy ${name}`);
    }, 2000);
  }
  return button;
}
