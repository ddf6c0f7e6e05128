// The rules of honest design on the page as it is rendered. The build judges the markup (consent/honest_design.cc) and the
// colours of theme.toml; what a theme's plain CSS does to the buttons only a browser sees. Same ids, same sources.
//
// What is judged is what shows: the banner while it asks, the preferences while they are open, the link to the preferences always.

const SYMMETRY = "EDPB cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2)";
const REFUSAL = "EDPB cookie banner taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C)";
const PRETICKED = "EDPB cookie banner taskforce 2023, practice B; GDPR, recital 32; CJEU C-673/17";
const SETTINGS = "EDPB cookie banner taskforce 2023, practice K; GDPR, article 7(3)";
const CONTRAST = "WCAG 2.2, 1.4.3";
const TARGET = "WCAG 2.2, 2.5.8";

const LEAST_CONTRAST = 4.5;
const LEAST_TARGET = 24; // CSS pixels
const PIXEL = 1.01; // lengths that differ by no more are the same: layout rounds
// No source has a figure for these. One button's words are longer than another's; a button that stands out half as much again
// from what is around it is the one that is meant to be pressed.
const WIDER = 1.5;
const STRONGER = 1.5;

const LAYERS = [
  ["the banner", "#consent-banner", ["reject-all", "preferences"]],
  ["the preferences", "#consent-preferences", ["reject-all"]],
];

// {checked: [names of the layers that showed], problems: [{id, message, hint}]}. `isUndecided(id)` says of a service that nobody
// has allowed it.
export function checkDesign(isUndecided) {
  const problems = [];
  const report = (id, message, source, hint) => problems.push({ id, message: `${message} (${source})`, hint });
  const checked = [];
  for (const [name, selector, others] of LAYERS) {
    const layer = document.querySelector(selector);
    if (!layer || !shows(layer)) continue;
    checked.push(name);
    const accept = layer.querySelector('[data-consent="accept-all"]');
    if (accept && shows(accept))
      for (const action of others) compare(accept, layer.querySelector(`[data-consent="${action}"]`), action, name, report);
    judgeText(layer, name, report);
  }
  judgeTicks(isUndecided, report);
  judgeSettings(report);
  return { checked, problems };
}

function compare(accept, other, action, layer, report) {
  const obstacle = other ? obstacleOf(other) : "missing";
  if (obstacle) {
    if (action === "reject-all")
      report("consent/no-refusal", `in ${layer} the refusal cannot be used: it is ${obstacle}`, REFUSAL, "let everybody reach it who can reach 'accept-all'");
    else report("consent/unequal-buttons", `in ${layer} '${action}' is ${obstacle}, and 'accept-all' is not`, SYMMETRY, "show both alike");
    return;
  }
  const difference = differenceOf(accept, other);
  if (difference)
    report("consent/unequal-buttons", `in ${layer} '${action}' ${difference} 'accept-all'`, SYMMETRY, "give both the same font, size and colours: some rule of the theme's CSS tells them apart, by [data-consent] or by their order");
}

// The first difference, in words that stand between the two names; empty where there is none.
function differenceOf(accept, other) {
  const [a, b] = [accept, other].map((button) => getComputedStyle(button));
  const lengths = [
    ["font-size", "font"], ["padding-top", "padding"], ["padding-bottom", "padding"], ["padding-left", "padding"], ["padding-right", "padding"],
    ["min-block-size", "least height"], ["min-inline-size", "least width"], ["border-top-width", "border"],
  ];
  for (const [property, word] of lengths) {
    const [x, y] = [a, b].map((style) => parseFloat(style.getPropertyValue(property)) || 0);
    if (Math.abs(x - y) > PIXEL) return `has a ${y < x ? "smaller" : "larger"} ${word}, ${round(y)} px and not ${round(x)}, than`;
  }
  if (a.fontWeight !== b.fontWeight) return `has a ${+b.fontWeight < +a.fontWeight ? "lighter" : "bolder"} font, ${b.fontWeight} and not ${a.fontWeight}, than`;
  const [one, two] = [accept, other].map((button) => button.getBoundingClientRect());
  if (Math.abs(one.height - two.height) > PIXEL) return `is ${two.height < one.height ? "lower" : "higher"}, ${round(two.height)} px and not ${round(one.height)}, than`;
  if (ratioOf(one.width, two.width) > WIDER) return `is ${two.width < one.width ? "narrower" : "wider"}, ${round(two.width)} px and not ${round(one.width)}, than`;
  const [front, frontOther] = [accept, other].map(textContrast);
  if (ratioOf(front, frontOther) > STRONGER) return `has a text of ${frontOther < front ? "less" : "more"} contrast, ${ratio(frontOther)} and not ${ratio(front)}, than`;
  const [field, fieldOther] = [accept, other].map(fieldContrast);
  if (ratioOf(field, fieldOther) > STRONGER) return `stands out ${fieldOther < field ? "less" : "more"} from what is around it, ${ratio(fieldOther)} and not ${ratio(field)}, than`;
  return "";
}

