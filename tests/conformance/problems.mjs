// Reads lines as the problem matchers of a VS Code task do: the first line of a pattern, then those that have to follow it.
// In goes JSON `{matchers, output}`, out a JSON list of what each matcher found.
import { readFileSync } from "node:fs";

const { matchers, output } = JSON.parse(readFileSync(0, "utf8"));
const lines = output.split("\n");
const found = [];
for (const matcher of matchers) {
  const patterns = matcher.pattern.map((pattern) => ({ ...pattern, regexp: new RegExp(pattern.regexp) }));
  for (let at = 0; at < lines.length; at += 1) {
    const matches = patterns.map((pattern, offset) => pattern.regexp.exec(lines[at + offset] ?? ""));
    if (matches.some((match) => !match)) continue;
    const of = (key) => {
      const place = patterns.findIndex((pattern) => key in pattern);
      return matches[place][patterns[place][key]];
    };
    const [line, column] = [Number(of("line")), Number(of("column"))];
    found.push({ severity: matcher.severity, code: of("code"), message: of("message"), file: of("file"), line, column });
  }
}
console.log(JSON.stringify(found));
