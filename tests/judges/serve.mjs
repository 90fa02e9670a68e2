// A server of plain files for the browser judge, as a public body's own server would be: folders show their
// index.html, what is missing shows 404.html, and each answer has the headers that the site's own `_headers` asks for, so
// that a page which breaks its content security policy does so here too. It listens on this machine only, at a free port.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip, gzipSync } from "node:zlib";

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

/** What stands before each script so that its clock stands still: a page may hide what is over, days after it was built. */
const clockAt = (now) => `if(!Date.stands){const T=${now.getTime()};globalThis.Date=class extends Date{`
  + "static stands=true;static now(){return T}constructor(...given){given.length?super(...given):super(T)}}}\n";

/**
 * Serves `dir`, `packed` with gzip where the browser takes it; `now` is the time that scripts are told. Resolves to
 * `{ origin, close }`.
 */
export function serve(dir, { packed = false, now } = {}) {
  const rules = headerRules(join(dir, "_headers"));
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
    const own = rules.filter(({ covers }) => covers(path)).map(({ headers }) => headers);
    const headers = Object.assign({ "content-type": types[extname(file)] ?? "application/octet-stream" }, ...own);
    const pack = packed && packable.test(headers["content-type"]) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (pack) headers["content-encoding"] = "gzip";
    response.writeHead(found ? 200 : 404, headers);
    if (!existsSync(file)) response.end();
    else if (now && extname(file) === ".js") {
      const script = clockAt(now) + readFileSync(file, "utf8");
      response.end(pack ? gzipSync(script) : script);
    } else if (pack) createReadStream(file).pipe(createGzip()).pipe(response);
    else createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.close(); server.closeAllConnections(); } });
    });
  });
}

/** The rules of a `_headers` file: a path, which may end in `*`, and below it headers, indented. */
function headerRules(file) {
  const rules = [];
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (/^\s/.test(line)) {
      const colon = line.indexOf(":");
      rules.at(-1).headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    } else {
      const start = decodeURIComponent(line.trim());
      const covers = start.endsWith("*") ? (path) => path.startsWith(start.slice(0, -1)) : (path) => path === start;
      rules.push({ covers, headers: {} });
    }
  }
  return rules;
}
