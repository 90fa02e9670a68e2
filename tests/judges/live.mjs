// What pages say of this very minute, against the program's own calendar: in Chromium, with a clock that is set, the
// states that the page's script shows are compared with `noticeboard status --on` at the same instants, for each centre
// of the site and of `samples/hours` (nights, appointments, holidays, always, never), on phones in two time zones.
//
//   node tests/judges/live.mjs DIR        a site built for 2026-11-24 from the folder above
//
// The program is $NOTICEBOARD, or the one that `cargo build` made.

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";
import { serve } from "./serve.mjs";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const dir = folder(process.argv[2], "usage: live.mjs DIR");
const today = "2026-11-24"; // the example site is always built for the same day
const lastDay = "2027-01-22"; // sixty days from it on
const zone = "+08:00";
const biggestScript = 6000;

/** Instants of the sample places: each edge, the minute before it, nights, a holiday, a year without holidays. */
const odd = [
  "11-24T00:00", "11-24T01:59", "11-24T02:00", "11-24T17:59", "11-24T18:00", "11-25T11:59", "11-25T12:00", "11-25T12:59",
  "11-25T13:00", "11-26T12:30", "11-26T13:00", "11-27T20:00", "11-28T00:30", "11-28T01:30", "11-28T05:30", "11-28T06:00",
  "11-28T06:59", "11-28T07:00", "11-27T23:59", "12-03T10:00", "12-04T10:00", "12-05T10:00", "12-31T23:59",
].map((at) => `2026-${at}`).concat("2027-01-01T10:00", "2027-01-15T09:00", "2027-01-22T16:59", "2027-01-22T23:59");
/** Instants of the site itself. */
const usual = [
  "11-24T08:29", "11-24T08:30", "11-24T12:00", "11-24T13:15", "11-24T14:30", "11-24T17:59", "11-24T18:00", "11-25T00:00",
  "11-27T11:59", "11-27T15:00", "11-28T10:00", "11-29T10:00", "12-09T10:00", "12-31T16:00",
].map((at) => `2026-${at}`).concat("2027-01-04T10:00");
const outside = ["2026-11-23T10:00", "2020-01-01T10:00", "2027-01-23T00:00", "2030-05-01T10:00"];

const report = new Report();
const program = process.env.NOTICEBOARD ?? builtProgram();
const work = mkdtempSync(join(tmpdir(), "live-"));
const sample = join(top, "tests/judges/samples/hours");
const places = join(work, "site");
execFileSync(program, ["build", "--site", sample, "--out", places, "--today", today, "--posters", "none", "-q"], { stdio: "ignore" });
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const servers = [];
try {
  sizes();
  await against(sample, places, odd, ["Asia/Shanghai", "America/New_York"]);
  await against(top, dir, usual, ["Pacific/Auckland"]);
  await theRest();
} finally {
  await browser.close();
  for (const server of servers) server.close();
  rmSync(work, { recursive: true });
}
report.end();

function builtProgram() {
  const built = join(process.env.CARGO_TARGET_DIR ?? join(top, "target"), "debug/noticeboard");
  return folder(built, `there is no program at ${built}: run cargo build first`);
}

function sizes() {
  for (const file of filesBelow(join(dir, "assets"), ".js").filter((name) => /^(live|today)\./.test(name))) {
    const { size } = statSync(join(dir, "assets", file));
    report.check(`${file} is small`, size < biggestScript ? [] : [`${size} bytes`]);
  }
}

async function open(root, path, options = {}) {
  const server = await serve(root);
  servers.push(server);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const go = (at = path) => page.goto(`${server.origin}/${at}`);
  return { page, go };
}

function clockAt(civil) {
  return new Date(`${civil}:00${zone}`);
}

/** Sets the clock and lets the page notice as it does when it comes back from the back/forward cache. */
async function turnTo(page, civil) {
  await page.clock.setFixedTime(clockAt(civil));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
}

function states(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-live]:not([hidden])")].map((it) =>
    [it.dataset.live, { state: it.dataset.state, until: it.dataset.until, text: it.textContent }])));
}

async function against(site, built, instants, zones) {
  const oracles = await Promise.all(instants.map((at) => statusAt(site, at)));
  for (const timezoneId of zones) {
    const { page, go } = await open(built, "centres/", { timezoneId });
    await page.clock.setFixedTime(clockAt(instants[0]));
    await go();
    for (const [number, at] of instants.entries()) {
      await turnTo(page, at);
      const shown = await states(page);
      // 1 January is a holiday by law; what is said of the days after it goes by the usual hours.
      const usualHours = at >= "2027-01-02" || Object.values(shown).some(({ until }) => until >= "2027-01-02");
      const problems = oracles[number].flatMap(({ id, state, until, why }) => {
        const said = shown[id];
        if (state === "unknown") return said ? [`${id}: its hours are not written, and the page says ${said.text}`] : [];
        const known = until && until.slice(0, 10) <= lastDay ? until.replace(" ", "T") : "";
        if (!said) return [`${id}: nothing is said`];
        const wrong = said.state !== state || said.until !== known || (why && !said.text.includes(why));
        return wrong ? [`${id}: ${state} until ${known} (${why ?? ""}), the page says ${said.state} until ${said.until}: ${said.text}`] : [];
      });
      const noted = Object.values(shown).filter(({ text }) => text.includes("节假日安排还没有公布")).length;
      if (noted !== (usualHours ? 1 : 0)) problems.push(`it is said ${noted} times that holidays are not announced`);
      report.check(`${built === dir ? "the site" : "samples/hours"} at ${at} on a phone in ${timezoneId}`, problems);
    }
    for (const at of outside) {
      await turnTo(page, at);
      const wrong = Object.entries(await states(page)).filter(([, { state, text }]) => state !== "unknown" || !text.includes("查不到"));
      report.check(`at ${at}, outside of what is known, nothing is claimed`, wrong.map(([id, { text }]) => `${id}: ${text}`));
    }
  }
}

