// The site's own search, in a real browser: what people type must find what they mean among the first three results.
//
//   node tests/judges/search.mjs DIR              judge
//   node tests/judges/search.mjs DIR --show       only show what each query finds, and how much it loads
//        --queries FILE                           another table than samples/search-queries.json
//        --bytes N                                the most bytes that a query may load (153600)
//
// A row of the table: the language of the page, what is typed, a pattern of the addresses that hold the answer (below
// the folder of the language) and, where the address is not enough, one of what the result says; with `page:` before
// it, of what the page behind it says. At most two rows of it may miss. Bytes are all that is loaded but the page itself
// with its styles, pictures and fonts: the script, the overview, the shards of the terms and the pages that are shown.
// Besides: the words of a text are those of the index, the form works by keyboard, from a folder on a disk and under a
// strict Content-Security-Policy, results are accessible, what is typed cannot become markup, and without a script the
// index by letter is there.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "boolean" }, queries: { type: "string" }, bytes: { type: "string", default: "153600" } },
});
const dir = folder(positionals[0], "usage: search.mjs DIR [--show] [--queries FILE] [--bytes N]");
const sample = (name) => new URL(`samples/${name}`, import.meta.url);
const queries = JSON.parse(readFileSync(options.queries ?? sample("search-queries.json"), "utf8"));
const mostMisses = 2;
const first = /<html lang="([^"]+)"/.exec(readFileSync(`${dir}/index.html`, "utf8"))[1];

const report = new Report();
const server = await serve(dir);
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  await answers();
  if (!options.show && !options.queries) {
    words();
    await byKeyboard();
    await asShown();
    await fromDisk();
    await hostile();
    await withoutScript();
  }
} finally {
  await browser.close();
  server.close();
}
if (!options.show) report.end();

/** The search page of a language. */
function address(lang, query) {
  return `${lang === first ? "" : `${lang}/`}search/index.html${query === undefined ? "" : `?q=${encodeURIComponent(query)}`}`;
}

async function answers() {
  const missed = [];
  let most = 0;
  for (const row of queries) {
    const [lang, query] = row;
    const { results, bytes, noise } = await ask(lang, query);
    most = Math.max(most, bytes);
    const found = results.slice(0, 3).some((result) => holds(row, result));
    if (!found) missed.push(row);
    const said = results.slice(0, 3).map(({ path, title }) => `${title} (${path})`).join(" | ");
    if (options.show) console.log(`${found ? " " : "✗"} ${query} [${lang}] ${results.length}, ${bytes} bytes: ${said}`);
    report.check(`“${query}”: errors and bytes`, [
      ...noise,
      ...(bytes > Number(options.bytes) ? [`${bytes} bytes`] : []),
    ]);
    if (!found) console.log(`not among the first three: “${query}” (${lang}): ${said || "nothing"}`);
  }
  console.log(`${queries.length - missed.length} of ${queries.length} answered in three, at most ${most} bytes a query`);
  report.check("answers among the first three", missed.length > mostMisses ? missed.map(([, query]) => query) : []);
}

/** Types nothing: opens the page as the form does, in a browser that has seen nothing of the site. */
async function ask(lang, query) {
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    const noise = [];
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("console", (message) => message.type() === "error" && noise.push(message.text()));
    await page.goto(`${server.origin}/${address(lang, query)}`);
    await settled(page);
    const bytes = await page.evaluate(() => performance.getEntriesByType("resource")
      .filter((entry) => entry.initiatorType === "script" || entry.name.includes("/assets/search."))
      .reduce((sum, entry) => sum + entry.decodedBodySize, 0));
    const results = await page.$$eval("#search-results li", (items, base) => items.map((item) => ({
      path: decodeURIComponent(item.querySelector("a").href.slice(base.length)),
      title: item.querySelector(".title").textContent,
      says: `${item.querySelector(".title").textContent} ${item.querySelector(".line")?.textContent ?? ""}`,
    })), `${server.origin}/`);
    return { results, bytes, noise };
  } finally {
    await context.close();
  }
}

/** Waits until the page says what was found. */
async function settled(page) {
  await page.waitForFunction(() => {
    const said = document.getElementById("search-status").textContent;
    return said !== "" && said !== document.getElementById("search-results").dataset.busy;
  });
}

function holds([lang, , path, says], result) {
  const below = lang !== first && result.path.startsWith(`${lang}/`) ? result.path.slice(lang.length + 1) : result.path;
  if (!new RegExp(`^(${path})`).test(below)) return false;
  if (says === undefined) return true;
  if (!says.startsWith("page:")) return new RegExp(says).test(result.says);
  const html = readFileSync(`${dir}/${result.path.replace(/[?#].*/, "")}`, "utf8");
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return new RegExp(says.slice("page:".length)).test(main.replace(/<[^>]*>/g, " "));
}

