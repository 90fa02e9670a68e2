/* Whether places are open now and when that changes, from the data in the page, at the place's own time whatever the
   phone's zone is. Outside the days of the data it says that it does not know. Each minute, and when the page comes back,
   an event `minute` tells today.js the time. */
(() => {
  "use strict";
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const { zone, from, days, dates, words } = JSON.parse(document.getElementById("live").textContent);
  const centres = Object.assign({}, ...all("script.live-hours").map((it) => JSON.parse(it.textContent)));
  const DAY = 1440;
  const STATES = ["open", "by-appointment", "closed"];
  const first = Date.parse(from) / 864e5; // days since 1970; all days below count from this one
  const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
  const clock = (minute) => [minute / 60, minute % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
  const iso = (day) => new Date((first + day) * 864e5).toISOString().slice(0, 10);
  const weekday = (day) => (first + day + 3) % 7; // from Monday; 1970 began on a Thursday
  const inWords = (day) => {
    const [, m, d] = iso(day).split("-").map(Number);
    return fill(dates.day, { m, d, month: dates.months[m - 1], weekday: dates.weekdays[weekday(day)] });
  };
  const two = "2-digit";
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: two, day: two, hour: two, minute: two,
  });

  for (const centre of Object.values(centres)) {
    centre.open = [].concat(...[...centre.days].map((state, day) =>
      centre.states[state].open.map(([start, end, rank = 0]) => [day * DAY + start, day * DAY + end, rank])));
    centre.edges = [].concat(...centre.open.map((it) => it.slice(0, 2))).sort((a, b) => a - b);
  }
  const running = (centre, minute) => centre.open.filter(([start, end]) => start <= minute && minute < end);
  // Where a night and the day after it overlap, the more open one holds.
  const at = (centre, minute) => Math.min(2, ...running(centre, minute).map((it) => it[2]));
  const change = (centre, minute) =>
    centre.edges.find((edge) => edge > minute && edge < days * DAY && at(centre, edge) !== at(centre, minute));

  function when(minute, today, ends) {
    const day = Math.floor((minute - ends) / DAY); // what ends at midnight ends at 24:00
    const time = clock(minute - day * DAY);
    if (day === today) return time;
    return day === today + 1 ? fill(words.tomorrow, { time }) : inWords(day) + " " + time;
  }

  /** A centre's state, the sentence about it, the minute at which it changes, and whether it is `noted` that the sentence goes by the usual hours. */
  function stand(centre, today, now, note) {
    const rank = at(centre, now);
    const next = change(centre, now);
    const values = {};
    let key = STATES[rank];
    if (next) {
      key += "-" + STATES[at(centre, next)];
      values.when = when(next, today, rank < 2);
      const again = change(centre, next);
      if (key === "open-closed" && again < (today + 1) * DAY && !at(centre, again)) {
        key += "-open";
        values.again = clock(again % DAY);
      }
    }
    const [open] = running(centre, now); // in the night it is the day before that says why
    const { why } = centre.states[centre.days[open ? Math.floor(open[0] / DAY) : today]];
    const noted = note && centre.usual <= Math.floor((next || now) / DAY);
    const notes = (why ? fill(words.why, { why }) : "") + (noted ? words.usual : "");
    return { state: STATES[rank], text: fill(words[key], values) + notes, next, noted };
  }

  function show(element, { state, text, next }) {
    if (element.textContent !== text) element.textContent = text;
    element.dataset.state = state;
    element.dataset.until = next ? iso(Math.floor(next / DAY)) + "T" + clock(next % DAY) : "";
    element.hidden = false;
  }

  function update() {
    const part = {};
    for (const { type, value } of format.formatToParts(new Date())) part[type] = value;
    const today = part.year + "-" + part.month + "-" + part.day;
    const minute = (part.hour % 24) * 60 + Number(part.minute);
    const day = Date.parse(today) / 864e5 - first;
    const known = day >= 1 && day < days;
    let note = true; // said once on a page
    for (const it of all("[data-live]")) {
      const centre = centres[it.dataset.live];
      const unknown = { state: "unknown", text: it.dataset.unknown || words.unknown };
      if (!centre) continue;
      const said = known ? stand(centre, day, day * DAY + minute, note) : unknown;
      note = note && !said.noted;
      show(it, said);
    }
    /** Which table of hours a centre's day has: 0 the ordinary week, 1 the first season; none where it is special. */
    const table = (id) => (known && centres[id] ? centres[id].states[centres[id].days[day]].table : undefined);
    const detail = { today, minute, known, weekday: String(weekday(day) + 1), table, words };
    document.dispatchEvent(new CustomEvent("minute", { detail }));
  }

  let timer;
  function keepUp() {
    clearTimeout(timer);
    update();
    timer = setTimeout(keepUp, 60050 - (Date.now() % 60000));
  }
  keepUp();
  // Changes are read aloud, what stands there on arrival is not.
  for (const it of all("[data-aloud]")) it.setAttribute("role", "status");
  addEventListener("pageshow", (event) => event.persisted && keepUp());
  document.addEventListener("visibilitychange", () => document.hidden || keepUp());
})();
