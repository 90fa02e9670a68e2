// What a reader without a network sees, in Chromium: pages that were looked at, saying how old they are, and never a
// place that is said to be open when nobody knows. Then the option is switched off, and everything kept must go.
//
//   node tests/judges/offline.mjs DIR

import { copyFileSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const dir = folder(process.argv[2], "usage: offline.mjs DIR");
const report = new Report();
const check = (what, problems) => report.check(`offline: ${what}`, problems);
const unless = (fine, problem) => (fine ? [] : [problem]);

// The site behind links, so that one file of it can be exchanged.
const copy = mkdtempSync(join(tmpdir(), "offline-"));
for (const name of readdirSync(dir)) if (name !== "sw.js") symlinkSync(resolve(dir, name), join(copy, name));
copyFileSync(join(dir, "sw.js"), join(copy, "sw.js"));

const server = await serve(copy);
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const go = (path) => page.goto(`${server.origin}/${path}`, { waitUntil: "load" });
  const centre = "centres/ganjiaxiang/";
  const wall = "display/ganjiaxiang/";

  await go("");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await go(centre);
  await go(wall);
  await page.waitForFunction(async (path) => Boolean(await caches.match(new URL(path, location.origin).href)), wall);
  const kept = await page.evaluate(async () => {
    const entries = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) entries.push([new URL(url).pathname, (await (await cache.match(url)).blob()).size]);
    }
    return entries;
  });
  const bytes = kept.reduce((sum, [, size]) => sum + size, 0);
  check(`${kept.length} files of ${bytes} bytes are kept after three pages, at most 1.3 MB`, unless(bytes < 1_300_000, `${bytes}`));
  const names = kept.map(([path]) => path);
  check("the policies and the home page are kept ahead", ["/", "/policies/", "/offline/"].filter((path) => !names.includes(path)));

  await context.setOffline(true);
  server.close();
  await go(centre);
  const banner = await page.locator(".kept").allTextContents();
  check("a page that was looked at is shown and says that it is old", unless(banner.length === 1 && /现在没有网络/.test(banner[0]), `banner: ${banner}`));
  const band = await page.locator(".masthead").evaluate((e) => getComputedStyle(e).backgroundColor);
  check("its style is kept too", unless(band !== "rgba(0, 0, 0, 0)", band));
  await go("policies/");
  check("so are the policies", unless((await page.locator("main a").count()) > 5, "no policies"));
  await go("events/");
  await page.locator("#kept-pages a").first().waitFor({ timeout: 10000 }).catch(() => {});
  const listed = await page.locator("#kept-pages a").allTextContents();
  check("a page that was not kept is said not to be, with those that were", unless(/没有网络/.test(await page.title()) && listed.some((title) => title.includes("甘家巷")), `${await page.title()}: ${listed}`));
  await go("en/events/");
  check("in the language of the address", unless((await page.locator("html").getAttribute("lang")) === "en", await page.title()));

  await page.clock.setFixedTime(new Date("2027-01-20T10:00:00+08:00"));
  await go(wall);
  const state = await page.locator("#state").textContent();
  check("past what is known, a place is neither open nor closed", unless(/只到12月\d+日/.test(state) && !/现在/.test(state), state));
  check("the screen says that it is cut off", unless(/网络断了/.test(await page.locator("#age").textContent()), await page.locator("#age").textContent()));
  await context.close();
} finally {
  server.close();
}

const second = await serve(copy);
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${second.origin}/`, { waitUntil: "load" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  rmSync(join(copy, "sw.js"));
  copyFileSync("themes/civic/offline/off.js", join(copy, "sw.js"));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const gone = await page.waitForFunction(async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()), null, { timeout: 20000 }).then(() => true, () => false);
  check("switched off, everything that was kept goes, and the worker too", unless(gone, "something is still there"));
  await context.close();
} finally {
  second.close();
  await browser.close();
  rmSync(copy, { recursive: true });
}
report.end();
