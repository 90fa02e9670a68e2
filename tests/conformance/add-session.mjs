// Opens the week of a built site in Chromium, follows the first link that adds a session to the reader's calendar, and
// prints as JSON what ical.js reads in the file that was saved.
//
//   node tests/conformance/add-session.mjs DIR

import { readFileSync } from "node:fs";
import { modules, require } from "../judges/files.mjs";
import { serve } from "../judges/serve.mjs";

const { default: ICAL } = await import(`${modules}/ical.js/dist/ical.js`);
const server = await serve(process.argv[2]);
const browser = await require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage();
  // The morning of the day that the site is made for: what is over has no link.
  await page.clock.setFixedTime(new Date("2026-11-24T08:00:00+08:00"));
  await page.goto(`${server.origin}/programmes/winter/talk/`);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("a.add-session").first().click()]);
  const text = readFileSync(await saved.path(), "utf8");
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  const event = new ICAL.Event(events[0]);
  const instant = (time) => time.toJSDate().toISOString().replace(".000", "");
  console.log(JSON.stringify({
    saved: saved.suggestedFilename(),
    starts: instant(event.startDate),
    ends: instant(event.endDate),
    summary: event.summary,
    location: event.location,
    url: events[0].getFirstPropertyValue("url"),
    events: String(events.length),
    widest: String(Math.max(...text.split("\r\n").map((line) => Buffer.byteLength(line)))),
  }));
} finally {
  await browser.close();
  server.close();
}
