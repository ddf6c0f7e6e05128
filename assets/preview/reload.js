// A reload that nobody loses their place by: the scroll position, the consent preferences if they are open, with what is ticked
// in them and not yet saved.
//
// The place is kept by the heading above it, since what changed may have grown: what was at the top of the window is there again.
// Without such a heading it is the distance from the top. It is put right again while the layout settles (images, fonts), and
// until the person who sits here scrolls.
import { whenLoaded, whenParsed } from "./page.js";
import { keep, recall } from "./store.js";

const SETTLES = 1500; // milliseconds after the load event
const OWN_HAND = ["wheel", "touchmove", "keydown", "pointerdown"];

const preferences = () => document.getElementById("consent-preferences");
const controlsOf = (dialog) => [...dialog.querySelectorAll("a, button, input, summary")];
const topOf = (element) => element.getBoundingClientRect().top + scrollY;

let isLeaving = false;

export function reloadPage() {
  if (isLeaving) return;
  isLeaving = true;
  keep({ reload: { url: location.href, place: findPlace(), preferences: readPreferences() } });
  location.reload();
}

function findPlace() {
  const headings = scrollY > 0 ? [...document.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id]")] : [];
  const above = headings.filter((heading) => heading.checkVisibility() && heading.getBoundingClientRect().top <= 1).at(-1);
  return { x: scrollX, y: scrollY, heading: above?.id, below: above && scrollY - topOf(above) };
}

function readPreferences() {
  const dialog = preferences();
  if (!dialog?.open) return undefined;
  const boxes = [...dialog.querySelectorAll("[data-consent-service]")];
  return {
    ticked: boxes.filter((box) => box.checked).map((box) => box.dataset.consentService),
    scrolled: dialog.scrollTop,
    focused: controlsOf(dialog).indexOf(document.activeElement),
  };
}

// Called once, as early as can be.
export function restoreAfterReload() {
  const saved = recall("reload");
  if (!saved) return;
  keep({ reload: undefined });
  if (saved.url !== location.href) return;
  whenParsed(() => {
    holdPlace(saved.place);
    if (saved.preferences) openPreferences(saved.preferences);
  });
}

function holdPlace(place) {
  const settle = () => {
    const heading = place.heading && document.getElementById(place.heading);
    const top = heading ? topOf(heading) + place.below : place.y;
    if (Math.abs(top - scrollY) > 1) scrollTo({ left: place.x, top, behavior: "instant" });
  };
  const observer = new ResizeObserver(settle);
  const release = () => {
    observer.disconnect();
    for (const type of OWN_HAND) removeEventListener(type, release, true);
  };
  for (const type of OWN_HAND) addEventListener(type, release, { capture: true, passive: true });
  settle();
  observer.observe(document.documentElement);
  observer.observe(document.body);
  whenLoaded(() => setTimeout(release, SETTLES));
}

function openPreferences({ ticked, scrolled, focused }) {
  const dialog = preferences();
  if (!dialog || !window.hardtop?.consent) return;
  window.hardtop.consent.open();
  for (const box of dialog.querySelectorAll("[data-consent-service]")) {
    const wanted = ticked.includes(box.dataset.consentService);
    if (box.checked === wanted) continue;
    box.checked = wanted;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  controlsOf(dialog)[focused]?.focus({ preventScroll: true });
  dialog.scrollTop = scrolled;
}
