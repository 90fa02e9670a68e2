// The screens of lobbies as they hang on a wall: nothing is cut off at any size or with any programme, what is left out is
// counted, the time and what is open are right, and an outage leaves the last good copy with its age.
//
//   node tests/judges/display.mjs DIR [--shots OUT]

import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { shots: { type: "string" } } });
const dir = folder(positionals[0], "usage: display.mjs DIR [--shots OUT]");
const report = new Report();
const check = (what, problems) => report.check(`display: ${what}`, problems);
const unless = (fine, problem) => (fine ? [] : [problem]);
const screens = [[1920, 1080], [1080, 1920], [1280, 720], [1366, 768], [3840, 2160]];
const policy = "default-src 'self'";

/** Days as no centre of the example has them. */
const session = (n, title, start = 480 + n * 50) =>
  `<li data-start="${start}" data-end="${start + 45}"><span class="time">${String(Math.floor(start / 60)).padStart(2, "0")}:${String(start % 60).padStart(2, "0")}–18:00</span><span class="what"><strong>${title}</strong> <span class="room">二楼多功能活动室</span></span></li>`;
const today = (html, open, items) =>
  html.replace(/(<section data-date="2026-11-24") data-open="[^"]*">[\s\S]*?<\/section>/, (_, start) =>
    `${start} data-open="${open}"><h2><span class="relative"></span><time datetime="2026-11-24">11月24日 周二</time></h2><p class="times">${open ? "08:30–18:00" : "不开放"}</p>${items.length ? `<ul class="sessions">${items.join("")}</ul><p class="rest fill" hidden></p>` : `<p class="rest">没有安排活动。</p>`}</section>`);
const long = "居民代表、网格员和物业服务企业三方联席会议暨老旧小区加装电梯意见征集说明会（第二场）请带身份证和房产证复印件参加";
const days = {
  usual: (html) => html,
  one: (html) => today(html, "510-1080", [session(0, "法律坐诊", 870)]),
  closed: (html) => today(html, "", []),
  twelve: (html) => today(html, "480-1080", Array.from({ length: 12 }, (_, n) => session(n, `第${n + 1}场：手机课堂`))),
  long: (html) => today(html, "480-1080", Array.from({ length: 6 }, (_, n) => session(n, long))).replace(/(<h1>)[^<]*/, "$1兰州市城关区白银路街道甘家巷社区区域性党群服务中心及新就业群体友好驿站联合服务大厅"),
};

const server = await serve(dir);
const browser = await require("playwright-core").chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

