// A judge that cannot fail is worthless: each must accept `samples/good` and find, in every file of
// `samples/bad`, what that file says of itself:
//
//   <!-- rejected by links: no file for "nowhere/" -->
//
// Bad PDFs are made from the good one by `samples/spoil.py`, bad files for programs from those of a site that was built
// (`samples/spoil-data.mjs`), if one is named.
//
//   node tests/judges/selftest.mjs [SITE] [--only JUDGE,…] [--but JUDGE,…]
//
// Lighthouse measures time, so it is tried while nothing else runs.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { filesBelow, python } from "./files.mjs";
import { Report } from "./report.mjs";
import { dataJudges, spoilData } from "./samples/spoil-data.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const samples = join(here, "samples");
const bad = join(samples, "bad");
const judges = {
  html: [process.execPath, join(here, "html.mjs")],
  links: [process.execPath, join(here, "links.mjs")],
  browser: [process.execPath, join(here, "browser.mjs")],
  // As if pages were to be no larger than the good one.
  sizes: [process.execPath, join(here, "sizes.mjs"), "--page", "1200"],
  styles: [process.execPath, join(here, "styles.mjs")],
  lighthouse: [process.execPath, join(here, "lighthouse.mjs")],
  pdf: [python, join(here, "pdf.py")],
  feeds: [python, join(here, "feeds.py")],
  discovery: [python, join(here, "discovery.py")],
  tables: [python, join(here, "tables.py")],
  opendata: [python, join(here, "opendata.py")],
  places: [process.execPath, join(here, "places.mjs")],
};
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, but: { type: "string" } },
});
const asked = (judge) => !options.but?.split(",").includes(judge) && (options.only?.split(",").includes(judge) ?? true);
const report = new Report();
const spoiled = mkdtempSync(join(tmpdir(), "spoiled-"));
try {
  for (const judge of Object.keys(judges).filter((judge) => asked(judge) && !dataJudges.includes(judge))) {
    const expected = expectedOf(judge);
    // A bad sample's kind of page is its name, so the browser need not visit those that are meant for others.
    const named = [...new Set(expected.map(([file]) => basename(file, ".html")))];
    const only = { browser: ["--only", named.join(",")], lighthouse: named }[judge] ?? [];
    // The themes are the good style sheets; of Lighthouse's usual kinds the good sample has the home page.
    const trial = () => run(judge, judge === "styles" ? join(here, "../../themes") : join(samples, "good"), ...(judge === "lighthouse" ? ["home"] : []));
    const spoil = () => run(judge, judge === "pdf" ? spoiled : bad, ...only);
    // Lighthouse measures time, so its two runs are not to slow each other down.
    const [good, poor] = judge === "lighthouse" ? [await trial(), await spoil()] : await Promise.all([trial(), spoil()]);
    report.check(`${judge} accepts the good sample`, good.code === 0 && /passed=[1-9]/.test(good.output) ? [] : good.output.split("\n"));
    report.check(`${judge} exits with 1 on bad samples`, poor.code === 1 ? [] : [`exit code ${poor.code}`, ...poor.output.split("\n")]);
    for (const [file, text] of expected)
      report.check(`${judge} rejects ${file}`, says(poor.output, file, text) ? [] : [`it does not say: ${text}`]);
  }
  const site = positionals[0];
  for (const judge of site ? dataJudges.filter(asked) : []) {
    const into = join(spoiled, judge);
    const expected = spoilData(site, into, judge);
    const poor = await run(judge, into);
    report.check(`${judge} exits with 1 on spoiled files`, poor.code === 1 ? [] : [`exit code ${poor.code}`, poor.output.slice(-500)]);
    for (const [file, text] of expected)
      report.check(`${judge} finds the fault in ${file}`, poor.output.includes(text) ? [] : [`it does not say: ${text}`, poor.output.slice(0, 1500)]);
  }
} finally {
  rmSync(spoiled, { recursive: true });
}
report.end();

/** Which files a judge must reject, and with what words. */
function expectedOf(judge) {
  if (judge === "pdf") {
    const made = execFileSync(python, [join(samples, "spoil.py"), join(samples, "good/board.pdf"), spoiled], { encoding: "utf8" });
    return made.trim().split("\n").map((line) => line.split("\t"));
  }
  return filesBelow(bad).flatMap((file) =>
    [...readFileSync(join(bad, file), "utf8").matchAll(/rejected by (\w+): (.*?) (?:-->|\*\/)/g)]
      .filter(([, by]) => by === judge)
      .map(([, , text]) => [file, text]),
  );
}

/** Whether one of the output's findings names both the file and the text. */
function says(output, file, text) {
  return output.split(/^✗ /m).some((finding) => finding.includes(file) && finding.includes(text));
}

function run(judge, ...args) {
  const [command, ...rest] = judges[judge];
  return new Promise((resolve) => {
    const child = spawn(command, [...rest, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    child.on("close", (code) => resolve({ code, output }));
  });
}
