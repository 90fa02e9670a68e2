// The site keeps nothing for readers without a network. Where it once did, browsers come here to look for what is new, and
// find that: what was kept is thrown away, and this worker goes.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const ours = (name) => name.startsWith("noticeboard-");
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(ours).map((name) => caches.delete(name))))
    .then(() => self.registration.unregister()));
});