async function open({ day = "usual", time = "2026-11-24T10:00:00+08:00", size = screens[0], query = "", lang = "", script = true, motion = "no-preference" }, look) {
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, timezoneId: "America/New_York", serviceWorkers: "block", javaScriptEnabled: script, reducedMotion: motion });
  const page = await context.newPage();
  const noise = [];
  page.on("console", (message) => { if (message.type() === "error") noise.push(message.text()); });
  page.on("pageerror", (error) => noise.push(error.message));
  let answer = (html) => html;
  await page.route(/\/display\/.*\/(index\.html)?(\?.*)?$/, async (route) => {
    const response = await route.fetch();
    const html = answer(days[day](await response.text()));
    if (html === null) return route.abort();
    return route.fulfill({ response, body: html, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.clock.install({ time: new Date(time) });
  await page.goto(`${server.origin}/${lang}display/ganjiaxiang/${query}`, { waitUntil: "load" });
  const wait = async (minutes) => { await page.clock.runFor(minutes * 60 * 1000); await page.waitForTimeout(150); };
  if (script) await wait(0.2);
  await look(page, { wait, becomes: (how) => { answer = how; }, noise });
  await context.close();
}

/** What is on the screen, and what of it hangs over an edge. */
const seen = () => {
  const box = document.getElementById("screen").getBoundingClientRect();
  const over = [...document.querySelectorAll("#screen :is(h1, h2, p, li)")].filter((e) => {
    const b = e.getBoundingClientRect();
    return b.width > 0 && b.height > 0 && (b.bottom > innerHeight + 1 || b.right > innerWidth + 1);
  });
  const feet = document.querySelector("footer").getBoundingClientRect();
  const under = [...document.querySelectorAll("main :is(h2, p, li)")].filter((e) => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().bottom > feet.top + 1);
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.getBoundingClientRect().height > 0);
  const smallest = Math.min(...visible("#screen :is(h1, h2, p, li, span, strong)").filter((e) => e.textContent.trim()).map((e) => parseFloat(getComputedStyle(e).fontSize)));
  return {
    cut: [...over, ...under].map((e) => e.textContent.trim().slice(0, 40)),
    height: box.height,
    sessions: visible("section.today .sessions li").length,
    rest: (document.querySelector("section.today .rest.fill") || {}).textContent || "",
    smallest,
    state: document.getElementById("state").hidden ? "" : document.getElementById("state").textContent,
    age: document.getElementById("age").textContent,
  };
};

try {
  for (const [name] of Object.entries(days)) for (const size of screens) {
    await open({ day: name, size, time: "2026-11-24T07:30:00+08:00" }, async (page, { noise }) => {
      const now = await page.evaluate(seen);
      const left = { twelve: 12, long: 6, one: 1, closed: 0 }[name];
      const counted = Number(/有(\d+)项/.exec(now.rest)?.[1] ?? 0);
      check(`${name} at ${size.join(" × ")}: nothing is cut off, letters are 3 % of the height`, [...now.cut, ...unless(now.smallest >= Math.min(...size) * 0.033, `${now.smallest} px`), ...noise]);
      if (left !== undefined) check(`${name} at ${size.join(" × ")}: every session is shown or counted`, unless(now.sessions + counted === left, `${now.sessions} + ${counted} of ${left}`));
      if (options.shots) { mkdirSync(options.shots, { recursive: true }); await page.screenshot({ path: `${options.shots}/${name}.${size.join("x")}.png` }); }
    });
  }
  for (const [time, wanted] of [
    ["2026-11-24T08:29:00+08:00", "现在不开放，今天08:30开门"], ["2026-11-24T08:30:00+08:00", "现在开放，12:00关门"],
    ["2026-11-24T12:00:00+08:00", "现在不开放，今天14:30开门"], ["2026-11-24T18:00:00+08:00", "现在不开放，11月25日 周三 08:30开门"],
    ["2026-12-07T19:00:00+08:00", "现在不开放，12月8日 周二 08:30开门"], ["2026-12-08T00:00:00+08:00", "屏幕上的安排只到12月7日 周一，今天开不开门，请问工作人员。"],
    ["2026-11-23T23:59:00+08:00", "屏幕上的安排只到12月7日 周一，今天开不开门，请问工作人员。"],
  ]) await open({ time }, async (page) => {
    const { state } = await page.evaluate(seen);
    check(`at ${time} it says ${wanted}`, unless(state === wanted, state));
  });
  await open({ time: "2026-11-24T23:58:00+08:00" }, async (page, { wait }) => {
    await wait(3);
    const date = await page.locator("section.today").getAttribute("data-date");
    check("at midnight the next day is today", unless(date === "2026-11-25", date));
  });
  await open({}, async (page, { wait, becomes }) => {
    becomes(() => null);
    await wait(16);
    const cut = await page.evaluate(seen);
    check("without a network the last good copy stays, with its age", unless(cut.age === "网络断了，这是11月24日 周二 10:00的内容" && cut.state === "现在开放，12:00关门", `${cut.age} ${cut.state}`));
    becomes((html) => html.replace(/(<h1>)[^<]*/, "$1新的名字"));
    // Its next question is asked 20 minutes after the beginning; the clock must not run on before the answer is there.
    await wait(3.9);
    await page.waitForTimeout(3000);
    const back = await page.evaluate(seen);
    check("with it again the new page is shown", unless(/^最近一次核对/.test(back.age) && (await page.locator("h1").textContent()) === "新的名字", back.age));
  });
  await open({ time: "2026-11-27T00:00:00+08:00" }, async (page) => {
    const shown = await page.locator(".notices li:visible").allTextContents();
    check("a notice is gone when it is over", shown.filter((text) => text.includes("大风降温")));
  });
  const pages = async (setting) => {
    const seenThen = new Set();
    await open({ day: "twelve", time: "2026-11-24T07:30:00+08:00", query: "?turn=1", ...setting }, async (page, { wait }) => {
      for (let n = 0; n < 8; n += 1) { for (const text of await page.locator("section.today .sessions li:visible strong:first-child").allTextContents()) seenThen.add(text); await wait(0.25); }
    });
    return seenThen.size;
  };
  check("?turn=1 turns the pages of a day that does not fit", unless((await pages({})) === 12, "not all were seen"));
  check("not where less motion is asked for", unless((await pages({ motion: "reduce" })) < 12, "they turned"));
  await open({ script: false }, async (page) => {
    const text = await page.locator("body").innerText();
    check("without a script there are dated days and nothing else", [...["11月24日", "11月25日", "11月26日"].filter((day) => !text.includes(day)), ...["今天", "明天", "现在"].filter((word) => text.replace(/<[^>]*>/g, "").includes(word))]);
  });
} finally {
  await browser.close();
  server.close();
}
report.end();
