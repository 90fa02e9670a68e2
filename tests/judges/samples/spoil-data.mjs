// Makes bad machine outputs out of a built site's own: for each judge a copy of what it reads, with one fault for each
// thing that it is there to find. A built site is the good sample, so that samples cannot grow old.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow } from "../files.mjs";

/** What a fault is: the judge, the file (or a pattern of its path), what is replaced in it, and what must be said of it. */
const faults = [
  ["feeds", "feeds/all.xml", /<title/, "<titel", "feedparser"],
  ["feeds", /^feeds\/centres\/[^/]+\.xml$/, /(<id>)tag:/, "$1urn:", "no tag URI"],
  ["feeds", /^feeds\/centres\/[^/]+\.json$/, /"items"/, '"entries"', "'items' is a required property"],
  ["feeds", "feeds/all.json", /("home_page_url":\s*"[^"]*)"/, '$1nowhere/"', "no file for"],
  ["discovery", "sitemap.xml", /<loc>[^<]*centres[^<]*<\/loc>/, "<loc>https://example.org/not-built/</loc>", "every address in the sitemap is a page"],
  ["discovery", "sitemap.xml", /<lastmod>[^<]*</, "<lastmod>yesterday<", "by its schema"],
  ["discovery", "robots.txt", /Allow: \/|Disallow:/, "Disallow: /", "robots.txt"],
  ["discovery", "manifest.webmanifest", /("start_url":\s*)"[^"]*"/, '$1"https://elsewhere.example/"', "starts at"],
  ["tables", "tables/plain/areas.csv", /\n/, ",more\n", "cells"],
  ["tables", "tables/centres.csv", /^\ufeff/, "", "byte order mark"],
  ["tables", "tables/plain/phones.csv", /\n[^,\n]*,/, "\nnobody,", "frictionless: phones"],
  ["tables", "tables/terms.csv", /\r\n/, '\r\n=1+cmd,', "a spreadsheet would run"],
  ["opendata", "api/v1/centres.json", /"services":/, '"dienste":', "'services' is a required property"],
  ["opendata", "api/v1/sessions.json", /"date":"2026-/, '"date":"26-', "is not a 'date'"],
  ["opendata", /^hsds\/services\/.*\.json$/, /"status":"active"/, '"status":"open"', "'open' is not one of"],
  ["opendata", /^hsds\/services\/.*\.json$/, /"timezone":(-?[\d.]+)/, '"timezone":"$1"', "is not of type 'number'"],
  ["opendata", /^hsds\/services\/.*\.json$/, /("opens_at":"[\d:]+)[+-][\d:]+"/, '$1"', "is not a 'time'"],
  ["opendata", /^hsds\/organizations\/.*\.json$/, /"description":/, '"about":', "'description' is a required property"],
  ["opendata", /^hsds\/organizations\/.*\.json$/, /"website":"https?:/, '"website":"', "is not a 'uri'"],
  ["opendata", "hsds/datapackage.json", /("enum":\s*\[)\s*"active",/, '$1', "form of table service"],
  ["opendata", "hsds/csv/phones.csv", /\r\n[^,]*,/, "\r\nnot-a-uuid,", "table phone"],
  ["opendata", "hsds/csv/services.csv", /\r\n([^,]*),[^,]*,/, "\r\n$1,00000000-0000-4000-8000-000000000000,", "table service"],
  ["places", /^places\/centres\/[^/]+\.vcf$/, /\r\nFN:/, "\r\nFN:not ", "on the map"],
  ["places", "places/places.geojson", /"type":"Point","coordinates":\[([^,]*),([^\]]*)\]/, '"type":"Point","coordinates":[$1,91]', "no point"],
  ["places", "places/places.geojson", /(:dated":")Mo-Fr/, "$1Mo-Th", "instead of"],
];

/** What each judge reads; pages are read by those that compare with them. */
const folders = {
  feeds: [/(^|\/)feeds\//, "next-change.json", /\.html$/],
  discovery: ["sitemap.xml", "robots.txt", "manifest.webmanifest", "next-change.json", /\.html$|\.webmanifest$|^assets\//],
  tables: ["tables"],
  opendata: ["api", "hsds", /^centres\/[^/]+\/hours\.json$/],
  places: ["places", /^centres\/[^/]+\/hours\.json$/],
};

/** The judges of machine outputs. */
export const dataJudges = Object.keys(folders);

/** Copies what a judge reads of a site, spoils it, and tells `[file, what must be said]` of each fault. */
export function spoilData(site, into, judge) {
  rmSync(into, { recursive: true, force: true });
  const files = filesBelow(site);
  const read = (file) => folders[judge].some((of) => (of instanceof RegExp ? of.test(file) : file === of || file.startsWith(`${of}/`)));
  // Links lead to files of any kind: those that are not read are there, empty.
  for (const file of files) {
    if (read(file)) cpSync(join(site, file), join(into, file));
    else if (judge === "feeds") touch(join(into, file));
  }
  return faults
    .filter(([by]) => by === judge)
    .map(([, path, from, to, said]) => {
      const matches = (file) => (path instanceof RegExp ? path.test(file) : file === path);
      const file = files.find((file) => matches(file) && from.test(readFileSync(join(into, file), "utf8")));
      if (!file) throw new Error(`nothing to spoil for ${judge}: ${from} in ${path}`);
      writeFileSync(join(into, file), readFileSync(join(into, file), "utf8").replace(from, to));
      return [file, said];
    });
}

function touch(file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
}
