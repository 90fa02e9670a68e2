// A server of plain files for the browser judge, as a public body's own server would be: folders show their
// index.html, what is missing shows 404.html. It listens on this machine only, at a free port.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".geojson": "application/geo+json",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/** What a server packs: text. */
const packable = /^(text\/|application\/(json|xml|geo\+json|manifest\+json)|image\/svg)/;

/** Serves `dir`, `packed` with gzip where the browser takes it; resolves to `{ origin, close }`. */
export function serve(dir, { packed = false } = {}) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    let file = join(dir, path);
    const isFolder = existsSync(file) && statSync(file).isDirectory();
    if (isFolder && !path.endsWith("/")) {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    if (isFolder) file = join(file, "index.html");
    const found = existsSync(file);
    if (!found) file = join(dir, "404.html");
    const type = types[extname(file)] ?? "application/octet-stream";
    const pack = packed && packable.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    // A name with a fingerprint may be kept for ever.
    const kept = packed && /\.[0-9a-f]{10}\.\w+$/.test(file) ? { "cache-control": "public, max-age=31536000, immutable" } : {};
    response.writeHead(found ? 200 : 404, { "content-type": type, ...(pack ? { "content-encoding": "gzip" } : {}), ...kept });
    if (!existsSync(file)) response.end();
    else if (pack) createReadStream(file).pipe(createGzip()).pipe(response);
    else createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.close(); server.closeAllConnections(); } });
    });
  });
}
