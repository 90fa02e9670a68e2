// Keeps what a reader has looked at, for places without a network. The program writes `SITE` above this.
//
// Pages come from the network whenever it answers within a few seconds; only otherwise from what was kept, and then they
// say of themselves since when (`data-kept`), so that nothing old looks new. What has a fingerprint in its name, as style
// sheets and scripts have, is taken from what was kept. Only pages and what they are made of are kept.
"use strict";

const PAGES = "noticeboard-pages";
const FILES = `noticeboard-files-${SITE.version}`;
const PATIENCE = 4000;
const MOST_PAGES = 80;
const MOST_FILES = 120;
const MOST_AHEAD = 1024 * 1024;
const KEPT_AT = "x-noticeboard-kept";

/** The address under which something is kept: a folder and the page in it are the same, and questions do not count. */
const plain = (address) => {
  const url = new URL(address, self.registration.scope);
  url.search = "";
  url.hash = "";
  return url.href.replace(/\/index\.html$/, "/");
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAhead());
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("noticeboard-") && name !== PAGES && name !== FILES;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

/** What every reader may need, most important first, until the room for it is used up. What fails is left out. */
async function keepAhead() {
  let bytes = 0;
  for (const path of SITE.ahead) {
    try {
      const response = await fetch(new URL(path, self.registration.scope), { cache: "no-cache" });
      if (!response.ok) continue;
      const size = (await response.clone().blob()).size;
      if (bytes + size > MOST_AHEAD) return;
      bytes += size;
      await keep(response);
    } catch {
      return;
    }
  }
}

const isPage = (response) => (response.headers.get("content-type") || "").startsWith("text/html");

async function keep(response) {
  const body = await response.blob();
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  headers.delete("content-encoding");
  headers.delete("content-length");
  const [name, most] = isPage(response) ? [PAGES, MOST_PAGES] : [FILES, MOST_FILES];
  const cache = await caches.open(name);
  const address = plain(response.url);
  // Put anew at the end, so that what was longest not looked at is first.
  await cache.delete(address);
  await cache.put(address, new Response(body, { headers }));
  const kept = await cache.keys();
  const ahead = new Set(SITE.ahead.map(plain));
  const spare = kept.filter((request) => !ahead.has(request.url));
  await Promise.all(spare.slice(0, Math.max(0, kept.length - most)).map((request) => cache.delete(request)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.href.startsWith(self.registration.scope)) return;
  const path = url.pathname;
  if (request.mode === "navigate" || path.endsWith("/") || path.endsWith(".html")) event.respondWith(page(event));
  else if (path.includes("/assets/") || request.destination === "image") event.respondWith(file(event));
});

async function page(event) {
  const { request } = event;
  const network = fetch(request);
  // Another page in place of ours, as networks that ask for a login show it, is not kept; nor is what only sends on.
  const keeping = network.then((response) => {
    if (response.ok && isPage(response) && !response.redirected) return keep(response.clone());
  });
  event.waitUntil(keeping.catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const response = await Promise.race([network.catch(() => undefined), late]);
  if (response && response.status < 500) return response;
  return (await kept(request)) || response || (await network.catch(() => notKept(request)));
}

/** A page that was kept, with the time at which it was, in its first element. */
async function kept(request) {
  const response = await (await caches.open(PAGES)).match(plain(request.url));
  if (!response) return undefined;
  const html = await response.text();
  const marked = html.replace(/<html(?=[\s>])/, `<html data-kept="${response.headers.get(KEPT_AT)}"`);
  return new Response(marked, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The page that says that this one was not kept, in the language of the address. */
async function notKept(request) {
  const below = plain(request.url).slice(self.registration.scope.length);
  const language = SITE.languages.find((tag) => below.startsWith(`${tag}/`));
  const page = new URL(language ? `${language}/offline/` : "offline/", self.registration.scope);
  return (await kept({ url: page.href })) ? Response.redirect(page.href + SITE.index, 302) : Response.error();
}

async function file(event) {
  const { request } = event;
  const found = await (await caches.open(FILES)).match(plain(request.url));
  const neverChanges = /\.[0-9a-f]{10}(-\d+w)?\.\w+$/.test(new URL(request.url).pathname);
  if (found && neverChanges) return found;
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keep(response.clone()));
    return response;
  } catch (error) {
    if (found) return found;
    throw error;
  }
}