function judgeText(layer, name, report) {
  for (const element of layer.querySelectorAll("button, a, h2, h3, p, dt, dd, legend, label, summary, li")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const text = hasText || element.matches("button") ? textContrast(element) : 0;
    if (!text || text >= LEAST_CONTRAST || !shows(element)) continue;
    const what = element.dataset.consent ? `'${element.dataset.consent}'` : `“${element.innerText.trim().slice(0, 40)}”`;
    report("consent/low-contrast", `in ${name} ${what} has a contrast of ${ratio(text)}; text needs 4.5:1`, CONTRAST, "darken one of the colours, or lighten the other");
  }
}

function judgeTicks(isUndecided, report) {
  for (const box of document.querySelectorAll("#consent-banner :checked, #consent-preferences [data-consent-service]:checked")) {
    const service = box.dataset.consentService;
    // While the preferences are open, a tick is the visitor's.
    if ((service && !isUndecided(service)) || box.closest("dialog")?.open) continue;
    report("consent/preticked", `${service ? `'${service}'` : "something"} is ticked before the visitor has chosen: that is no consent`, PRETICKED, "let the runtime tick what was allowed");
  }
}

function judgeSettings(report) {
  if (!document.querySelector("#consent-preferences")) return;
  const links = [...document.querySelectorAll('[data-consent="preferences"]')].filter((link) => !link.closest("#consent-banner, #consent-preferences, template"));
  const usable = links.find((link) => !obstacleOf(link));
  if (!usable) {
    const why = links.length ? `: the one that is there is ${obstacleOf(links[0])}` : "";
    report("consent/no-settings-link", `nothing visible on the page leads back to the preferences${why}`, SETTINGS, "put {{> consent-settings}} into the footer, and let it show");
    return;
  }
  const text = textContrast(usable);
  if (text && text < LEAST_CONTRAST) report("consent/low-contrast", `the link to the preferences has a contrast of ${ratio(text)}; text needs 4.5:1`, CONTRAST, "darken one of the colours, or lighten the other");
}

// --- What can be seen

const VISIBLE = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };
const shows = (element) => element.checkVisibility(VISIBLE) && element.getClientRects().length > 0;

// Why an element cannot be used; empty where it can.
function obstacleOf(element) {
  const style = getComputedStyle(element);
  if (!element.checkVisibility()) return "not displayed";
  if (!element.checkVisibility(VISIBLE)) return style.visibility === "visible" ? "transparent" : "invisible";
  const rects = [...element.getClientRects()];
  const height = Math.max(0, ...rects.map((rect) => rect.height));
  const width = Math.max(0, ...rects.map((rect) => rect.width));
  if (element.matches("button") && (height < LEAST_TARGET || width < LEAST_TARGET)) return `${round(width)} by ${round(height)} px large (${TARGET} asks for 24 by 24)`;
  if (height < 1 || width < 1) return "of no size";
  if (style.pointerEvents === "none") return "not clickable";
  if (element.disabled || element.closest("[inert]")) return "disabled";
  return isCovered(rects[0]) ? "covered by something else" : "";

  // Judged where its middle is in the window.
  function isCovered({ x, y, width: w, height: h }) {
    const top = document.elementFromPoint(x + w / 2, y + h / 2);
    return top !== null && !element.contains(top) && !top.contains(element) && top.localName !== "hardtop-preview" && !document.querySelector("dialog:modal");
  }
}

// --- Colours: WCAG 2.2, "contrast ratio"

// Of the text on what lies behind it; 0 where a picture does, which nothing here can judge.
function textContrast(element) {
  const behind = backgroundOf(element);
  if (!behind) return 0;
  // A button's words may stand in an element of their own.
  const words = [...element.querySelectorAll("*")].find((child) => child.childElementCount === 0 && child.textContent.trim() && shows(child)) ?? element;
  return contrast(blend(faded(getComputedStyle(words).color, words), behind), behind);
}

// Of a button's field on what it lies on.
function fieldContrast(element) {
  const [field, around] = [backgroundOf(element), backgroundOf(element.parentElement)];
  return field && around ? contrast(field, around) : 0;
}

function backgroundOf(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none") return null;
    const color = faded(style.backgroundColor, at);
    layers.push(color);
    if (color[3] >= 0.999) break;
  }
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme) ? [18, 18, 18, 1] : [255, 255, 255, 1];
  return layers.reduceRight((behind, color) => blend(color, behind), canvas);
}

// With the opacity of everything that it is in.
function faded(color, element) {
  const [red, green, blue, alpha] = pixelOf(color);
  let opacity = alpha;
  for (let at = element; at; at = at.parentElement) opacity *= +getComputedStyle(at).opacity;
  return [red, green, blue, opacity];
}

// A canvas understands every colour that CSS does.
const pixels = new Map();
let canvas;
function pixelOf(color) {
  if (!pixels.has(color)) {
    canvas ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    pixels.set(color, [red, green, blue, alpha / 255]);
  }
  return pixels.get(color);
}

const blend = ([r, g, b, alpha], [x, y, z]) => [r * alpha + x * (1 - alpha), g * alpha + y * (1 - alpha), b * alpha + z * (1 - alpha), 1];

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const ratioOf = (a, b) => (a > 0 && b > 0 ? Math.max(a, b) / Math.min(a, b) : 1);
const round = (number) => Math.round(number * 10) / 10;
// Cut, not rounded: 4.49 must not be called 4.5.
const ratio = (number) => `${Math.floor(number * 100) / 100}:1`;
