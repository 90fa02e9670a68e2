// What a resident meets, in a real browser: Debian's Chromium over one server of plain files.
//
//   node tests/judges/browser.mjs DIR                     judge
//   node tests/judges/browser.mjs DIR --shots OUT         only take pictures, for people to look at:
//                                                         OUT/KIND.LANG.WIDTH.png, and print as .pdf and .png
//        --look elder|dark|contrast                       pictures of what a reader sees who chose this
//        --only KIND,…   --lang LANG,…                    only these kinds of pages or languages
//
// A page says its kind in `<body data-page="centre">`. Of each kind in each language the largest page is judged, in the
// first language the smallest too; the checks of looks that a reader may choose or need are in `browser-modes.mjs`. The
// clock stands still, as it does for the site under test.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { judgeModes, judgeWithoutScript } from "./browser-modes.mjs";
import { clippedText, furnitureOnPaper, newlyLostOnPaper, overflow, textSpacing } from "./browser-page.mjs";
import { judgeReading } from "./browser-reading.mjs";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: "string" }, only: { type: "string" }, lang: { type: "string" }, look: { type: "string" } },
});
const dir = folder(positionals[0], "usage: browser.mjs DIR [--shots OUT] [--only KIND,…] [--lang LANG,…]");

const now = new Date("2026-11-24T10:00:00+08:00");
const screens = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 640 }, // WCAG 1.4.10: 1280 px at 400 %
];
const paper = { width: 718, height: 1047 }; // A4 with margins of 10 mm, in CSS px
const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Where no style sheet asks for a width between those of the two phones, only what is measured can differ between them. */
const measuredRules = ["target-size", "scrollable-region-focusable"];
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const hasDarkColours = filesBelow(dir, ".css", ".html").some((file) =>
  readFileSync(`${dir}/${file}`, "utf8").includes("prefers-color-scheme"),
);

const phonesDiffer = filesBelow(dir, ".css", ".html").some((file) =>
  [...readFileSync(`${dir}/${file}`, "utf8").matchAll(/-width:\s*([\d.]+)(px|r?em)\s*\)/g)]
    .map(([, size, unit]) => size * (unit === "px" ? 1 : 16))
    .some((width) => width > screens[2].width && width <= screens[1].width),
);

const report = new Report();
const chosen = choosePages();
const server = await serve(dir);
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const queue = options.shots ? chosen.filter((page) => page.size === "largest") : [...chosen];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await visit(next);
  };
  await Promise.all([worker(), worker()]);
} finally {
  await browser.close();
  server.close();
}
if (options.shots) console.log(`pictures are in ${options.shots}`);
else report.end();

