// Each JSON Feed of a built site by types of JSON Feed 1.1 that we did not write (npm @json-feed-types/1_1) and the TypeScript
// compiler: an unknown member, a missing one or one of another type is an error. Feeds and items are judged once a shape.
//
//   node tests/judges/json-feed.mjs DIR

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow, folder, modules } from "./files.mjs";
import { Report } from "./report.mjs";

const dir = folder(process.argv[2], "usage: json-feed.mjs DIR");
const report = new Report();
const HEAD = `import type Feed from "@json-feed-types/1_1";\n`;

/** What must be found wrong, or nothing was judged. */
const feed = { version: "https://jsonfeed.org/version/1.1", title: "x", items: [] };
const SPOILED = [
  { ...feed, version: "https://jsonfeed.org/version/2" },
  { ...feed, titel: "x" },
  { title: "x", version: feed.version },
  { ...feed, authors: [{}] },
  { ...feed, items: [{ id: "1" }] },
  { ...feed, items: [{ id: 1, content_text: "x" }] },
  { ...feed, items: [{ id: "1", content_text: "x", date: "2026-11-24" }] },
];

const files = filesBelow(dir, ".json").filter((file) => file.startsWith("feeds/") || file.includes("/feeds/"));
const seen = new Set();
const good = [];
for (const file of files) {
  const { items, ...head } = JSON.parse(readFileSync(join(dir, file), "utf8"));
  const fresh = items.filter((item) => isNew(item));
  if (isNew(head) || fresh.length > 0) good.push([file, { ...head, items: fresh }]);
}
const work = mkdtempSync(join(tmpdir(), "json-feed-"));
try {
  const line = (value, number) => `export const f${number}: Feed = ${JSON.stringify(value)};\n`;
  writeFileSync(join(work, "good.ts"), HEAD + good.map(([, value], number) => line(value, number)).join(""));
  writeFileSync(join(work, "bad.ts"), HEAD + SPOILED.map(line).join(""));
  const paths = Object.fromEntries(["@json-feed-types/1_1", "@json-feed-types/common", "type-fest"].map((name) => [name, [join(modules, name)]]));
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: "esnext", target: "esnext", moduleResolution: "bundler", paths };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["good.ts", "bad.ts"] }));
  const errors = compiled(work).split("\n").filter((text) => text.includes("error TS"));
  const at = (text, name) => Number(text.match(new RegExp(`${name}\\.ts\\((\\d+),`))?.[1] ?? 0) - 2;
  const found = new Set(errors.map((text) => at(text, "bad")));
  for (const number of SPOILED.keys()) report.check(`what is wrong is found: ${JSON.stringify(SPOILED[number])}`, found.has(number) ? [] : ["it is taken"]);
  for (const [number, [file]] of good.entries()) report.check(file, errors.filter((text) => at(text, "good") === number));
  report.check("nothing else is wrong", errors.filter((text) => !/(good|bad)\.ts\(/.test(text)));
  report.check("there are feeds", files.length > 0 ? [] : ["none"]);
} finally {
  rmSync(work, { recursive: true });
}
report.end();

function isNew(value) {
  const shape = shapeOf(value);
  return !seen.has(shape) && seen.add(shape);
}

/** The members of a value and their types, without its words. */
function shapeOf(value) {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))]}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([name, member]) => `${name}:${shapeOf(member)}`)}}`;
  return typeof value;
}

function compiled(cwd) {
  try {
    return execFileSync("node", [join(modules, "typescript/bin/tsc"), "-p", cwd], { encoding: "utf8" });
  } catch (error) {
    return error.stdout;
  }
}
