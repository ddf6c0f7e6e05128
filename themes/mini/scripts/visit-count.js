// Counts visits, not visitors: a number drawn by lot lasts until the browser is closed, and goes along with the path of
// each page. It runs where the visitor has allowed the service visit-count, and its cookie goes when that is taken back.
(() => {
  const { endpoint } = document.currentScript.dataset;
  let visit = document.cookie.match(/(?:^|; )visit=(\w+)/)?.[1];
  if (!visit) {
    const [high, low] = crypto.getRandomValues(new Uint32Array(2));
    visit = high.toString(36) + low.toString(36);
    document.cookie = `visit=${visit}; Path=/; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  }
  navigator.sendBeacon(endpoint, new URLSearchParams({ visit, page: location.pathname }));
})();
