// Where the site keeps pages for readers without a network (`offline` in site.yaml): starts what keeps them, says on a
// page that was kept since when, and lists on the page for it what there is.
(() => {
  "use strict";
  const root = document.documentElement;
  const { root: way, kept: phrase } = document.currentScript.dataset;
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  navigator.serviceWorker.register(new URL(`${way}sw.js`, location.href), { updateViaCache: "none" }).catch(() => {});

  if (root.dataset.kept) {
    const line = document.createElement("p");
    const at = new Intl.DateTimeFormat(root.lang, { dateStyle: "long", timeStyle: "short" });
    line.className = "kept";
    line.setAttribute("role", "status");
    line.textContent = phrase.replace("{time}", at.format(new Date(root.dataset.kept)));
    document.getElementById("main")?.prepend(line);
  }

  const list = document.getElementById("kept-pages");
  if (list) fill(list);

  async function fill(list) {
    const cache = await caches.open("noticeboard-pages");
    const pages = await Promise.all((await cache.keys()).map(async ({ url }) => {
      const html = await (await cache.match(url)).text();
      const page = new DOMParser().parseFromString(html, "text/html");
      return { url, page: page.body.dataset.page, lang: page.documentElement.lang, title: (page.querySelector("h1") || page).textContent.trim() };
    }));
    for (const { url, title } of pages.filter((p) => p.lang === root.lang && p.title && p.page !== "offline")) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = title;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    list.hidden = list.children.length === 0;
  }
})();
