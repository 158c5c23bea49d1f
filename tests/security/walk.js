// Goes through the lists, the reader, the cards of places with their reasons, and the filters, and returns what the page shows and what it must not hold.
async ({ long, groups }) => {
  const forbidden = [];
  const tags = new Set(("a abbr article aside b bdi blockquote button canvas details dialog div dl dt dd fieldset form g h1 h2 h3 h4 " +
    "header html head body hr i img input kbd label legend li line link main mark menu meta nav noscript ol option output p path " +
    "polyline circle rect pre script section select small span strong style sub summary sup svg textarea time title u ul wbr").split(" "));
  const once = { script: countOf("script"), style: countOf("style"), meta: countOf("meta"), noscript: countOf("noscript"), svg: 1e9 };

  function countOf(name) {
    return document.getElementsByTagName(name).length;
  }

  function inspect(root) {
    for (const one of root.querySelectorAll("*")) {
      const name = one.localName;
      if (!tags.has(name) || name === "img" || name === "link") forbidden.push(`<${name}>`);
      for (const { name: attribute, value } of one.attributes) {
        if (/^on|^(srcdoc|formaction|ping|background|action|srcset)$/i.test(attribute)) forbidden.push(`${name} ${attribute}=${value}`);
        if (!/^(href|src|xlink:href)$/i.test(attribute)) continue;
        const isInside = attribute === "href" && value.startsWith("#");
        const isOutside = name === "a" && ["http:", "https:"].includes(new URL(value, "about:blank").protocol);
        if (!isInside && !isOutside) forbidden.push(`${name} ${attribute}=${value}`);
        if (!isOutside) continue;
        const relations = one.rel.split(" ");
        if (one.target !== "_blank" || !relations.includes("noopener") || !relations.includes("noreferrer")) forbidden.push(`link ${one.outerHTML}`);
      }
    }
    for (const name of ["script", "style", "meta", "noscript"]) if (countOf(name) !== once[name]) forbidden.push(`another <${name}>`);
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve));
  const panel = document.querySelector(".geomap-panel");
  const textOf = (selector) => panel.querySelector(selector)?.textContent ?? null;
  const textsOf = (selector) => Array.from(panel.querySelectorAll(selector), (one) => one.textContent);

  async function goTo(name, value) {
    location.hash = `#${name}=${encodeURIComponent(value)}`;
    await pause();
    await pause();
  }

  // All rows of a list, by the id of what they stand for.
  async function readList(tab, attribute) {
    await goTo("tab", tab);
    const list = document.getElementById(`geomap-panel-${tab}`);
    for (let more; (more = list.querySelector(".geomap-more:not([hidden])")); ) more.click();
    inspect(list);
    return Object.fromEntries(Array.from(list.querySelectorAll(".geomap-row"), (row) => [row.getAttribute(attribute), row.textContent]));
  }

  const shown = { long: [], groups: [], reports: await readList("reports", "data-report"), places: await readList("places", "data-place") };
  for (const id of long) {
    await goTo("report", id);
    inspect(panel);
    shown.long.push({
      text: textOf(".geomap-text"),
      marks: textsOf(".geomap-text mark"),
      copies: textsOf(".geomap-copies li"),
      places: textsOf(".geomap-places-here li"),
      links: Array.from(panel.querySelectorAll("a:not([href^='#'])"), (one) => one.getAttribute("href")),
    });
  }
  for (const id of groups) {
    await goTo("place", id);
    const cards = [];
    for (const card of panel.querySelectorAll(".geomap-card")) {
      card.querySelector(".geomap-actions button[aria-expanded]").click();
      cards.push({
        title: card.querySelector("h3").textContent,
        meta: card.querySelector(".geomap-meta").textContent,
        quote: card.querySelector("blockquote").textContent,
        reasons: Array.from(card.querySelectorAll(".geomap-why ul li"), (one) => one.textContent),
        alternatives: Array.from(card.querySelectorAll(".geomap-why ol strong"), (one) => one.textContent),
      });
      inspect(card);
    }
    inspect(panel);
    shown.groups.push(cards);
  }
  document.querySelector(".geomap-filter-button").click();
  await goTo("tab", "doubt");
  inspect(document);
  return { shown, forbidden: [...new Set(forbidden)], polluted: Object.keys(Object.getOwnPropertyDescriptors(Object.prototype)).length };
};
