// The pictures of the first hour: does what docs/guide/LANGUAGE.md says, as its test does, and takes a picture after the
// tasks that have one.
//
//   NOTICEBOARD=target/debug/noticeboard node docs/pictures-src/guide.mjs
//
// The program is one with posters. `pdftoppm` (poppler) draws the board.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { require } from "../../tests/judges/files.mjs";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(process.env.NOTICEBOARD ?? join(top, "target/debug/noticeboard"));
const out = join(top, "docs/site/content/pictures");
const today = ["--today", "2026-11-24"];
const size = { width: 1000, height: 640 };
mkdirSync(out, { recursive: true });

/** The file that was named last. */
let file;

/** Which picture is taken after which task: of a page of the preview, or of the board. */
const pictures = (id) => [
  { task: 1, name: "new", path: "" },
  { task: 5, name: "changes", path: `programmes/${id}/`, at: id === "qingshan" ? "调解员外出" : "The adviser is away" },
  { task: 8, name: "mistake", path: "notices/ID/", broken: true },
  { task: 9, name: "board" },
];

const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const [language, id, notice] of [["zh-Hans", "qingshan", "tingshui"], ["en", "riverside", "water"]]) {
    await hour(language, id, notice);
  }
} finally {
  await browser.close();
}

async function hour(language, id, notice) {
  const guide = readFileSync(join(top, `docs/guide/${language}.md`), "utf8");
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  execFileSync(program, ["new", id, "--lang", language, ...today], { cwd: folder, stdio: "ignore" });
  const site = join(folder, id);
  const tasks = guide.split(/^## \d+\. .*$/m).slice(1);
  for (const [number, task] of tasks.entries()) {
    const taken = pictures(id).filter((picture) => picture.task === number + 1);
    const spoilt = taken.some((picture) => picture.broken);
    // A task that makes a mistake mends it at its end: the picture is of the mistake.
    follow(site, task, spoilt ? 1 : Infinity);
    for (const picture of taken) {
      const file = join(out, `guide-${language}-${picture.name}.png`);
      if (picture.path === undefined) {
        board(site, file);
      } else {
        await page(site, picture.path.replace("ID", notice), file, language, picture.at);
      }
    }
    if (spoilt) follow(site, task.split("```diff").slice(2).map((part) => "```diff" + part).join(""), Infinity);
  }
}

/** Makes the changes of a task, as many of them as are wanted. */
function follow(site, task, most) {
  let made = 0;
  const lines = task.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const kind = lines[at].match(/^```(\w+)/)?.[1];
    if (!kind) {
      file = [...lines[at].matchAll(/`((?:content\/)?[\w./-]+\.(?:yaml|md))`/g)].at(-1)?.[1] ?? file;
      continue;
    }
    const end = lines.indexOf("```", at + 1);
    const block = lines.slice(at + 1, end);
    at = end;
    if (kind === "diff" && made++ < most) {
      const side = (drop) => block.filter((line) => !line.startsWith(drop)).map((line) => `${line.slice(1)}\n`).join("");
      const path = join(site, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(side("+"), () => side("-")));
    } else if (kind === "markdown") {
      writeFileSync(join(site, file), block.join("\n") + "\n");
    }
  }
}

async function page(site, path, file, language, words) {
  const server = spawn(program, ["serve", "--site", site, "--port", "0", "--posters", "none", "--lang", language, ...today]);
  try {
    const origin = await new Promise((resolve, reject) => {
      let said = "";
      const hear = (data) => {
        said += data;
        const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (found) resolve(found[0]);
      };
      server.stdout.on("data", hear);
      server.stderr.on("data", hear);
      server.on("exit", () => reject(new Error(said)));
    });
    const tab = await browser.newPage({ viewport: size });
    await tab.goto(`${origin}/${path}`);
    await tab.waitForTimeout(1500);
    // What the task changed stands in the middle.
    if (words) await tab.evaluate((words) => {
      const found = [...document.querySelectorAll("main li, main p, main td")].find((part) => part.textContent.includes(words));
      found.scrollIntoView({ block: "center", behavior: "instant" });
    }, words);
    await tab.waitForTimeout(300);
    await tab.screenshot({ path: file });
    await tab.close();
  } finally {
    server.kill();
  }
}

function board(site, file) {
  const prints = mkdtempSync(join(tmpdir(), "board-"));
  execFileSync(program, ["posters", "--site", site, "--kind", "weekly-board", "--size", "a3", "--out", prints, ...today], { stdio: "ignore" });
  const sheet = readdirSync(prints).find((name) => name.endsWith(".pdf"));
  execFileSync("pdftoppm", ["-png", "-r", "48", "-singlefile", join(prints, sheet), file.replace(/\.png$/, "")]);
}
