// The style sheets of the themes, as they are written: stylelint with the rules that the themes promise (docs/themes.md),
// and every token that is used is declared.
//
//   node tests/judges/styles.mjs THEMES                   e.g. themes

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const dir = folder(process.argv[2], "usage: styles.mjs THEMES");
const physical = /^(margin|padding|border)-(left|right|top|bottom)|^(left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)$|^border-(top|bottom)-(left|right)-radius$/;
const config = {
  rules: {
    "at-rule-no-unknown": true,
    "block-no-empty": true,
    "color-no-hex": [true, { message: "colours are tokens" }],
    "color-no-invalid-hex": true,
    "custom-property-no-missing-var-function": true,
    "declaration-block-no-duplicate-custom-properties": true,
    "declaration-block-no-duplicate-properties": true,
    "declaration-no-important": true,
    "function-no-unknown": true,
    "keyframe-block-no-duplicate-selectors": true,
    "media-feature-name-no-unknown": true,
    "no-duplicate-selectors": true,
    "no-invalid-double-slash-comments": true,
    "property-disallowed-list": [[physical], { message: "logical properties only: pages also run from top to bottom" }],
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    "selector-pseudo-element-no-unknown": [true, { ignorePseudoElements: ["details-content"] }],
    "selector-type-no-unknown": true,
    "unit-no-unknown": true,
  },
  overrides: [
    // The tokens are the colours, and paper is black and white whatever they say; a small theme prints from one file.
    { files: ["**/tokens.css", "**/print.css", "**/plain.css"], rules: { "color-no-hex": null } },
    // Of looks that hold together there are several rules for one element.
    { files: ["**/tokens.css"], rules: { "no-duplicate-selectors": null } },
  ],
};

const { default: stylelint } = await import(pathToFileURL(require.resolve("stylelint")).href);
const report = new Report();
for (const file of filesBelow(dir, ".css")) {
  const code = readFileSync(`${dir}/${file}`, "utf8");
  const { results } = await stylelint.lint({ code, codeFilename: `${dir}/${file}`, config });
  report.check(file, results.flatMap(({ warnings }) => warnings.map(({ line, column, text }) => `${line}:${column} ${text}`)));
}
const themes = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name: theme } of themes) {
  const css = filesBelow(`${dir}/${theme}`, ".css").map((file) => readFileSync(`${dir}/${theme}/${file}`, "utf8")).join("\n");
  const declared = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
  const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  report.check(`${theme}: every token that is used is declared`, [...used].filter((name) => !declared.has(name)));
  const sheet = `${dir}/${theme}/assets/${theme}.css`;
  if (!existsSync(sheet)) continue;
  const sheets = filesBelow(`${dir}/${theme}/assets`, ".css").map((file) => readFileSync(`${dir}/${theme}/assets/${file}`, "utf8"));
  const parts = [...sheets.join("\n").matchAll(/"\.\.\/styles\/([^"]+)"/g)].map(([, part]) => part);
  report.check(`${theme}: every part is in a style sheet`, filesBelow(`${dir}/${theme}/styles`, ".css").filter((file) => !parts.includes(file)));
}
report.end();
