// The Nu HTML checker of the W3C over every page, stylesheet and SVG file, and html-validate over every page; and Chinese
// on a page in another language is marked as such (WCAG 3.1.2). Errors and warnings both fail.
//
//   node tests/judges/html.mjs DIR

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { filesBelow, folder, modules, require } from "./files.mjs";
import { Report } from "./report.mjs";

/** Messages of the Nu checker that we do not follow, each with the reason. */
const allowed = [
  {
    message: /^CSS: .*(@container|container-(name|type)|“container”|view-transition-name)/,
    because: "the checker's CSS is older than container queries and view transitions, which browsers have",
  },
];

/** html-validate: what the standard and people with disabilities need; not how the source is laid out. */
const rules = {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // A heading may be as long as the name of the policy it announces.
    "long-title": "off",
    // Numbers are written as the centre writes them; line breaks in them are the stylesheet's matter.
    "tel-non-breaking": "off",
    // A number that comes from the data is handed to the stylesheet as a custom property: `style="--row: 3"`.
    "no-inline-style": "off",
    // Every file is the site's own, so there is no other host whose change a hash would catch.
    "require-sri": "off",
    // A wide table scrolls in a labelled `div role="region"`, which is no section of the page.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};

const dir = folder(process.argv[2], "usage: html.mjs DIR");
const report = new Report();
const pages = filesBelow(dir, ".html");
const nu = nuMessages();
for (const file of filesBelow(dir, ".html", ".css", ".svg")) report.check(`${file} (Nu checker)`, nu.get(file) ?? []);

const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const validator = new HtmlValidate(new StaticConfigLoader(rules));
for (const file of pages) report.check(`${file} (languages)`, unmarked(readFileSync(`${dir}/${file}`, "utf8")));
for (const file of pages) {
  const { results } = validator.validateStringSync(readFileSync(`${dir}/${file}`, "utf8"), file);
  const messages = results.flatMap((result) => result.messages);
  report.check(
    `${file} (html-validate)`,
    messages.map(({ line, column, message, ruleId }) => `${line}:${column} ${message} [${ruleId}]`),
  );
}
report.end();

/** Chinese in the text or the description of a page that is not said to be. Titles and attributes cannot say it. */
function unmarked(html) {
  const empty = /^(area|br|col|hr|img|input|link|meta|source|wbr)$/;
  const found = [];
  const open = [];
  const plain = html.replace(/<!--[^]*?-->|<(script|style|title|svg)\b[^]*?<\/\1>/g, "");
  for (const [, end, name, attributes = "", text] of plain.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>([^<]*)/g)) {
    const lang = / lang="([^"]*)"/.exec(attributes)?.[1] ?? open.at(-1)?.lang ?? "";
    if (end) {
      const at = open.findLastIndex((one) => one.name === name);
      if (at >= 0) open.length = at;
    } else if (!empty.test(name) && !attributes.endsWith("/")) open.push({ name, lang });
    const here = (open.at(-1)?.lang ?? "").startsWith("zh");
    if (here) continue;
    const described = / (?:name|property)="(?:og:)?description"/.test(attributes) ? / content="([^"]*)"/.exec(attributes)?.[1] ?? "" : "";
    // A description may quote Chinese words, but not be Chinese.
    const chinese = /\p{Script=Han}{2,}/u.exec(text) ?? (count(described, /\p{Script=Han}/gu) * 2 > count(described, /\p{L}/gu) ? [described] : null);
    if (chinese) found.push(`“${chinese[0]}” in <${name}> is not marked as Chinese`);
  }
  return found;
}

function count(text, letters) {
  return text.match(letters)?.length ?? 0;
}

/** One Java process for the whole folder: file → messages. */
function nuMessages() {
  // Language detection is off: a page in English about a Chinese centre falls back to Chinese names and texts,
  // each marked with its own `lang`, and the checker would call the page's language wrong.
  const options = ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg", "--skip-non-html", "--no-langdetect"];
  const run = spawnSync("java", ["-Xss4m", "-jar", `${modules}/vnu-jar/build/dist/vnu.jar`, ...options, dir], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (run.error) throw run.error;
  const found = new Map();
  for (const { type, subType, url, lastLine, lastColumn, message } of JSON.parse(run.stdout).messages) {
    if (type === "info" && subType !== "warning") continue;
    if (allowed.some((one) => one.message.test(message))) continue;
    const file = decodeURI(url).replace(/^file:(\/\/)?/, "").slice(dir.length + 1);
    if (!found.has(file)) found.set(file, []);
    found.get(file).push(`${lastLine}:${lastColumn} ${message} [${subType ?? type}]`);
  }
  return found;
}
