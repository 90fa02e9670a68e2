// The built site as files, and the tools that tests/run installed.

import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tools = process.env.TEST_TOOLS ?? join(top, ".test-tools");

/** Where the npm packages are: `.test-tools/npm`, so that no `node_modules` stands among the tests. */
export const modules = join(tools, "npm/node_modules");
export const require = createRequire(join(tools, "npm/package.json"));

/** Python with the packages of `requirements.txt`. */
export const python = join(tools, "py/bin/python");

/** The folder named on the command line, as an absolute path; ends the process when there is none. */
export function folder(argument, usage) {
  if (!argument || !existsSync(argument)) {
    console.error(usage);
    process.exit(2);
  }
  return resolve(argument);
}

/** All files below `dir` with one of these endings, as paths with `/` relative to `dir`, sorted. */
export function filesBelow(dir, ...endings) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (endings.length === 0 || endings.some((end) => entry.name.endsWith(end))))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dir.length + 1).replaceAll("\\", "/"))
    .sort();
}
