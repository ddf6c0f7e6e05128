// Where the visitor is, and what holds there before a decision. Runs in <head>, after head.js, which has begun with the
// strictest rule of the site: that stays where the place is not known or not listed, or the source is absent.
((
  source, // the name of a cookie that the edge sets, which is read before anything shows; "" asks Cloudflare, and may be late
  rules, // {"DE": 0, "US-CA": 1}, as head.js has them
) => {
  const settle = (place) => {
    const rule = rules[place] ?? rules[place?.slice(0, 2)];
    if (rule != null) {
      hardtop.rule_ = rule;
      hardtop.read_();
    }
  };
  try {
    if (source) settle(`; ${document.cookie}`.split(`; ${source}=`)[1]?.match(/^[A-Z]{2}(-\w+)?/)?.[0]);
    else if (hardtop.states_.includes(null))
      fetch("/cdn-cgi/trace")
        .then((answer) => answer.ok && answer.text())
        .then((text) => settle(/^loc=([A-Z]{2})$/m.exec(text)?.[1]))
        .catch(() => {});
  } catch {} // cookies are blocked
})(REGIONS_CONFIG);
