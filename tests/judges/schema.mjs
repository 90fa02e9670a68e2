// The schemas that `noticeboard schema --out schemas` wrote into a site, by a validator that we did not write (ajv, draft 7,
// strict) and the YAML reader that VS Code uses: every file of the site fits its schema, every example in a schema fits its
// place, and a file with a mistake in it does not fit.
//
//   node tests/judges/schema.mjs SITE

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const { default: Ajv } = require("ajv");
const YAML = require("yaml");

const site = folder(process.argv[2], "usage: schema.mjs SITE, a site with schemas/ in it");
const report = new Report();
const json = (path) => JSON.parse(readFileSync(join(site, path), "utf8"));

// What VS Code knows beside draft 7.
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
ajv.addVocabulary(["markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "doNotSuggest"]);

const alone = { site: "site.yaml", areas: "content/areas.yaml", addresses: "content/addresses.yaml" };
const folders = {
  calendar: "calendar", centre: "centres", programme: "programmes", event: "events", policy: "policies", notice: "notices",
  team: "teams", duty: "duty", outreach: "outreach", feedback: "feedback", page: "pages",
};
const words = [...Object.keys(alone), ...Object.keys(folders)];
report.check("there is a schema for each kind and no other", same(filesBelow(join(site, "schemas"), ".json"), words.map((word) => `${word}.json`).sort()));

for (const word of words) {
  const schema = json(`schemas/${word}.json`);
  let fits;
  try {
    fits = ajv.compile(schema);
  } catch (error) {
    report.check(`${word}.json can be read`, [String(error)]);
    continue;
  }
  report.check(`${word}.json describes everything in both languages`, undescribed(schema));
  report.check(`${word}.json has examples that fit`, misfits(schema, fits));
  const files = filesOf(word);
  report.check(`the site has files of the kind ${word}`, files.length > 0 ? [] : ["none"]);
  for (const file of files) report.check(`${file} fits ${word}.json`, fits(read(file)) ? [] : told(fits));
  // What fits with one thing wrong in it must not fit; `undefined` takes the key out.
  for (const file of files.slice(0, 3)) {
    const value = read(file);
    for (const [what, wrong] of mistakes(value, schema))
      report.check(`${file} with ${what} does not fit`, fits(wrong) ? ["it is taken"] : []);
  }
}
// What the program reads and what it does not, for each form that has a pattern.
const forms = {
  "programme#/definitions/DateSpan": [["2026-10-01", "2026-10-01..2026-10-07", "2026年10月1日至2026年10月7日", "2026/10/1", "２０２６－１０－０１"], ["10-01", "2026-10", "tomorrow", ""]],
  "centre#/definitions/MonthDay": [["07-01", "7月1日", "7/1"], ["2026-07-01", "July 1", "7"]],
  "policy#/definitions/RoughDate": [[2024, "2024", "2024-06", "2024年6月", "2024-06-30", "2024年"], ["24", "June 2024", "2024-Q1"]],
  "centre#/definitions/Phone/properties/number": [["0931-0000001", "12345", "+86 931 0000001转8"], ["call us", "12", "0931_1"]],
  "centre#/properties/area": [["ganjiaxiang", "甘家巷-2"], ["a b", "-a", "a/b", "a_b", ""]],
  "site#/properties/base_url": [["https://example.org/", "http://localhost:8000/a"], ["example.org", "https:///x", "https://a.example/?q"]],
  "site#/properties/region": [["CN", "CN-62"], ["cn", "China", "CN-6200"]],
  "site#/definitions/Picture/properties/file": [["a.jpg", "2026/door.jpg"], ["../a.jpg", "/a.jpg", "a//b.jpg", "c:\\a.jpg", ".a.jpg"]],
  "addresses#/definitions/ShortAddress/properties/code": [["c2f2h", "k3m5p7r"], ["abcde", "c2f2", "C2F2H"]],
  "addresses#/definitions/ShortAddress/properties/for": [["old/page/", "/old.html", "旧页/"], ["a b/", "//x", "../x", "a?b"]],
  "site#/definitions/SheetOptions/properties/paper": [["a4", "A3 landscape", "A2 横向", "a5-portrait"], ["a6", "letter", "a3 diagonal"]],
  "site#/definitions/Text": [["字", { "zh-Hans": "字", 英文: "word" }], ["", "  ", {}, { xx: "word" }, 5]],
  "site#/definitions/Language/properties/reviewed": [[true, false, "是", "无", null], ["maybe", 1]],
};
for (const [way, [taken, refused]] of Object.entries(forms)) {
  const fits = ajv.getSchema(`urn:noticeboard:schema:${way}`);
  const wrong = [...taken.filter((value) => !fits?.(value)), ...refused.filter((value) => fits?.(value))];
  report.check(`${way} takes what the program takes`, wrong.map((value) => JSON.stringify(value)));
}
report.check(".vscode/settings.json binds the YAML files", bound());
report.end();

/** The files of a kind; translations only say what they translate. */
function filesOf(word) {
  if (alone[word]) return existsSync(join(site, alone[word])) ? [alone[word]] : [];
  const below = join(site, "content", folders[word]);
  const files = existsSync(below) ? filesBelow(below, ".yaml", ".md") : [];
  return files.filter((file) => !/\.[A-Za-z-]+\.md$/.test(file)).map((file) => `content/${folders[word]}/${file}`);
}

/** The YAML of a file. */
function read(file) {
  const text = readFileSync(join(site, file), "utf8").replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  return YAML.parse(file.endsWith(".md") ? text.split(/^---$/m)[1] : text);
}

function told(fits) {
  return fits.errors.slice(0, 3).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** A file with one thing wrong, and what it is. */
function* mistakes(value, schema) {
  yield ["a key that there is not", { ...value, "no-such-key": 1 }];
  yield ["a Chinese key that there is not", { ...value, 没有这个键: "一" }];
  yield ["a list for all of it", [value]];
  // Taking out what is required, in whichever language it is written.
  for (const { anyOf } of schema.allOf ?? []) {
    const rest = { ...value };
    for (const { required } of anyOf) delete rest[required[0]];
    yield [`no ${anyOf[0].required[0]}`, rest];
  }
  for (const key of Object.keys(value)) yield [`a number for ${key}`, { ...value, [key]: -17.5 }];
}

/** Whether the settings bind each file that is YAML alone, and name schemas that are there. */
function bound() {
  const bindings = Object.entries(json(".vscode/settings.json")["yaml.schemas"]);
  const problems = bindings.filter(([path]) => !existsSync(join(site, path))).map(([path]) => `${path} is not there`);
  const globs = new Map(bindings.map(([path, glob]) => [glob, path]));
  for (const word of words) {
    const file = filesOf(word)[0];
    const glob = alone[word] ?? `content/${folders[word]}/**/*.yaml`;
    if (file?.endsWith(".yaml") && globs.get(glob) !== `./schemas/${word}.json`) problems.push(`${glob}: ${globs.get(glob)}`);
  }
  return problems;
}

/** Types and keys that lack a title or a description in a language. */
function undescribed(schema) {
  const problems = [];
  const chinese = /\p{Script=Han}/u;
  const look = (where, { title, description, markdownDescription }) => {
    const parts = (description ?? "").split("\n");
    const isInBoth = parts.length === 2 && chinese.test(parts[0]) && /[A-Za-z]/.test(parts[1]);
    if (!title || !isInBoth || markdownDescription !== parts.join("\n\n")) problems.push(where);
  };
  for (const [name, type] of [["", schema], ...Object.entries(schema.definitions)]) {
    if (!name) look("the kind", type);
    for (const [key, property] of Object.entries(type.properties ?? {}))
      if (/^[a-z_]+$/.test(key) && name !== "Text") {
        look(`${name}.${key}`, property);
        // Editors show what describes a type instead of what describes the key.
        if (property.items?.allOf) look(`an item of ${name}.${key}`, property.items);
      }
    if (name && (type.title || type.description)) problems.push(`${name} would be shown for each of its keys`);
    if (type.type === "object" && type.additionalProperties === undefined) problems.push(`${name} takes any key`);
    if (type.enum && type.enum.length !== type.enumDescriptions?.length && name !== "LanguageTag") problems.push(`${name}: values without descriptions`);
  }
  return problems;
}

/** Examples that do not fit where they stand. */
function misfits(schema, fits) {
  const problems = (schema.examples ?? []).filter((example) => !fits(example)).flatMap(() => told(fits));
  if (!schema.examples?.length) problems.push("no example");
  for (const [name, type] of [["", schema], ...Object.entries(schema.definitions)]) {
    for (const [key, property] of Object.entries(type.properties ?? {})) {
      if (!property.examples) continue;
      const way = `${schema.$id}#${name ? `/definitions/${name}` : ""}/properties/${key}`;
      const one = ajv.getSchema(way);
      if (!one) problems.push(`${way} cannot be read`);
      else for (const example of property.examples) if (!one(example)) problems.push(`${way}: ${JSON.stringify(example)}: ${told(one)}`);
    }
  }
  return problems;
}

function same(is, wanted) {
  return JSON.stringify(is) === JSON.stringify(wanted) ? [] : [`is ${is.join(" ")}`, `wanted ${wanted.join(" ")}`];
}
