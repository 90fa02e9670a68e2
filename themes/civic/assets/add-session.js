// Adds one session to the reader's own calendar: a link of class `add-session` leads to the calendar of the whole activity;
// here a file of the one session that the link tells of is made instead (RFC 5545), and saved as a download would be.

const LINE = 75;
const octets = (text) => new TextEncoder().encode(text).length;

/** Words as a value: marks that mean something escaped, breaks of any kind as `\n`, control characters left out. */
function escaped(words) {
  return words
    .replace(/[\\,;]/g, "\\$&")
    .replace(/\r\n|[\r\n\u2028\u2029]/g, "\\n")
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, "");
}

/** A line, folded between characters. */
function folded(line) {
  let text = "";
  let used = 0;
  for (const character of line) {
    const size = octets(character);
    if (used + size > LINE) {
      text += "\r\n ";
      used = 1;
    }
    text += character;
    used += size;
  }
  return text + "\r\n";
}

/** `2026-11-24T09:00:00+08:00` in UTC, as calendars have it. */
const utc = (instant) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");

/** The file; `stamp` is when it was made. */
function calendar({ starts, ends, title, place }, page, stamp) {
  const start = utc(starts);
  const host = new URL(page).hostname;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Noticeboard//EN",
    "BEGIN:VEVENT",
    // The same session added twice is one.
    `UID:${start}-${encodeURIComponent(title).replace(/[%'()*]/g, "")}@${host}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${start}`,
    `DTEND:${utc(ends)}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(place)}`,
    `URL:${page}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("");
}

function add(event) {
  const link = event.target.closest && event.target.closest("a.add-session");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const page = document.querySelector("link[rel=canonical]").href;
  const file = new Blob([calendar(link.dataset, page, Date.now())], { type: "text/calendar;charset=utf-8" });
  const address = URL.createObjectURL(file);
  const download = document.createElement("a");
  download.href = address;
  download.download = `${link.dataset.starts.slice(0, 10)}.ics`;
  document.body.append(download);
  download.click();
  download.remove();
  // The browser reads the file after this.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  event.preventDefault();
}

document.addEventListener("click", add);
