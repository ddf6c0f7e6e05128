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
  return h("span", { class: "place" }, h("code", {}, text), navigator.clipboard && copyButton(text, key));
}

function copyButton(text, key) {
  const button = h("button", { type: "button", class: "quiet copy", "aria-label": `Copy ${text}`, title: "Copy", "data-key": key, onclick: copy }, icon(COPY));
  let timer = 0;
  async function copy() {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false; // the browser or the page's Permissions-Policy says no
    }
    button.replaceChildren(done ? icon(COPIED) : "no");
    button.setAttribute("aria-label", done ? `Copied ${text}` : `${text} could not be copied`);
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.replaceChildren(icon(COPY));
      button.setAttribute("aria-label", `Copy ${text}`);
    }, 2000);
  }
  return button;
}