async function statusAt(site, at) {
  const { stdout } = await promisify(execFile)(program, ["status", "--site", site, "--on", at, "--format", "json"], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout).centres;
}

async function theRest() {
  const { page, go } = await open(places, "centres/half/");
  const marks = () => page.evaluate(() => [...document.querySelectorAll(".live-mark")].filter((it) => it.checkVisibility())
    .map((it) => `${it.parentElement.firstChild.textContent.trim() || it.parentElement.textContent} ${it.textContent}`));
  const visible = (selector) => page.evaluate((it) => [...document.querySelectorAll(it)].filter((e) => e.checkVisibility()).length, selector);
  const expect = (what, found, wanted) => {
    const [is, should] = [found, wanted].map((it) => JSON.stringify(it));
    report.check(what, is === should ? [] : [`${is} instead of ${should}`]);
  };

  await page.clock.setFixedTime(clockAt("2026-11-24T09:30"));
  await go();
  expect("an ordinary Tuesday's row and sessions are marked", await marks(), ["11月24日 周二 今天", "早课 正在进行", "午课 接下来", "周一至周五 今天"]);
  expect("a title that tries to end its data block does not", await page.title(), "半天站 - 样例");
  expect("the banner holds both urgent notices", await visible(".banner [data-begins]"), 2);
  await turnTo(page, "2026-12-01T00:00");
  expect("a notice that is over is gone from the banner", await visible(".banner [data-begins]"), 1);
  expect("days past what is listed are not guessed", [await visible("[data-stale]"), await visible(".day-lines [data-date]")], [1, 0]);
  await turnTo(page, "2026-12-03T10:00");
  expect("a holiday is no ordinary day of its table", (await marks()).filter((it) => it.startsWith("周")), []);
  await turnTo(page, "2026-12-10T18:00");
  expect("the banner goes with its last notice", await visible(".banner"), 0);
  await turnTo(page, "2026-11-23T23:59");
  expect("and is not there before", await visible(".banner"), 0);
  await turnTo(page, "2026-11-27T09:30");
  expect("a day that was folded away stands on top when it has come", (await marks()).slice(0, 2), ["11月27日 周五 今天", "周五课 正在进行"]);

  await page.clock.setFixedTime(clockAt("2026-11-25T11:59"));
  const running = await open(places, "centres/half/");
  await running.page.clock.install({ time: clockAt("2026-11-25T11:59") });
  await running.go();
  const before = (await states(running.page)).half.state;
  await running.page.clock.runFor(61_000);
  expect("the page keeps up by itself", [before, (await states(running.page)).half.state], ["open", "closed"]);

  const activity = "programmes/ganjiaxiang/18d5fc90b6/";
  const later = await open(dir, activity);
  const left = () => later.page.evaluate(() => {
    const there = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
    return { sessions: there(".changes > li, .add-session").length > 0, gone: there("[data-over]").map((it) => it.textContent) };
  });
  await later.page.clock.setFixedTime(clockAt("2026-11-24T09:00"));
  await later.go();
  expect("an activity lists what is to come", await left(), { sessions: true, gone: [] });
  await turnTo(later.page, "2026-12-20T09:00");
  expect("and what is over goes, which is said", await left(), { sessions: false, gone: ["这里列出的场次都已经过了，以后的请看整份计划，或者打电话问。"] });
  const summary = await open(dir, "centres/ganjiaxiang/");
  await summary.page.clock.setFixedTime(clockAt("2026-11-28T09:00"));
  await summary.go();
  expect("a day that is over is no longer among those that differ soon", await summary.page.evaluate(() =>
    [...document.querySelectorAll(".answers [data-ends], .special-days [data-ends]")].filter((it) => it.checkVisibility() && it.textContent.includes("11月27日")).length), 0);

  const stay = [activity, "programmes/ganjiaxiang/", "areas/", "notices/", "events/", "centres/", "index.html", "centres/ganjiaxiang/"];
  for (const [root, path] of [[places, "centres/half/"], ...stay.map((path) => [dir, path])]) {
    const plain = await open(root, path, { javaScriptEnabled: false });
    await plain.go();
    const text = await plain.page.locator("main").innerText();
    const untrue = [...text.matchAll(/.{0,12}(现在(?:不?开放)|正在进行|正在公告|即将举行|接下来|明天|今天有变动|查不到|[▲◆●] [红黄蓝]色(?! (?:截至|[红黄蓝]色：))).{0,12}/g)].map(([words]) => words);
    report.check(`${path} without script says nothing that could be untrue tomorrow`, untrue);
  }
}
