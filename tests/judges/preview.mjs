// The preview as an editor has it: `noticeboard serve` over a copy of the example site, a browser at a page, and files
// saved in all the ways in which programs save them. Each change must be shown, by one reload or none, and what changes
// nothing must not reload the page.
//
//   node tests/judges/preview.mjs [SITE] [--saves 100] [--only NAME] [--shots DIR]
//
// The program is $NOTICEBOARD, or the one that `cargo build` made. `--saves`, or $PREVIEW_SAVES, is the number of saves at
// random; the run says how long a save took until it was seen.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : null);
const saves = Number(option("--saves") ?? process.env.PREVIEW_SAVES ?? 100);
const shots = option("--shots");
const only = option("--only");
const source = args[0] ?? top;

const report = new Report();
const program = process.env.NOTICEBOARD ?? builtProgram();
const work = mkdtempSync(join(tmpdir(), "preview-"));
const site = join(work, "site");
mkdirSync(site);
for (const name of ["site.yaml", "content", "ledger.txt"]) {
  if (existsSync(join(source, name))) cpSync(join(source, name), join(site, name), { recursive: true });
}
const at = (...parts) => join(site, ...parts);
const centre = at("content/centres/ganjiaxiang.yaml");
const original = readFileSync(centre, "utf8");
const marker = "从白银路拐进甘家巷";
const withWords = (words) => original.replace(marker, `${words}，${marker}`);
/** The time as pages have it too, in ms. */
const now = () => performance.timeOrigin + performance.now();
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
/** So long is waited for a change; whatever takes longer is missed. */
const patience = 15_000;
/** So long is waited for a reload that must not come. */
const calm = 500;

