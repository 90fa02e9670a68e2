// What another reader makes of our calendars: npm `ical.js`, the one of Thunderbird, with the zones that the calendars
// themselves define.
//
//   node tests/conformance/calendars.mjs DIR EXPECTED.json
//
// EXPECTED.json is as calendars.py describes it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, modules } from "../judges/files.mjs";
import { Report } from "../judges/report.mjs";

const ical = JSON.parse(readFileSync(join(modules, "ical.js/package.json"), "utf8"));
const { default: ICAL } = await import(pathToFileURL(join(modules, "ical.js", ical.module ?? ical.main)).href);

const dir = folder(process.argv[2], "usage: calendars.mjs DIR EXPECTED.json");
const { from, until, files } = JSON.parse(readFileSync(process.argv[3], "utf8"));
const report = new Report();
let count = 0;
for (const [name, wanted] of Object.entries(files)) {
  report.check(name, problems(readFileSync(join(dir, name), "utf8"), wanted));
  count += wanted.takes_place.length;
}
console.log(`${count} in ${Object.keys(files).length} calendars`);
report.end();

function problems(text, wanted) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents("vevent");
  const masters = components.filter((component) => !component.hasProperty("recurrence-id"));
  // Left to itself it takes the overrides of all series for those of each.
  const strictly = (component) => new ICAL.Event(component, { strictExceptions: true, exceptions: [] });
  const events = new Map(masters.map((component) => [component.getFirstPropertyValue("uid"), strictly(component)]));
  const found = masters.length === events.size ? [] : ["an id stands there twice"];
  for (const component of components.filter((component) => component.hasProperty("recurrence-id"))) {
    const event = events.get(component.getFirstPropertyValue("uid"));
    if (event) event.relateException(component);
    else found.push("an override without its series");
  }
  const summaries = new Set(components.map((component) => component.getFirstPropertyValue("summary")));
  for (const title of wanted.titles) if (!summaries.has(title)) found.push(`no summary ${JSON.stringify(title)}`);

  const expanded = [...events.values()].flatMap((event) => [...occurrences(event)]);
  const left = new Map();
  for (const line of wanted.takes_place) left.set(line, (left.get(line) ?? 0) + 1);
  for (const line of expanded.filter((line) => from <= line.slice(0, 10) && line.slice(0, 10) <= until)) {
    if (left.get(line) > 0) left.set(line, left.get(line) - 1);
    else found.push(`too many: ${line}`);
  }
  for (const [line, times] of left) if (times > 0) found.push(`not there: ${line}`);
  return found.slice(0, 20);
}

function* occurrences(event) {
  if (!event.isRecurring()) {
    yield* lines(event, event.startDate, event.endDate);
    return;
  }
  const iterator = event.iterator();
  // Every series has an end; what runs on has none.
  for (let next = iterator.next(), number = 0; next; next = iterator.next(), number += 1) {
    if (number > 20_000) throw new Error("endless");
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    yield* lines(item, startDate, endDate);
  }
}

function* lines(item, start, end) {
  const status = item.component.getFirstPropertyValue("status");
  if (!start.isDate) {
    yield `${utc(start)} ${utc(end)} ${status}`;
    return;
  }
  for (const day = start.clone(); day.compare(end) < 0; day.adjust(1, 0, 0, 0)) yield `${day} ${status}`;
}

function utc(time) {
  return `${time.convertToZone(ICAL.Timezone.utcTimezone).toString().slice(0, 16)}Z`;
}
