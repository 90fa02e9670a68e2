// How much a page makes a phone load before its pictures: no page may be heavy, whatever the size of the site.
//
//   node tests/judges/sizes.mjs DIR               judge, and print the heaviest pages
//        --page N                                 the most bytes of a page's HTML as it lies on the disk (65536)
//        --loaded N                               the most bytes of a page with its style sheets, sent with gzip (61440)
//
// The first is what a first visit costs. The other guards those whose host sends files as they are: there the style sheet
// comes once, and what is for search engines alone (JSON-LD) is not counted. The data dictionary is for programmers and
// excused from the second.

import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { filesBelow, folder } from "./files.mjs";
import { Report } from "./report.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { page: { type: "string", default: "65536" }, loaded: { type: "string", default: "61440" } },
});
const dir = folder(positionals[0], "usage: sizes.mjs DIR [--page N] [--loaded N]");
const shown = 5;

const report = new Report();
const sheets = new Map();

/** The bytes of a file of the site as a server with gzip sends it. */
function sent(file) {
  if (!sheets.has(file)) sheets.set(file, gzipSync(readFileSync(join(dir, file)), { level: 9 }).length);
  return sheets.get(file);
}

const html = filesBelow(dir, ".html").filter((file) => !file.startsWith(".noticeboard/"));
const pages = html.map((file) => {
  const bytes = readFileSync(join(dir, file));
  const text = bytes.toString();
  const links = text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g);
  const own = [...links].filter(([, href]) => !/^[a-z]+:/.test(href));
  const styles = own.map(([, href]) => normalize(join(dirname(file), decodeURI(href))));
  const loaded = gzipSync(bytes, { level: 9 }).length + styles.reduce((sum, style) => sum + sent(style), 0);
  const forPrograms = text.matchAll(/<script type="application\/ld\+json">.*?<\/script>/gs);
  const read = bytes.length - [...forPrograms].reduce((sum, [block]) => sum + Buffer.byteLength(block), 0);
  return { file, bytes: text.includes('data-page="dictionary"') ? 0 : read, loaded };
});
for (const { file, bytes, loaded } of pages) {
  report.check(file, [
    ...(bytes > Number(options.page) ? [`${bytes} bytes of HTML, at most ${options.page}`] : []),
    ...(loaded > Number(options.loaded) ? [`${loaded} bytes with its styles, at most ${options.loaded}`] : []),
  ]);
}
pages.sort((a, b) => b.bytes - a.bytes);
for (const { file, bytes, loaded } of pages.slice(0, shown)) console.log(`${bytes} bytes of HTML, ${loaded} sent with styles: ${file}`);
report.end();
