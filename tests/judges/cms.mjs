// The forms that `noticeboard schema --cms admin --sveltia …` wrote into a site, in a browser with the CMS itself: it takes
// the configuration, asks no other host for anything, has a form with every field of every kind, shows each file that there
// is, and writes a file so that only what was changed in the form is different.
//
//   node tests/judges/cms.mjs SITE [--shots OUT]

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const { chromium } = require("playwright-core");
const YAML = require("yaml");

const site = folder(process.argv[2], "usage: cms.mjs SITE [--shots OUT], a site with admin/ in it");
const shots = process.argv[3] === "--shots" ? process.argv[4] : undefined;
if (shots) mkdirSync(shots, { recursive: true });
const config = YAML.parse(readFileSync(join(site, "admin/config.yml"), "utf8"));
const report = new Report();

const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".yml": "text/yaml", ".json": "application/json" };
const lacking = [];
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = join(site, path.endsWith("/") ? `${path}index.html` : path);
  if (!existsSync(file)) {
    if (path !== "/favicon.ico") lacking.push(path);
    return response.writeHead(404).end();
  }
  response.writeHead(200, { "content-type": kinds[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const home = `http://localhost:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const [outside, complaints] = [[], []];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(home) || /^(blob|data):/.test(url)) return route.continue();
    outside.push(url);
    return route.abort();
  });

  // The CMS keeps its test repository in the browser: the site's content is put there first.
  const files = ["site.yaml", ...filesBelow(join(site, "content"), ".yaml", ".md").map((file) => `content/${file}`)];
  await page.goto(`${home}/admin/backend.yml`);
  await page.evaluate(fill, files.map((file) => [file, readFileSync(join(site, file), "utf8")]));
  await page.goto(`${home}/admin/`);
  const enter = page.getByRole("button", { name: "使用测试仓库" });
  await enter.waitFor({ timeout: 30_000 }).catch(() => {});
  report.check("the CMS takes the configuration and is in Chinese", (await enter.count()) === 1 ? [] : [...complaints, await page.innerText("body")]);
  await enter.click({ timeout: 1_000 });
  await page.getByText(config.collections[0].label).first().waitFor({ timeout: 30_000 });

  const counts = await page.innerText("body");
  for (const { name, label, fields, folder: below, extension } of config.collections) {
    const there = files.filter((file) => file.startsWith(`${below}/`) && !/\.[A-Za-z-]+\.md$/.test(file));
    const listed = counts.match(new RegExp(`${label}\\s+(\\d+)`))?.[1];
    report.check(`${label}: lists its files`, Number(listed) === there.length ? [] : [`${listed} of ${there.length}`]);
    await open(page, `/collections/${name}/new`, fields);
    await shot(page, `new-${name}`);
    report.check(`${label}: a new one has every field`, await missing(page, fields));
    const file = there.find((file) => file === `${below}/ganjiaxiang.${extension}`) ?? there[0];
    if (file) report.check(`${file}: a change in the form changes nothing else`, await change(page, name, file, below, fields));
  }
  for (const { name, label, fields } of config.singletons) {
    await open(page, `/collections/_singletons/entries/${name}`, fields);
    await shot(page, name);
    report.check(`${label}: has every field`, await missing(page, fields));
  }
  report.check("no request leaves the site", outside);
  report.check("nothing that it asks for is missing", [...new Set(lacking)].filter((path) => !path.includes("noto-mono")));
  report.check("the CMS complains of nothing", complaints.filter((text) => !text.includes("404")));
} finally {
  await browser.close();
  server.close();
}
report.end();

/** Whether a form shows boxes of our own at once: those within lists come only with their items. */
function hasBoxes(fields) {
  return fields.some(({ widget, fields: within }) => widget === "noticeboard-text" || (widget === "object" && hasBoxes(within)));
}

/** The heads of the fields of a form, which have their labels in them. */
function heads(page) {
  return page.locator("h4");
}

/**
 * Goes to a form and waits for its first box, or for the head of its first field if it has no boxes of our own. The CMS
 * sometimes shows nothing after another form; it is opened anew then, as people would. It reads all content again at that,
 * which a busy machine takes its time for.
 */
async function open(page, way, fields) {
  const first = hasBoxes(fields) ? page.locator(".nb-box").first() : heads(page).filter({ hasText: fields[0].label }).first();
  const shows = (timeout) => first.waitFor({ timeout }).then(() => true, () => false);
  await page.goto(`${home}/admin/#${way}`);
  await page.waitForTimeout(750);
  for (const patience of [5_000, 30_000]) {
    if (await shows(patience)) return;
    await page.goto(`${home}/admin/backend.yml`);
    await page.goto(`${home}/admin/#${way}`);
    const enter = page.getByRole("button", { name: "使用测试仓库" });
    await enter.or(page.getByRole("button", { name: "保存" })).first().waitFor().catch(() => {});
    if (await enter.isVisible()) await enter.click();
  }
  await shows(60_000);
}

async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** The labels of fields that a form does not show, and fields that show nothing to fill in. */
async function missing(page, fields) {
  // A form makes the fields that are in sight.
  await page.setViewportSize({ width: 1280, height: 9_000 });
  const problemsNow = async () => {
    const shown = await heads(page).allInnerTexts();
    return fields.filter(({ label }) => !shown.some((head) => head.includes(label))).map(({ name, label }) => `${name}: ${label}`);
  };
  for (let tries = 0; tries < 20 && (await problemsNow()).length > 0; tries += 1) await page.waitForTimeout(250);
  const problems = await problemsNow();
  await page.setViewportSize({ width: 1280, height: 900 });
  if (hasBoxes(fields) && (await page.locator(".nb-box").count()) === 0) problems.push("our own fields show nothing");
  return problems;
}

/** Changes a record in its form and says what is different besides. */
async function change(page, name, file, below, fields) {
  const id = file.slice(below.length + 1).replace(/\.(yaml|md)$/, "");
  await open(page, `/collections/${name}/entries/${id}`, fields);
  const box = page.locator(".nb-box").first();
  if ((await box.count()) === 0) return ["its form shows nothing"];
  const before = await page.evaluate(text, file);
  const written = await box.inputValue();
  if (!written) return ["the first box is empty"];
  await box.fill(`${written}改`);
  await shot(page, `edit-${name}`);
  await page.getByRole("button", { name: "保存" }).first().click();
  let after = before;
  for (let tries = 0; tries < 20 && after === before; tries += 1) {
    await page.waitForTimeout(250);
    after = await page.evaluate(text, file);
  }
  if (after === before) return ["it was not saved", ...(await page.locator("[aria-invalid=true], .error").allInnerTexts()).slice(0, 5)];
  const changes = differences(read(file, before), read(file, after));
  // Yes, no and the usual value may be written out where they were left out.
  const spelled = ({ was, is }) => was === undefined && (is === false || typeof is === "string");
  const others = changes.filter((change) => change.is !== `${written}改` && !spelled(change));
  const made = changes.filter((change) => change.is === `${written}改`);
  const problems = others.map(({ at, was, is }) => `${at}: ${JSON.stringify(was)?.slice(0, 80)} → ${JSON.stringify(is)?.slice(0, 80)}`);
  return made.length === 1 ? problems : [...problems, `the change was made ${made.length} times`];
}

function read(file, text) {
  if (file.endsWith(".yaml")) return YAML.parse(text);
  const [, yaml, ...body] = text.split(/^---$/m);
  return { ...YAML.parse(yaml), "the text below": body.join("---").trim() };
}

function differences(was, is, at = "") {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const both = was && is && typeof was === "object" && typeof is === "object";
  if (!both) return [{ at, was, is }];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => differences(was[key], is[key], `${at}.${key}`));
}

/** Runs in the page: writes files into the test repository. */
async function fill(files) {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle("sveltia-cms-test", { create: true });
  for (const [path, text] of files) {
    const parts = path.split("/");
    let at = top;
    for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part, { create: true });
    const written = await (await at.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await written.write(text);
    await written.close();
  }
}

/** Runs in the page: the text of a file of the test repository. */
async function text(path) {
  const parts = path.split("/");
  let at = await (await navigator.storage.getDirectory()).getDirectoryHandle("sveltia-cms-test");
  for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part);
  return (await (await at.getFileHandle(parts.at(-1))).getFile()).text();
}
