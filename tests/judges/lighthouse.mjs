// Lighthouse over a few pages as a slow phone loads them: accessibility, good practice and what search engines ask for
// without a fault, performance of 95 or more. The server packs what it sends, as a public body's own would.
//
//   node tests/judges/lighthouse.mjs DIR [KIND…]          the kinds of pages; home, centre and policy without any
//
// Performance depends on how busy this machine is too, so a page that is too slow is looked at once more.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const dir = folder(process.argv[2], "usage: lighthouse.mjs DIR [KIND…]");
const kinds = process.argv.length > 3 ? process.argv.slice(3) : ["home", "centre", "policy"];
const least = { accessibility: 1, "best-practices": 1, seo: 1, performance: 0.95 };

const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const [{ default: lighthouse }, { launch }] = await Promise.all([load("lighthouse"), load("chrome-launcher")]);
const report = new Report();
// The clock stands still, as it does for the site under test.
const server = await serve(dir, { packed: true, now: new Date("2026-11-24T10:00:00+08:00") });
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
try {
  for (const kind of kinds) {
    const file = largestOf(kind);
    if (!file) {
      report.check(`a page of the kind ${kind}`, ["there is none"]);
      continue;
    }
    const first = await judge(file);
    const result = first.categories.performance.score < least.performance ? await judge(file) : first;
    for (const [name, score] of Object.entries(least)) report.check(`${file}: ${name}`, faults(result, name, score));
  }
} finally {
  chrome.kill();
  server.close();
}
report.end();

/** The largest page of a kind, in the site's first language. */
function largestOf(kind) {
  const pages = filesBelow(dir, ".html").map((file) => ({ file, html: readFileSync(`${dir}/${file}`, "utf8") }));
  const lang = /<html[^>]*\slang=["']?([\w-]+)/i;
  const first = pages.find(({ file }) => file === "index.html")?.html.match(lang)?.[1];
  const wanted = pages.filter(({ html }) => html.includes(`data-page="${kind}"`) && html.match(lang)?.[1] === first);
  return wanted.sort((a, b) => b.html.length - a.html.length)[0]?.file;
}

async function judge(file) {
  const flags = { port: chrome.port, output: [], logLevel: "error", onlyCategories: Object.keys(least) };
  const run = await lighthouse(`${server.origin}/${encodeURI(file)}`, flags);
  if (run.lhr.runtimeError) throw new Error(run.lhr.runtimeError.message);
  return run.lhr;
}

/** What keeps a category below its score, the heaviest first. */
function faults({ categories, audits }, name, least) {
  const { score, auditRefs } = categories[name];
  console.log(`${name} ${Math.round(score * 100)}`);
  if (score >= least) return [];
  const poor = auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => `    ${audits[id].title}: ${audits[id].displayValue ?? ""} ${JSON.stringify(audits[id].details?.items?.slice(0, 2) ?? "").slice(0, 300)}`);
  return [`${Math.round(score * 100)} of 100, at least ${least * 100} is asked for`, ...poor];
}
