// How much a page makes a phone load before its pictures: no page may be heavy, whatever the size of the site.
//
//   node tests/judges/sizes.mjs DIR               judge, and print the heaviest page of each kind that is over --whole
//        --page N                                 the most bytes of a page's HTML as it lies on the disk (65536)
//        --loaded N                               the most bytes of a page with its style sheets, sent with gzip (61440)
//        --whole N                                the most bytes of a page with its style sheets as they lie (61440)
//
// The second is what a first visit costs. The others guard those whose host sends files as they are. Pages that list what
// is on, or all there is of a place, are larger there by what they list: `larger` says for each kind how much, so that
// none grows unseen. The first leaves out what is for search engines alone (JSON-LD). The data dictionary is for
// programmers and excused from both.

import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { filesBelow, folder } from "./files.mjs";
import { Report } from "./report.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { page: { type: "string", default: "65536" }, loaded: { type: "string", default: "61440" }, whole: { type: "string", default: "61440" } },
});
const dir = folder(positionals[0], "usage: sizes.mjs DIR [--page N] [--loaded N] [--whole N]");
/** The bytes that pages of a kind may have with their style sheets as they lie, where that is more. */
const larger = {
  centre: 100_000, programme: 85_000, "this-week": 78_000, home: 76_000, centres: 75_000, area: 74_000, posters: 72_000, search: 70_000, network: 68_000,
};

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
  const links = text.matchAll(/<link rel="stylesheet" href="([^"]+)"( media="print")?/g);
  const own = [...links].filter(([, href]) => !/^[a-z]+:/.test(href));
  const sheet = ([, href]) => normalize(join(dirname(file), decodeURI(href)));
  const styles = own.map(sheet);
  // What only paper needs is fetched when the page is there.
  const onScreen = own.filter(([, , forPaper]) => !forPaper).map(sheet);
  const loaded = gzipSync(bytes, { level: 9 }).length + styles.reduce((sum, style) => sum + sent(style), 0);
  const plain = bytes.length + onScreen.reduce((sum, style) => sum + readFileSync(join(dir, style)).length, 0);
  const kind = text.match(/data-page="([^"]+)"/)?.[1] ?? "";
  const forPrograms = text.matchAll(/<script type="application\/ld\+json">.*?<\/script>/gs);
  const read = bytes.length - [...forPrograms].reduce((sum, [block]) => sum + Buffer.byteLength(block), 0);
  return { file, kind, bytes: kind === "dictionary" ? 0 : read, loaded, whole: kind === "dictionary" ? 0 : plain };
});
for (const { file, kind, bytes, loaded, whole } of pages) {
  const most = Math.max(Number(options.whole), larger[kind] ?? 0);
  report.check(file, [
    ...(bytes > Number(options.page) ? [`${bytes} bytes of HTML, at most ${options.page}`] : []),
    ...(whole > most ? [`${whole} bytes with its styles as they lie, at most ${most}`] : []),
    ...(loaded > Number(options.loaded) ? [`${loaded} bytes with its styles, at most ${options.loaded}`] : []),
  ]);
}
const heaviest = new Map();
for (const page of pages.sort((a, b) => b.whole - a.whole)) if (!heaviest.has(page.kind)) heaviest.set(page.kind, page);
for (const { file, kind, whole, loaded } of heaviest.values()) {
  if (whole > Number(options.whole)) console.log(`${kind}: ${whole} bytes with styles as they lie, ${loaded} sent: ${file}`);
}
console.log(`${[...heaviest.values()].filter(({ whole }) => whole <= Number(options.whole)).length} other kinds of pages have at most ${options.whole}`);
report.end();
