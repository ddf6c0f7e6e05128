// Which page this is, as the preview server has said on the script element that it inserted:
//   <script src="/.hardtop/preview.js" data-version="INSTANCE.N" data-output="blog/index.html"></script>
// The element goes: the page's own scripts and selectors find their document as it was built.
const script = document.currentScript;

export const page = {
  version: script.dataset.version ?? "", // moves on with what the server tells
  output: script.dataset.output ?? "",
};
script.remove();

// Where the server's door NAME is. Absolute, because a page may have a <base>.
export function door(name, query = {}) {
  const url = new URL(`/.hardtop/${name}`, location.origin);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url.href;
}

// The document can be added to: calls `act` now or when it has been parsed.
export function whenParsed(act) {
  if (document.readyState !== "loading") act();
  else document.addEventListener("DOMContentLoaded", act, { once: true });
}

export function whenLoaded(act) {
  if (document.readyState === "complete") act();
  else addEventListener("load", act, { once: true });
}
