// Places by readers that we did not write: ical.js reads each contact card, and the evaluator of the OpenStreetMap
// project finds the hours of `hours.json` in the `opening_hours` of each place on each of the 60 days: in the value with the dates of
// public holidays, and, in China, in that with `PH`.
//
//   node tests/judges/places.mjs DIR

import { readFileSync } from "node:fs";
import { filesBelow, folder, modules, require } from "./files.mjs";
import { Report } from "./report.mjs";

// Civil time without a day of 23 hours.
process.env.TZ = "UTC";
const OpeningHours = require("opening_hours");
const { default: ICAL } = await import(`${modules}/ical.js/dist/ical.js`);
const CHINA = { lat: "36.05", lon: "103.82", address: { country_code: "cn", country: "中国", state: "甘肃省" } };
const MINUTE = 60_000;
const DAY = 24 * 60;

const dir = folder(process.argv[2], "usage: places.mjs DIR");
const json = (file) => JSON.parse(readFileSync(`${dir}/${file}`, "utf8"));
const places = new Map(json("places/places.geojson").features.map((feature) => [feature.id, feature]));
const report = new Report();

for (const file of filesBelow(dir, ".vcf")) report.check(file, card(file));
for (const file of filesBelow(dir, ".geojson")) report.check(file, collection(json(file)));
for (const [id, place] of places) {
  const { opening_hours: byRule, "opening_hours:dated": byDate = byRule } = place.properties;
  if (!byRule) continue;
  const written = json(`centres/${id}/hours.json`);
  report.check(`${id}: ${byDate}`, hours(byDate, written, null));
  // Of the holidays of China the evaluator knows those with a date of the common calendar: New Year's Day is among these days.
  if (written.time_zone === "Asia/Shanghai")
    report.check(`${id} in China: ${byRule}`, hours(byRule, written, CHINA));
}
report.end();

/** What is wrong with a card: its lines, what ical.js reads, and what the map says of the same place. */
function card(file) {
  const text = readFileSync(`${dir}/${file}`, "utf8");
  const problems = text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75).map((line) => `too long: ${line}`);
  if (/[^\r]\n|\r[^\n]/.test(text)) problems.push("a line does not end in CRLF");
  const place = places.get(file.split("/").at(-1).replace(/\.vcf$/, ""))?.properties;
  try {
    const vcard = new ICAL.Component(ICAL.parse(text));
    const value = (name) => vcard.getFirstPropertyValue(name);
    for (const name of ["version", "kind", "fn", "org", "adr", "url"]) if (!value(name)) problems.push(`no ${name}`);
    if (value("version") !== "4.0") problems.push(`version ${value("version")}`);
    if (place && value("fn") !== place.name) problems.push(`${value("fn")} is ${place.name} on the map`);
    if (place && value("adr")[2] !== place["addr:full"]) problems.push(`${value("adr")} is ${place["addr:full"]} on the map`);
    if (place && value("url") !== place.url) problems.push(`${value("url")} is ${place.url} on the map`);
    const phones = vcard.getAllProperties("tel").map((line) => line.getFirstValue()).join("; ");
    if (place && phones !== (place.phone ?? "")) problems.push(`${phones} is ${place.phone} on the map`);
  } catch (error) {
    problems.push(`not read: ${error}`);
  }
  return problems;
}

/** What RFC 7946 asks of a collection of points, some of them not located. */
function collection({ type, features, ...more }) {
  const problems = Object.keys(more).map((key) => `"${key}" beside the features`);
  if (type !== "FeatureCollection") problems.push(`type ${type}`);
  if (new Set(features.map((feature) => feature.id)).size !== features.length) problems.push("an id is there twice");
  for (const { type, id, geometry, properties } of features) {
    // Nobody has located it (RFC 7946 §3.2).
    const located = geometry !== null;
    const [lon, lat, ...rest] = geometry?.coordinates ?? [];
    const fits = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && rest.length === 0;
    if (type !== "Feature" || !properties) problems.push(`${id}: no feature`);
    if (located && (geometry?.type !== "Point" || !fits)) problems.push(`${id}: no point`);
    if (JSON.stringify(places.get(id)?.properties) !== JSON.stringify(properties)) problems.push(`${id}: not as in the whole`);
  }
  return problems;
}

/** The days on which the evaluator finds other hours; the first two are the day before the build, and the one into which its night may run. */
function hours(osm, { from, days, states }, country) {
  const problems = [];
  try {
    const first = new Date(`${from}T00:00:00`);
    const read = new OpeningHours(osm, country);
    const got = Array(days.length * DAY).fill("");
    for (const [start, end, unknown] of read.getOpenIntervals(first, new Date(first.getTime() + got.length * MINUTE)))
      got.fill(unknown ? "by-appointment" : "open", Math.round((start - first) / MINUTE), Math.round((end - first) / MINUTE));
    const wanted = Array(days.length * DAY).fill("");
    for (const [day, state] of days.entries())
      for (const [start, end, how = "open"] of states[state].open) wanted.fill(how, day * DAY + start, day * DAY + end);
    for (let day = 2; day < days.length; day += 1) {
      const at = [...Array(DAY).keys()].find((minute) => wanted[day * DAY + minute] !== got[day * DAY + minute]);
      if (at !== undefined) problems.push(`day ${day} minute ${at}: "${got[day * DAY + at]}" instead of "${wanted[day * DAY + at]}"`);
    }
  } catch (error) {
    problems.push(`not read: ${error}`);
  }
  return problems;
}
