// The settings of VS Code that `noticeboard schema` wrote into a site, with the language server that its YAML extension
// (redhat.vscode-yaml) runs: what an editor sees while typing. No file of the site has a finding, mistakes have one at
// their line, keys and values are proposed in both languages, and what lies under the pointer is explained in both.
//
//   node tests/judges/vscode.mjs SITE

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { filesBelow, folder, require } from "./files.mjs";
import { Report } from "./report.mjs";

const rpc = require("vscode-jsonrpc/node");
const site = resolve(folder(process.argv[2], "usage: vscode.mjs SITE, a site with .vscode/settings.json and schemas/ in it"));
const chosen = JSON.parse(readFileSync(join(site, ".vscode/settings.json"), "utf8"));
/** What the extension has without being told, but for the schemas of the whole world, which it would fetch. */
const yaml = { schemas: chosen["yaml.schemas"], validate: true, hover: true, completion: true, schemaStore: { enable: false } };
const most = 20_000; // ms until a file has its findings, hundreds of times as long as one takes

const program = join(dirname(require.resolve("yaml-language-server/package.json")), "bin/yaml-language-server");
const server = spawn(process.execPath, [program, "--stdio"], { cwd: site, stdio: ["pipe", "pipe", "inherit"] });
const line = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
const awaited = new Map();
line.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => awaited.get(uri)?.(diagnostics));
line.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => (section === "yaml" ? yaml : null)));
line.onRequest("client/registerCapability", () => null);
line.listen();

const report = new Report();
try {
  await begin();
  const files = ["site.yaml", ...filesBelow(join(site, "content"), ".yaml").map((file) => `content/${file}`)];
  // The server waits a moment before it looks at a file, in case more is typed: all are opened at once.
  const findings = await Promise.all(files.map((file) => open(file, readFileSync(join(site, file), "utf8"))));
  for (const [number, file] of files.entries()) report.check(`${file} has no finding in VS Code`, findings[number].map(told));

  const mistakes = {
    "an unknown key": ["content/centres/one.yaml", "名称: 某地\n开放时见: 每天 9:00-17:00\n", 2],
    "a value of the wrong kind": ["content/centres/two.yaml", "name: 某地\nlocation: 那边\n", 2],
    "a word that is none of its field": ["content/centres/three.yaml", "name: 某地\nkind: palace\n", 2],
    "a list that is not closed": ["content/programmes/four.yaml", "centre: ganjiaxiang\nslots: [\nactivities:\n", 2],
  };
  for (const [what, [file, text, at]] of Object.entries(mistakes)) {
    const lines = (await open(file, text)).map(({ range }) => range.start.line + 1);
    report.check(`${what} has a finding at its line`, lines.includes(at) ? [] : [`findings are at ${lines.join(", ") || "no line"}`]);
  }

  await open("content/centres/five.yaml", "名称: 某地\n类型: \n\n");
  const keys = await proposed("content/centres/five.yaml", 2, 0);
  report.check("keys are proposed in both languages", lacking(["address", "地址", "hours", "开放时间"], keys));
  const values = await proposed("content/centres/five.yaml", 1, "类型: ".length);
  report.check("values are proposed in both languages", lacking(["community-centre", "社区中心"], values));
  const shown = JSON.stringify(await line.sendRequest("textDocument/hover", at("content/centres/five.yaml", 0, 1)));
  report.check("what a key means is shown in both languages", lacking(["全称", "full name"], [shown]));
} finally {
  line.dispose();
  server.kill();
}
report.end();

async function begin() {
  const uri = pathToFileURL(site).href;
  const shows = ["markdown", "plaintext"];
  await line.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: "site" }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { publishDiagnostics: {}, hover: { contentFormat: shows }, completion: { completionItem: { documentationFormat: shows } } },
    },
  });
  await line.sendNotification("initialized", {});
  await line.sendNotification("workspace/didChangeConfiguration", { settings: { yaml } });
}

/** Opens a file as an editor does; its findings. */
function open(file, text) {
  const { uri } = at(file).textDocument;
  return new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`${file} has no answer within ${most} ms`)), most);
    awaited.set(uri, (diagnostics) => {
      clearTimeout(late);
      found(diagnostics);
    });
    line.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  });
}

async function proposed(file, row, character) {
  const answer = await line.sendRequest("textDocument/completion", at(file, row, character));
  return (answer.items ?? answer).map(({ label }) => label);
}

function at(file, row = 0, character = 0) {
  return { textDocument: { uri: pathToFileURL(join(site, file)).href }, position: { line: row, character } };
}

function told({ range, message }) {
  return `line ${range.start.line + 1}: ${message}`;
}

function lacking(words, among) {
  return words.filter((word) => !among.some((text) => text.includes(word))).map((word) => `${word} is not among ${among.slice(0, 40).join(", ")}`);
}
