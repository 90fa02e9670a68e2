// Every link inside the site must lead somewhere, also when the site is opened as plain files or stands in
// a sub-folder of a server: so links are relative, and a link to a folder needs that folder's index.html.
//
//   node tests/judges/links.mjs DIR
//
// Judges href, src, srcset, poster, data, action and meta refresh in HTML, url() and @import in stylesheets,
// and addresses of the site's own in XML (sitemap, feeds). Links to other hosts are counted, not fetched.

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const { parse } = require("parse5");

const dir = folder(process.argv[2], "usage: links.mjs DIR");
const read = (file) => readFileSync(`${dir}/${file}`, "utf8");
const files = new Set(filesBelow(dir));
const pages = new Map([...files].filter((file) => file.endsWith(".html")).map((file) => [file, readPage(file)]));
const base = pages.get("index.html")?.canonical?.replace(/index\.html$/, "");
const report = new Report();
let external = 0;

for (const [file, page] of pages) report.check(file, problemsOf(file, page.links));
for (const file of files) {
  if (file.endsWith(".css")) report.check(file, problemsOf(file, linksOfStyle(read(file))));
  if (file.endsWith(".xml")) report.check(file, problemsOf(file, linksOfXml(read(file))));
}
console.log(`${pages.size} pages, ${external} links to other hosts (not fetched)`);
report.end();

/** The ids a page offers, the links it makes and the address it calls its own. */
function readPage(file) {
  const page = { ids: new Set(), links: [], canonical: undefined };
  const visit = (node) => {
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    if (attributes.id) page.ids.add(attributes.id);
    if (node.tagName === "a" && attributes.name) page.ids.add(attributes.name);
    if (node.tagName === "link" && attributes.rel === "canonical") page.canonical = attributes.href;
    for (const name of ["href", "src", "poster", "data", "action", "xlink:href"])
      if (name in attributes) page.links.push(attributes[name]);
    for (const name of ["srcset", "imagesrcset"])
      if (name in attributes) page.links.push(...attributes[name].split(/,\s+/).map((part) => part.trim().split(/\s+/)[0]));
    if (attributes.style) page.links.push(...linksOfStyle(attributes.style));
    if (node.tagName === "style") page.links.push(...linksOfStyle(node.childNodes.map((text) => text.value).join("")));
    if (attributes["http-equiv"]?.toLowerCase() === "refresh") {
      const to = /url=\s*['"]?([^'"]+)/i.exec(attributes.content ?? "");
      if (to) page.links.push(to[1]);
    }
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(parse(read(file)));
  return page;
}

function linksOfStyle(css) {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = text.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']+)["']/g);
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4]);
}

/** Only full addresses count in XML: sitemaps and feeds know no others. */
function linksOfXml(xml) {
  const found = xml.matchAll(/<(?:loc|id|uri)>\s*(https?:[^<]*?)\s*<|\s(?:href|src)="(https?:[^"]*)"/g);
  return [...found].map((match) => (match[1] ?? match[2]).replaceAll("&amp;", "&"));
}

function problemsOf(from, links) {
  return [...new Set(links)].map((link) => problemOf(from, link)).filter(Boolean);
}

/** What is wrong with one link, or nothing. */
function problemOf(from, written) {
  let link = written.trim();
  if (base && link.startsWith(base)) link = `/${link.slice(base.length)}`;
  else if (/^(https?:)?\/\//i.test(link)) return void (external += 1);
  else if (/^javascript:/i.test(link)) return `"${written}" is a script, not a link`;
  else if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined; // tel:, mailto:, data:, webcal:
  // A server shows 404.html for addresses of any depth, so only there a link may begin at the root.
  else if (link.startsWith("/") && from !== "404.html") return `"${written}" begins at the root: write it relative`;

  const [address, fragment] = split(link, "#");
  const [path] = split(address, "?");
  const target = path === "" ? from : fileOf(from, decode(path));
  if (target === undefined) return `no file for "${written}"`;
  if (!fragment || fragment === "top" || fragment.startsWith(":~:") || !pages.has(target)) return undefined;
  return pages.get(target).ids.has(decode(fragment)) ? undefined : `no id "${decode(fragment)}" in ${target} for "${written}"`;
}

/** The output file that a path leads to, as a server of plain files would find it. */
function fileOf(from, path) {
  const joined = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(from), path);
  if (joined.startsWith("..")) return undefined;
  if (joined === "" || joined === "." || joined === "./") return files.has("index.html") ? "index.html" : undefined;
  const candidate = joined.endsWith("/") ? `${joined}index.html` : joined;
  return files.has(candidate) ? candidate : undefined;
}

function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