const server = spawn(program, ["serve", "--site", site, "--port", "0", "--today", "2026-11-24", "--posters", "none", "--lang", "zh-Hans"], {
  stdio: ["ignore", "pipe", "pipe"],
});
let said = "";
server.stdout.on("data", (data) => (said += data));
server.stderr.on("data", (data) => (said += data));
const origin = await addressOf(server);
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const times = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  let loads = 0;
  page.on("domcontentloaded", () => (loads += 1));

  const overlayIsOpen = () => page.evaluate(() => Boolean(document.querySelector("noticeboard-preview")?.shadowRoot.querySelector("dialog[open]")));
  const overlay = () => page.locator("noticeboard-preview dialog");

  const scenes = { starts, saves: savesInAllWays, parts, nothing, others, breaks, place, moves, burst, theme, replaced, random };
  for (const [name, scene] of Object.entries(scenes)) {
    if (only && name !== only && name !== "starts") continue;
    await scene();
  }
  report.check("nothing that the pages may not do was done", complaints);
  if (times.length > 0) {
    times.sort((a, b) => a - b);
    const share = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(0);
    console.log(`from a save to the page: median ${share(0.5)} ms, 95 % within ${share(0.95)} ms, at most ${share(1)} ms, ${times.length} saves`);
  }

  /** Waits until the page has the words; resolves to what went wrong. The page itself says in which frame it has them. */
  async function shows(words, since = now()) {
    const seen = (words) => document.body?.innerText.includes(words) && performance.timeOrigin + performance.now();
    try {
      const frame = await page.waitForFunction(seen, words, { timeout: patience, polling: "raf" });
      times.push((await frame.jsonValue()) - since);
      return [];
    } catch {
      return [`“${words}” is not on the page`];
    }
  }

  /** A change that must be seen, with at most one reload and no error on the way. */
  async function change(subject, words, write) {
    loads = 0;
    let flashes = 0;
    const since = now();
    await write();
    const problems = await shows(words, since);
    await pause(calm / 2);
    if (await overlayIsOpen()) flashes += 1;
    if (loads > 1) problems.push(`${loads} reloads`);
    if (flashes > 0) problems.push("an error is shown");
    report.check(subject, problems);
  }

  /** What must not touch the page. */
  async function quiet(subject, write) {
    loads = 0;
    await write();
    await pause(calm);
    const problems = loads > 0 ? [`${loads} reloads`] : [];
    if (await overlayIsOpen()) problems.push("an error is shown");
    report.check(subject, problems);
  }

  async function starts() {
    const answer = await page.goto(origin);
    const early = answer.status();
    const problems = [];
    await page.waitForFunction(() => document.querySelector('link[rel="canonical"]'), null, { timeout: patience }).catch(() => problems.push("the home page does not come"));
    report.check(`a browser that comes early (${early}) gets the site by itself`, problems);
    await page.goto(`${origin}centres/ganjiaxiang/`);
  }

  async function savesInAllWays() {
    await change("a file that is written", "第一种写法", () => writeFileSync(centre, withWords("第一种写法")));
    await change("a file that is put in place by a rename", "第二种写法", () => {
      writeFileSync(`${centre}.tmp`, withWords("第二种写法"));
      renameSync(`${centre}.tmp`, centre);
    });
    await change("a file that is moved aside and written anew", "第三种写法", async () => {
      renameSync(centre, `${centre}~`);
      await pause(10);
      writeFileSync(centre, withWords("第三种写法"));
      unlinkSync(`${centre}~`);
    });
    await change("a file that is emptied first", "第四种写法", async () => {
      writeFileSync(centre, "");
      await pause(30);
      writeFileSync(centre, withWords("第四种写法"));
    });
    await change("a file that is written in two parts", "第五种写法", async () => {
      const text = withWords("第五种写法");
      writeFileSync(centre, text.slice(0, 300));
      await pause(40);
      writeFileSync(centre, text);
    });
    await change("a file with Windows line ends", "第六种写法", () => writeFileSync(centre, `\ufeff${withWords("第六种写法").replaceAll("\n", "\r\n")}`));
    await change("the last of many saves in a row", "第二十次", async () => {
      for (let number = 1; number < 20; number += 1) writeFileSync(centre, withWords(`第${number}回`));
      writeFileSync(centre, withWords("第二十次"));
    });
  }

  /** What stands on the page, without what differs between two of the same: times, and the preview's own. */
  function written(page) {
    return page.evaluate(() => {
      const root = document.documentElement.cloneNode(true);
      for (const it of root.querySelectorAll('noticeboard-preview, script[src*="/.noticeboard/"]')) it.remove();
      return root.outerHTML.replaceAll(/>\s+</g, "><");
    });
  }

  /** Whether the page is what it would be if it was loaded now. */
  async function asLoaded() {
    const other = await browser.newPage({ viewport: page.viewportSize() });
    try {
      await other.goto(page.url());
      const [here, there] = [await written(page), await written(other)];
      if (here === there) return [];
      const at = [...here].findIndex((letter, number) => letter !== there[number]);
      return [`the page has “${here.slice(at - 40, at + 60)}” and not “${there.slice(at - 40, at + 60)}”`];
    } finally {
      await other.close();
    }
  }

  /** Parts of a page that come, differ and go: what is shown is what would be loaded, and words need no loading. */
  async function parts() {
    const edits = {
      "a word": [withWords("改一个词"), "改一个词", 0],
      "a telephone number": [withWords("换电话").replaceAll("0931-0000001", "0931-0000009"), "换电话", 0],
      "a name": [withWords("换名字").replace("甘家巷社区党群服务中心", "甘家巷新服务中心"), "换名字", 1],
      "other hours": [withWords("换时间").replaceAll("08:30-12:00", "08:20-12:00"), "换时间", 1],
      "a thing more": [withWords("多一样").replace("  - seating\n", "  - seating\n  - lockers\n"), "多一样", 1],
      "a thing less": [withWords("少一样").replace("  - seating\n", ""), "少一样", 0],
      "as it was": [withWords("回到原样"), "回到原样", 1],
    };
    for (const [subject, [text, words, most]] of Object.entries(edits)) {
      await change(`${subject}, shown`, words, () => writeFileSync(centre, text));
      report.check(`${subject}: loaded ${most} times at most`, loads > most ? [`${loads} times`] : []);
      report.check(`${subject}: the page is as if loaded`, await asLoaded());
    }
  }

  async function nothing() {
    await quiet("a file that is touched", () => utimesSync(centre, new Date(), new Date()));
    await quiet("a file that is saved as it was", () => writeFileSync(centre, readFileSync(centre)));
    await quiet("the files that editors leave beside", () => {
      writeFileSync(at("content/centres/.ganjiaxiang.yaml.swp"), "x");
      writeFileSync(at("content/centres/ganjiaxiang.yaml~"), "x");
      writeFileSync(at("content/centres/#ganjiaxiang.yaml#"), "x");
      writeFileSync(at("notes.txt"), "x");
    });
  }

  async function others() {
    const file = at("content/centres", readdirSync(at("content/centres")).find((name) => name.endsWith(".yaml") && !name.startsWith("ganjiaxiang")));
    const text = readFileSync(file, "utf8");
    await quiet("a record that is not on this page", () => writeFileSync(file, `${text}# another comment\n`));
    writeFileSync(file, text);
    await pause(calm);
  }

  async function breaks() {
    const good = withWords("改好之前");
    await change("what stands before the mistake", "改好之前", () => writeFileSync(centre, good));
    loads = 0;
    writeFileSync(centre, good.replace("kind: community-centre", "kind: community-centre\n<img src=x onerror=alert(1)>: 1"));
    await overlay().waitFor({ timeout: patience }).catch(() => {});
    const problems = [];
    const text = await overlay().innerText().catch(() => "");
    for (const words of ["NB0206", "content/centres/ganjiaxiang.yaml:5:1", "改法", "<img src=x"]) {
      if (!text.includes(words)) problems.push(`“${words}” is not said: ${text.slice(0, 200)}`);
    }
    if ((await overlay().locator("img").count()) > 0) problems.push("text became an element");
    const link = await overlay().locator("a").first().getAttribute("href").catch(() => "");
    if (!link?.startsWith("vscode://file/") || !link.endsWith("/content/centres/ganjiaxiang.yaml:5:1")) problems.push(`the link is ${link}`);
    if (!(await page.evaluate(() => document.body.innerText.includes("改好之前")))) problems.push("the good page is gone");
    if (loads > 0) problems.push(`${loads} reloads`);
    report.check("a mistake is shown over the page, with its place and mend", problems);
    if (shots) await picture("mistake");

    const hidden = [];
    await page.keyboard.press("Escape");
    if (await overlayIsOpen()) hidden.push("it cannot be put away");
    const pill = page.locator("noticeboard-preview .pill");
    if (!(await pill.isVisible())) hidden.push("nothing leads back to it");
    await pill.click();
    if (!(await overlayIsOpen())) hidden.push("it does not come back");
    report.check("the mistake can be put away to look at the page", hidden);

    const elsewhere = await page.goto(`${origin}policies/`);
    await overlay().waitFor({ timeout: patience }).catch(() => {});
    report.check("other pages stand while there is a mistake", [
      ...(elsewhere.status() === 200 ? [] : [`status ${elsewhere.status()}`]),
      ...((await overlayIsOpen()) ? [] : ["the mistake is not said there"]),
    ]);
    await page.goto(`${origin}centres/ganjiaxiang/`);
    await overlay().waitFor({ timeout: patience }).catch(() => {});

    loads = 0;
    writeFileSync(centre, good);
    const gone = await page.waitForFunction(() => !document.querySelector("noticeboard-preview")?.shadowRoot.querySelector("dialog"), null, { timeout: patience, polling: "raf" }).then(() => [], () => ["it stays"]);
    await pause(calm / 2);
    if (loads > 0) gone.push(`${loads} reloads, though the page is as it was`);
    report.check("a mistake that is mended goes away", gone);
  }

  async function place() {
    const tag = await page.evaluate(() => {
      const target = [...document.querySelectorAll("main a[href], main summary")].filter((element) => element.checkVisibility()).at(-3);
      target.focus();
      target.scrollIntoView({ block: "center", behavior: "instant" });
      return [target.textContent.trim(), scrollY, target.getBoundingClientRect().top];
    });
    await change("a page that is read further down", "位置不变", () => writeFileSync(centre, withWords("位置不变")));
    const now = await page.evaluate(() => [document.activeElement.textContent.trim(), scrollY, document.activeElement.getBoundingClientRect().top]);
    const problems = [];
    if (tag[1] < 100) problems.push("the page is too short to tell");
    if (now[0] !== tag[0]) problems.push(`the focus went from “${tag[0]}” to “${now[0]}”`);
    if (Math.abs(now[2] - tag[2]) > 24) problems.push(`the place moved by ${now[2] - tag[2]} px`);
    report.check("the place and the focus are kept", problems);
    await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  }

  async function moves() {
    const notice = at("content/notices/heating-2026.md");
    const other = at("content/notices/heating-renamed.md");
    await page.goto(`${origin}notices/heating-2026/`);
    await change("a file that gets another name leaves its address", "您要找的页面不在这里", () => renameSync(notice, other));
    const there = await page.goto(`${origin}notices/heating-renamed/`);
    report.check("and is found at the new one", there.status() === 200 ? [] : [`status ${there.status()}`]);
    await page.goto(`${origin}notices/heating-2026/`);
    await change("a name that is taken back", "家里不热怎么报修", () => renameSync(other, notice));
    const text = readFileSync(notice, "utf8");
    await change("a file that is deleted", "您要找的页面不在这里", () => unlinkSync(notice));
    await change("a file that comes back", "家里不热怎么报修", () => writeFileSync(notice, text));
    await page.goto(`${origin}centres/ganjiaxiang/`);
  }

  async function burst() {
    const git = (...words) => execFileSync("git", ["-C", site, "-c", "user.name=a", "-c", "user.email=a@example.org", ...words], { stdio: "ignore" });
    writeFileSync(centre, withWords("主干"));
    git("init", "-q", "-b", "trunk");
    git("add", ".");
    git("commit", "-qm", "a");
    git("checkout", "-qb", "other");
    for (const kind of ["centres", "programmes", "policies", "notices"]) {
      for (const name of readdirSync(at("content", kind))) {
        if (/^\w[^~#]*\.yaml$/.test(name)) writeFileSync(at("content", kind, name), `${readFileSync(at("content", kind, name), "utf8")}# other\n`);
      }
    }
    writeFileSync(centre, withWords("分支"));
    git("commit", "-qam", "b");
    await shows("分支");
    await change("a change of branch", "主干", () => git("checkout", "-q", "trunk"));
    await change("and back", "分支", () => git("checkout", "-q", "other"));
    git("checkout", "-q", "trunk");
    rmSync(at(".git"), { recursive: true });
    await shows("主干");
  }

  async function theme() {
    const builtIn = join(top, "themes/civic");
    const own = (path, edit) => {
      mkdirSync(dirname(at("themes/civic", path)), { recursive: true });
      writeFileSync(at("themes/civic", path), edit(readFileSync(join(builtIn, path), "utf8")));
    };
    loads = 0;
    const spacing = (value) => page.waitForFunction((value) => getComputedStyle(document.querySelector("main")).letterSpacing === value, value, { timeout: patience }).then(() => [], () => ["the style is not the new one"]);
    own("styles/layout.css", (text) => `${text}\nmain { letter-spacing: 3px; }\n`);
    const styled = await spacing("3px");
    own("styles/layout.css", (text) => `${text}\nmain { letter-spacing: 2px; }\n`);
    styled.push(...(await spacing("2px")));
    if (loads > 0) styled.push(`${loads} reloads`);
    report.check("a style sheet is exchanged without a reload", styled);

    await change("a template", "模板改了", () => own("templates/centre.html", (text) => text.replace("{% block content %}", "{% block content %}<p>模板改了</p>")));
    own("templates/centre.html", (text) => text.replace("{% block content %}", "{% block content %}{{ nothing. }}"));
    await overlay().waitFor({ timeout: patience }).catch(() => {});
    const text = await overlay().innerText().catch(() => "");
    report.check("a mistake in a template is shown", text.includes("themes/civic/templates/centre.html") ? [] : [text.slice(0, 200) || "nothing is shown"]);
    rmSync(at("themes"), { recursive: true });
    const back = await page.waitForFunction(() => !document.querySelector("noticeboard-preview")?.shadowRoot.querySelector("dialog") && !document.body.innerText.includes("模板改了"), null, { timeout: patience }).then(() => [], () => ["it stays"]);
    report.check("a theme that is taken away", back);
  }

  async function replaced() {
    await change("a folder that is replaced by another", "换了文件夹", () => {
      cpSync(at("content"), at("fresh"), { recursive: true });
      writeFileSync(at("fresh/centres/ganjiaxiang.yaml"), withWords("换了文件夹"));
      renameSync(at("content"), at("old"));
      renameSync(at("fresh"), at("content"));
    });
    rmSync(at("old"), { recursive: true });
    await change("a save in the new folder", "新文件夹里改", () => writeFileSync(centre, withWords("新文件夹里改")));
  }

  async function random() {
    let seed = 20261124;
    const chance = (most) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % most;
    };
    const missed = [];
    const falseReloads = [];
    const unlike = [];
    const ways = [
      (text) => writeFileSync(centre, text),
      (text) => (writeFileSync(`${centre}.new`, text), renameSync(`${centre}.new`, centre)),
      async (text) => (writeFileSync(centre, ""), await pause(chance(20)), writeFileSync(centre, text)),
      async (text) => (renameSync(centre, `${centre}~`), await pause(chance(8)), writeFileSync(centre, text), unlinkSync(`${centre}~`)),
      (text) => (writeFileSync(centre, text), utimesSync(centre, new Date(), new Date())),
    ];
    const neighbour = at("content/notices/heating-2026.md");
    const text = readFileSync(neighbour, "utf8");
    for (let number = 1; number <= saves; number += 1) {
      loads = 0;
      const words = `随机第${number}次`;
      const way = chance(ways.length);
      const since = now();
      await ways[way](withWords(words));
      if (chance(3) === 0) writeFileSync(neighbour, `${text}\n<!-- ${number} -->\n`);
      const problems = await shows(words, since);
      if (problems.length > 0) missed.push(`save ${number}, way ${way}: ${problems.join(", ")}`);
      await pause(30 + chance(120));
      if (loads > 1) falseReloads.push(`save ${number}, way ${way}: ${loads} reloads`);
      if (await overlayIsOpen()) falseReloads.push(`save ${number}, way ${way}: an error is shown`);
      if (number % 20 === 0) unlike.push(...(await asLoaded()));
    }
    report.check(`none of ${saves} saves is missed`, missed);
    report.check("what is changed in place is as if loaded", unlike);
    report.check(`none of ${saves} saves reloads twice or shows an error`, falseReloads);
  }

  async function picture(name) {
    mkdirSync(shots, { recursive: true });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: join(shots, `${name}-${width}.png`) });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
} finally {
  await browser.close();
  server.kill("SIGINT");
  const code = await new Promise((resolve) => (server.exitCode === null ? server.once("exit", resolve) : resolve(server.exitCode)));
  report.check("it ends when it is asked to", code === 0 ? [] : [`exit code ${code}`, ...said.split("\n").slice(-10)]);
  rmSync(work, { recursive: true });
}
report.end();

function builtProgram() {
  const built = join(process.env.CARGO_TARGET_DIR ?? join(top, "target"), "debug/noticeboard");
  return folder(built, `there is no program at ${built}: run cargo build first`);
}

/** The address that the program says. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    const find = () => {
      const found = /http:\/\/\S+\//.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", find);
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
}