/** What the script makes of a text is what the index was made with. */
function words() {
  const script = readFileSync(`${dir}/${filesBelow(dir, ".js").find((file) => /^assets\/search\.\w+\.js$/.test(file))}`, "utf8");
  const part = /\/\/ Words: [^\n]*\n([^]*?)\n *\/\/ The index\n/.exec(script);
  if (!part) return report.check("the words of a text", ["the script has no part for words"]);
  const { runs, fold, stem } = new Function(`const mostTerms = 12;${part[1]};return { runs, fold, stem };`)();
  for (const [text, expected] of JSON.parse(readFileSync(sample("search-terms.json"), "utf8"))) {
    const found = runs(fold(text)).flatMap(({ ideographs, signs }) =>
      ideographs
        ? signs.flatMap((sign, at) => (at > 0 ? [`=${sign}`, signs[at - 1] + sign] : [`=${sign}`]))
        : [stem(signs.join(""))].filter(Boolean));
    report.check(`the words of “${text}”`, found.join() === expected.join() ? [] : [`${found} and not ${expected}`]);
  }
}

async function byKeyboard() {
  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(`${server.origin}/index.html`);
  await page.focus("header input[type=search]");
  await page.keyboard.type("手机");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/(index\.html)?\?q=/);
  await settled(page);
  const said = await page.textContent("#search-status");
  report.check("the box in the head leads to results", [
    ...(/\d/.test(said) ? [] : [`it says: ${said}`]),
    ...((await page.inputValue("#search-words")) === "手机" ? [] : ["the words do not stand in the box"]),
    ...((await page.title()).startsWith("手机") ? [] : ["the title does not name the words"]),
  ]);
  await page.goto(`${server.origin}/${address(first, "服务")}`);
  await settled(page);
  const before = await page.$$eval("#search-results li", (items) => items.length);
  await page.focus("#search-results button");
  await page.keyboard.press("Enter");
  await page.waitForFunction((count) => document.querySelectorAll("#search-results li").length > count, before);
  await page.waitForFunction(() => document.activeElement.tagName === "A");
  const at = await page.evaluate((count) =>
    [...document.querySelectorAll("#search-results li")].indexOf(document.activeElement.closest("li")) === count, before);
  report.check("more results take the focus", at ? [] : ["the focus is elsewhere"]);
  await page.close();
}

/** Results are as accessible as any page, and all of it works where nothing inline and nothing foreign may run. */
async function asShown() {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, serviceWorkers: "block" });
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "default-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(`${server.origin}/${address(first, "服务")}`);
  await settled(page);
  report.check("results under Content-Security-Policy: default-src 'self'", problems);
  await page.unrouteAll({ behavior: "wait" });
  await page.goto(`${server.origin}/${address(first, "服务")}`);
  await settled(page);
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), tags);
  report.check("results by axe at 320 px", found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  report.check("results at 320 px do not scroll sideways", wide > 0 ? [`${wide} px too wide`] : []);
  await page.close();
}

async function fromDisk() {
  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(`${pathToFileURL(dir)}/${address(first, "医保")}`);
  await settled(page);
  const link = await page.$eval("#search-results li a", (link) => link.href).catch(() => "");
  const opened = link.endsWith(".html") ? (await page.goto(link), await page.textContent("h1")) : "";
  report.check("search from a folder on a disk", /医保/.test(opened) ? [] : [`${link} has the heading “${opened}”`]);
  await page.close();
}

async function hostile() {
  const page = await browser.newPage({ serviceWorkers: "block" });
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => (problems.push("a dialog opened"), dialog.dismiss()));
  for (const query of ["<img src=x onerror=alert(1)>", "__proto__ constructor", "'\"&;{}$`", "医".repeat(300), "%00 ﷽ 😀"]) {
    await page.goto(`${server.origin}/${address(first, query)}`);
    await settled(page);
    if ((await page.$("#search-status *, #search-results img")) !== null) problems.push(`${query}: became markup`);
    if ((await page.textContent("#search-status")) === (await page.getAttribute("#search-results", "data-failed")))
      problems.push(`${query}: failed`);
  }
  report.check("what is typed stays text", problems);
  await page.close();
}

async function withoutScript() {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.origin}/${address(first, "手机")}`);
  const letters = await page.locator(".letters a").count();
  const problems = letters > 10 ? [] : [`${letters} letters`];
  if (!(await page.locator("noscript").first().isVisible())) problems.push("nothing says that scripts are off");
  if (await page.locator("#search-results").isVisible()) problems.push("empty results are shown");
  report.check("without a script there is the index by letter", problems);
  await context.close();
}
