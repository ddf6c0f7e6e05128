// What is wrong with the site, over whatever page is open: the diagnostics of the terminal. The page that lies below is the last
// good one. Escape puts the overlay away; a button in the corner brings it back; when everything is mended it is gone.
//
// The server sends diagnostics as serve/overlay.h writes them:
//   {severity, id, message, hint, path, line, column, excerpt: [line of the source, line with the caret],
//    notes: [{path, line, column, message}]}
import { count, focused, h, icon, isOurs, raise, refill } from "./dom.js";
import { placeText, showHint, showPlace } from "./place.js";
import { keep, recall } from "./store.js";

const MOST = 50; // that are shown; a page with thousands would be slow, and nobody reads them
const DOWN = "M3 6l5 5 5-5";

export function makeOverlay() {
  let errors = [];
  let before = null; // what had the focus
  const title = h("h2", { id: "overlay-title" });
  const list = h("ol", { class: "errors" });
  const away = h("button", { type: "button", class: "button", onclick: collapse }, icon(DOWN), "Hide", h("kbd", {}, "Esc"));
  const panel = h(
    "dialog",
    { class: "overlay", "aria-labelledby": "overlay-title", tabindex: "-1" },
    h("div", { class: "overlay-bar" }, h("div", {}, title, h("p", { class: "muted" }, "Below is the last good page.")), away),
    list,
  );
  const dim = h("div", { class: "dim" });
  const pill = h("button", { type: "button", class: "pill pill-errors", onclick: open });
  const alert = h("p", { class: "unseen", role: "alert" });
  dim.hidden = pill.hidden = true;

  function open() {
    keep({ collapsed: undefined });
    draw();
    panel.focus({ preventScroll: true });
  }

  function collapse() {
    const hadFocus = panel.contains(focused());
    keep({ collapsed: true });
    draw();
    if (hadFocus) pill.focus({ preventScroll: true });
  }

  function draw() {
    const shows = errors.length > 0 && !recall("collapsed");
    const hadFocus = panel.contains(focused()) || pill === focused();
    const appears = shows && !panel.open;
    if (!shows) panel.close();
    dim.hidden = !shows;
    pill.hidden = errors.length === 0 || shows;
    if (errors.length === 0 && hadFocus) before?.focus?.({ preventScroll: true });
    if (appears) appear();
  }

  // Without taking the focus from whoever types. Where the page shows a modal dialog, nothing but what is modal itself can be used.
  function appear() {
    const active = document.activeElement;
    const isTyping = Boolean(active?.matches("input, textarea, select, [contenteditable]"));
    if (!isOurs(active)) before = active;
    raise();
    if (document.querySelector("dialog:modal") && !isTyping) panel.showModal();
    else panel.open = true;
    if (!active || active === document.body) panel.focus({ preventScroll: true });
  }

  function show(diagnostics) {
    const next = diagnostics.filter(({ severity }) => severity === "error");
    if (JSON.stringify(next) === JSON.stringify(errors)) return;
    errors = next;
    const words = count(errors.length, "error");
    title.textContent = words;
    refill(pill, h("span", { class: "mark", "aria-hidden": "true" }, "!"), words);
    pill.setAttribute("aria-label", `${words}: show`);
    refill(list, errors.slice(0, MOST).map(showError), errors.length > MOST && h("li", { class: "muted" }, `And ${errors.length - MOST} more: the terminal shows all.`));
    if (errors.length === 0) keep({ collapsed: undefined });
    alert.textContent = errors.length ? `${words}. ${placeText(errors[0])} ${errors[0].message}` : "";
    draw();
  }

  // Not where Escape closes something of the page's own.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open && !event.defaultPrevented && !document.querySelector("dialog:modal")) collapse();
  });
  // The page's listeners do not hear what happens in here (dom.js), nor does the one above.
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") collapse();
  });
  panel.addEventListener("cancel", (event) => event.preventDefault());

  return { parts: [dim, panel, alert], pill, show };
}

function showError({ id, message, hint, excerpt, notes, ...place }, index) {
  return h(
    "li",
    { class: "error" },
    h("div", { class: "error-top" }, showPlace(place, `copy-${index}`), h("code", { class: "id" }, id)),
    h("p", { class: "message" }, message),
    showExcerpt(excerpt, placeText(place)),
    showHint(hint, `copy-${index}`),
    notes?.length > 0 &&
      h("ul", { class: "notes" }, notes.map((note, at) => h("li", {}, showPlace(note, `copy-${index}-${at}`), h("span", {}, note.message)))),
  );
}

// `excerpt` is the line and the caret's line, each after a gutter: "  3 | text". The second is for eyes: who listens has heard line
// and column.
export function showExcerpt(excerpt, where) {
  if (!excerpt?.length) return null;
  const [line, caret] = excerpt.map((text) => /^( *\d* *\|)?(.*)$/s.exec(text));
  return h(
    "pre",
    { tabindex: "0", role: "group", "aria-label": `The source at ${where}` },
    h("span", { class: "gutter" }, line[1] ?? ""),
    line[2],
    caret && ["\n", h("span", { class: "gutter", "aria-hidden": "true" }, caret[1] ?? ""), h("span", { class: "caret", "aria-hidden": "true" }, caret[2])],
  );
}