/** For each kind and language the largest page, for the first language also the smallest; pages without a kind are a finding. */
function choosePages() {
  const groups = new Map();
  const nameless = [];
  const firstLanguage = /<html[^>]*\slang=["']?([\w-]+)/i.exec(readFileSync(`${dir}/index.html`, "utf8"))?.[1];
  for (const file of filesBelow(dir, ".html")) {
    const html = readFileSync(`${dir}/${file}`, "utf8");
    if (/http-equiv=["']?refresh["']?[^>]*url=/i.test(html)) continue; // sends the reader on at once
    const kind = /<body[^>]*\sdata-page=["']?([\w-]+)/i.exec(html)?.[1];
    const lang = /<html[^>]*\slang=["']?([\w-]+)/i.exec(html)?.[1];
    if (!kind || !lang) {
      nameless.push(file);
      continue;
    }
    if (options.only && !options.only.split(",").includes(kind)) continue;
    if (options.lang && !options.lang.split(",").includes(lang)) continue;
    const group = `${kind}.${lang}`;
    groups.set(group, [...(groups.get(group) ?? []), { file, group, bytes: html.length }]);
  }
  if (nameless.length > 0) report.check("pages without a kind (<body data-page>) or a language (<html lang>)", nameless);
  return [...groups.values()].flatMap((pages) => {
    pages.sort((a, b) => b.bytes - a.bytes);
    const largest = { ...pages.at(0), size: "largest" };
    // With little in it a page of one kind is alike in all languages.
    const alone = pages.length === 1 || !largest.group.endsWith(`.${firstLanguage}`);
    return alone ? [largest] : [largest, { ...pages.at(-1), size: "smallest" }];
  });
}

async function visit(chosenPage) {
  const context = await browser.newContext({
    viewport: screens[0],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    colorScheme: "light",
  });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(now);
    if (options.look) await page.addInitScript(wearLook, options.look);
    const noise = await listen(page);
    await page.goto(`${server.origin}/${encodeURI(chosenPage.file)}`, { waitUntil: "load" });
    if (options.shots) await takePictures(page, chosenPage);
    else await judge(page, chosenPage, noise);
  } catch (error) {
    report.check(`${chosenPage.file} could not be judged`, [error.message]);
  } finally {
    await context.close();
  }
}

/** Everything a page must not do while it is looked at: errors, failed requests, requests to others. */
async function listen(page) {
  const noise = [];
  page.on("console", (message) => {
    // A response of 404 is said twice by the browser; the request says it better.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) noise.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => noise.push(`script error: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) noise.push(`${response.status()} ${response.url().replace(server.origin, "")}`);
  });
  page.on("requestfailed", (request) => {
    // A picture that the browser no longer wants, since the window has another size by now, has not failed.
    const dropped = request.resourceType() === "image" && request.failure()?.errorText === "net::ERR_ABORTED";
    if (isOurs(request.url()) && !dropped) noise.push(`request failed: ${request.url().replace(server.origin, "")}`);
  });
  await page.route((url) => !isOurs(url.href), (route) => {
    noise.push(`request to another host: ${route.request().url()}`);
    return route.abort();
  });
  return noise;
}

function isOurs(url) {
  return url.startsWith(`${server.origin}/`) || /^(data|blob|about):/.test(url);
}

async function judge(page, { file, group, size }, noise) {
  const check = (what, problems) => report.check(`${file} (${group}): ${what}`, problems);
  await page.evaluate(axe);
  for (const screen of screens) {
    await page.setViewportSize(screen);
    // The smallest page of a kind is its largest one with less in it: one width shows what is wrong with it.
    if (screen === screens[1] || (screen === screens[0] && size === "largest")) check(`axe at ${screen.width} px`, await violations(page, { type: "tag", values: axeTags }));
    if (screen === screens[2]) check(`axe at ${screen.width} px`, await violations(page, phonesDiffer ? { type: "tag", values: axeTags } : { type: "rule", values: measuredRules }));
    check(`no sideways scrolling at ${screen.width} px`, await page.evaluate(overflow));
  }
  await page.setViewportSize(screens[0]);
  if (hasDarkColours && size === "largest") {
    await page.emulateMedia({ colorScheme: "dark" });
    check("contrast in dark colours", await violations(page, { type: "rule", values: ["color-contrast"] }));
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(paper);
  check("print fits A4", [...(await page.evaluate(overflow)), ...(await page.evaluate(newlyLostOnPaper))]);
  check("print has no furniture", await page.evaluate(furnitureOnPaper));
  await page.emulateMedia({ media: "screen" });
  if (size === "largest") {
    const words = await page.evaluate(() => document.querySelector("main")?.innerText.trim().length ?? 0);
    await judgeModes(page, check, (rules) => violations(page, { type: "rule", values: rules }));
    await judgeWithoutScript(browser, page.url(), words, check);
    const [kind, lang] = group.split(".");
    const reads = (await page.locator('[data-do="read"]').count()) > 0;
    if (reads && ["home", "read-aloud"].includes(kind)) await judgeReading(browser, page.url(), lang, check);
  }
  await page.setViewportSize(screens[1]);
  await page.evaluate(textSpacing);
  check("wide text spacing (WCAG 1.4.12)", [...(await page.evaluate(overflow)), ...(await page.evaluate(clippedText))]);
  check("no console errors, no failed or foreign requests", [...new Set(noise)]);
}

async function violations(page, runOnly) {
  const found = await page.evaluate((only) => axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false }), runOnly);
  return found.violations.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 160)} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`),
  ]);
}

/** Keeps a choice as if the reader had made it on another page. */
function wearLook(look) {
  const kept = look === "elder" ? { mode: look } : { colours: look };
  localStorage.setItem("noticeboard-look", JSON.stringify(kept));
}

async function takePictures(page, { group: name }) {
  const group = options.look ? `${name}.${options.look}` : name;
  mkdirSync(options.shots, { recursive: true });
  for (const screen of screens) {
    await page.setViewportSize(screen);
    await page.screenshot({ path: `${options.shots}/${group}.${screen.width}.png`, fullPage: true });
  }
  const print = `${options.shots}/${group}.print`;
  await page.pdf({ path: `${print}.pdf`, format: "A4", margin: { top: "10mm", right: "10mm", bottom: "10mm", left: "10mm" } });
  execFileSync("pdftoppm", ["-r", "60", "-png", `${print}.pdf`, print]);
}
