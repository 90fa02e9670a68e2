// What another reader makes of the `opening_hours` values that we write: the evaluator of the OpenStreetMap project.
//
// Cases come in on stdin, one JSON object a line:
//
//   {"osm": "Mo-Fr 09:00-12:00", "ours": true, "from": "2026-01-01", "expected": [[], [[540, 720, "open"]]]}
//
// `ours` is what we wrote ourselves, which has to be in the evaluator's own form too.
// `expected` has for each day from `from` on what is open, as minutes from midnight, "unknown" being by appointment.
// Where hours of two states overlap, the later one and the earlier one are both right: such a stretch is "either".
//
//   node tests/conformance/osm.mjs <cases.jsonl

import { createInterface } from "node:readline";
import { require } from "../judges/files.mjs";
import { Report } from "../judges/report.mjs";

// Civil time without a day of 23 hours.
process.env.TZ = "UTC";
const OpeningHours = require("opening_hours");
const MINUTE = 60_000;
const DAY = 24 * 60;

const report = new Report();
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") judge(JSON.parse(line));
}
report.end();

function judge({ osm, ours, from, expected }) {
  const problems = [];
  try {
    const hours = new OpeningHours(osm, null);
    if (ours && hours.prettifyValue() !== osm) problems.push(`better written as ${hours.prettifyValue()}`);
    const found = days(hours, new Date(`${from}T00:00:00`), expected.length);
    for (const [index, day] of expected.entries()) {
      if (!agree(day, found[index])) problems.push(`${dateAfter(from, index)}: ${text(found[index])} instead of ${text(day)}`);
    }
  } catch (error) {
    problems.push(`not read: ${error}`);
  }
  report.check(osm, problems);
}

/** What is open on each day, as in `expected`. */
function days(hours, first, count) {
  const last = new Date(first.getTime() + count * DAY * MINUTE);
  const found = Array.from({ length: count }, () => []);
  for (const [start, end, unknown] of hours.getOpenIntervals(first, last)) {
    let minute = Math.round((start - first) / MINUTE);
    const until = Math.round((end - first) / MINUTE);
    while (minute < until) {
      const day = Math.floor(minute / DAY);
      const stop = Math.min(until, (day + 1) * DAY);
      found[day].push([minute - day * DAY, stop - day * DAY, unknown ? "unknown" : "open"]);
      minute = stop;
    }
  }
  return found;
}

/** Whether each minute of the day has the same state. */
function agree(expected, found) {
  const [wanted, got] = [minutes(expected), minutes(found)];
  return wanted.every((state, minute) => state === got[minute] || (state === "either" && got[minute] !== "closed"));
}

function minutes(stretches) {
  const states = Array(DAY).fill("closed");
  for (const [start, end, state] of stretches) states.fill(state, start, end);
  return states;
}

function dateAfter(from, days) {
  return new Date(new Date(`${from}T00:00:00`).getTime() + days * DAY * MINUTE).toISOString().slice(0, 10);
}

function text(stretches) {
  const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return stretches.map(([start, end, state]) => `${clock(start)}-${clock(end)} ${state}`).join(", ") || "closed";
}
