// Keeps the screen in a lobby right: the time, what is open and on now, what comes next. Everything is computed from the
// days that are written out in the page, in the centre's own time zone; outside of them it says that it does not know.
// Every five minutes it asks for the page anew and puts it in place of the old one; when nobody answers, the last good
// copy stays, with the time that it is from. What does not fit is counted in words. `?turn=1` turns the pages of a day
// that does not fit instead, unless the system asks for less motion.
(() => {
  "use strict";
  const ASK = 5 * 60 * 1000;
  const PATIENCE = 20 * 1000;
  const TURN = 15 * 1000;
  const DAY = 1440;
  const root = document.documentElement;
  const wall = matchMedia("screen and (min-width: 700px) and (min-height: 500px)");
  const turning = new URLSearchParams(location.search).get("turn") === "1" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const online = location.protocol.startsWith("http");
  const text = (response) => (response.ok ? response.text() : Promise.reject(response.status));

  let heard = root.dataset.kept ? new Date(root.dataset.kept) : new Date();
  let cut = Boolean(root.dataset.kept);
  let source = "";
  let page = 0;

  const screen = () => document.getElementById("screen");
  const words = () => document.getElementById("words").dataset;
  const say = (name, values = {}) => (words()[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const pad = (number) => String(number).padStart(2, "0");
  const clock = (minutes) => `${pad(Math.floor((minutes % DAY) / 60))}:${pad(minutes % 60)}`;

  /** The civil date and minute of an instant in the centre's zone. */
  function civil(instant) {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: screen().dataset.zone, hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    });
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return { date: `${part.year}-${part.month}-${part.day}`, minute: Number(part.hour) * 60 + Number(part.minute) };
  }

  /** A date in the page's words where it stands there, else as the browser writes it. */
  function dateWords(date) {
    const known = document.querySelector(`section[data-date="${date}"] time`);
    if (known) return known.textContent;
    const [year, month, day] = date.split("-").map(Number);
    return new Intl.DateTimeFormat(root.lang, { timeZone: "UTC", month: "long", day: "numeric" }).format(Date.UTC(year, month - 1, day));
  }

  /** The open stretches in minutes from the first day's midnight, those that touch joined. */
  function stretches(days) {
    const all = days.flatMap((day, number) =>
      day.dataset.open.split(" ").filter(Boolean).map((written) => {
        const [start, end] = written.split("-").map((part) => parseInt(part, 10) + number * DAY);
        return { start, end, appointment: written.endsWith("a") };
      }),
    );
    all.sort((a, b) => a.start - b.start);
    return all.reduce((joined, next) => {
      const last = joined[joined.length - 1];
      if (last && next.start <= last.end && next.appointment === last.appointment) last.end = Math.max(last.end, next.end);
      else joined.push(next);
      return joined;
    }, []);
  }

  function state(days, today, minute) {
    const element = document.getElementById("state");
    element.hidden = !("hours" in screen().dataset) && today >= 0;
    if (element.hidden) return;
    element.classList.remove("shut");
    if (today < 0) {
      element.textContent = say("unknown", { date: days.length ? dateWords(days[days.length - 1].dataset.date) : "" });
      return;
    }
    const now = today * DAY + minute;
    const open = stretches(days);
    const here = open.filter((s) => s.start <= now && now < s.end).sort((a, b) => a.appointment - b.appointment)[0];
    const day = (at) => dateWords(days[Math.floor(at / DAY)].dataset.date);
    if (here) {
      // Where the last day ends, nothing is known of the next: no closing time is said.
      const later = Math.floor(here.end / DAY) !== today && here.end !== (today + 1) * DAY;
      const values = { time: here.end === (today + 1) * DAY ? "24:00" : clock(here.end), day: later && here.end < days.length * DAY ? day(here.end) : "" };
      element.textContent = say(here.appointment ? "appointment" : later ? "openOn" : "open", values);
      return;
    }
    element.classList.add("shut");
    const next = open.find((s) => s.start > now);
    if (!next) element.textContent = say("closed");
    else element.textContent = say(Math.floor(next.start / DAY) === today ? "opens" : "opensOn", { time: clock(next.start), day: day(next.start) });
  }

  function tag(item, word, kind) {
    item.querySelectorAll(".now-tag").forEach((old) => old.remove());
    item.classList.toggle("on", kind === "now");
    if (!word) return;
    const mark = document.createElement("span");
    mark.className = `tag now-tag ${kind}`;
    mark.textContent = word;
    item.querySelector(".what").append(" ", mark);
  }

  /** What is on today: what is over goes, what is on and what comes next is marked. */
  function sessionsOfToday(section, minute) {
    const items = [...section.querySelectorAll(".sessions li")];
    const left = items.filter((item) => Number(item.dataset.end) > minute);
    const coming = left.filter((item) => Number(item.dataset.start) > minute && !item.classList.contains("cancelled"));
    const next = coming.length ? coming[0].dataset.start : "";
    for (const item of items) {
      item.hidden = !left.includes(item);
      const held = !item.classList.contains("cancelled") && item.querySelector(".time").textContent;
      if (held && Number(item.dataset.start) <= minute) tag(item, say("now"), "now");
      else if (held && item.dataset.start === next) tag(item, say("next"), "next");
      else tag(item, "", "");
    }
    return { left, over: items.length - left.length };
  }

  const fits = () => {
    const boxes = [document.querySelector("main"), document.getElementById("days")];
    return boxes.every((box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1);
  };

  function rest(section, ...said) {
    const line = section.querySelector(".rest.fill");
    if (!line) return;
    line.textContent = said.filter(Boolean).join(" ");
    line.hidden = line.textContent === "";
  }

  /** Makes everything fit: today comes first, then notices by their weight, then the days after. What is left out is
      counted. On anything but a wall the page scrolls, and nothing is left out. */
  function fit(today, shown, over) {
    const after = [...document.querySelectorAll("section:not(.today):not([hidden])")];
    const spent = over > 0 ? say(shown.length ? "over" : "allOver", { n: over }) : "";
    if (today) rest(today, spent);
    for (const section of after) rest(section);
    if (!wall.matches) return;
    for (const section of after) section.hidden = true;
    fitNotices();
    if (today && fitToday(today, shown, spent) < Math.min(3, shown.length)) {
      for (const summary of document.querySelectorAll(".notices .urgent .summary")) summary.hidden = true;
      fitToday(today, shown, spent);
    }
    for (const section of after) if (!fitAfter(section)) break;
  }

  function fitNotices() {
    const important = [...document.querySelectorAll(".notices li:not([hidden]):not(.urgent):not(.more)")].reverse();
    const more = document.querySelector(".notices .more");
    for (const notice of important) if (!fits()) notice.querySelector(".summary").hidden = true;
    let away = 0;
    for (const notice of important) {
      if (fits()) break;
      notice.hidden = true;
      away += 1;
      more.textContent = say("moreNotices", { n: away });
      more.hidden = false;
    }
  }

  /** Shows as many of today's sessions as there is room for, what is on and what comes next before the rest; says how many. */
  function fitToday(today, shown, spent) {
    let size = shown.length;
    const weight = (item) => (item.querySelector(".now-tag") ? 0 : item.matches(".cancelled") ? 2 : 1);
    const first = [...shown].sort((a, b) => weight(a) - weight(b));
    const show = (from) => {
      const chosen = (turning ? shown : first).slice(from, from + size);
      for (const item of shown) item.hidden = !chosen.includes(item);
      const pages = { n: Math.floor(from / size) + 1, m: Math.ceil(shown.length / size) };
      const left = say(size > 0 ? "more" : "count", { n: shown.length - size });
      rest(today, size === shown.length ? "" : turning && size > 0 ? say("page", pages) : left, spent);
    };
    show(0);
    while (size > 0 && !fits()) { size -= 1; show(0); }
    if (turning && size > 0 && size < shown.length) show((page % Math.ceil(shown.length / size)) * size);
    return size;
  }

  /** Shows a day after today with as many sessions as there is room for; says whether there was any. */
  function fitAfter(section) {
    const items = [...section.querySelectorAll(".sessions li")];
    section.hidden = false;
    for (let most = Math.min(items.length, 4); most >= 0; most -= 1) {
      items.forEach((item, number) => { item.hidden = number >= most; });
      rest(section, items.length > most ? say(most > 0 ? "more" : "count", { n: items.length - most }) : "");
      if (fits()) return true;
    }
    section.hidden = true;
    return false;
  }

  function draw() {
    const now = civil(new Date());
    const days = [...document.querySelectorAll("section[data-date]")];
    const today = days.findIndex((day) => day.dataset.date === now.date);
    root.classList.add("live");
    const [day, time] = document.getElementById("clock").children;
    day.textContent = dateWords(now.date);
    time.textContent = clock(now.minute);
    document.getElementById("clock").hidden = false;
    state(days, today, now.minute);
    const moment = `${now.date}T${clock(now.minute)}`;
    for (const notice of document.querySelectorAll(".notices li")) {
      notice.hidden = notice.matches(".more") || (Boolean(notice.dataset.over) && notice.dataset.over <= moment);
      notice.querySelectorAll(".summary").forEach((summary) => { summary.hidden = false; });
    }
    document.getElementById("days").classList.toggle("no-today", today < 0);
    days.forEach((section, number) => {
      section.hidden = today < 0 || number < today || number > today + 3;
      section.classList.toggle("today", number === today);
      section.querySelector(".relative").textContent = number === today ? say("today") : number === today + 1 ? say("tomorrow") : "";
      section.querySelectorAll(".sessions li").forEach((item) => { item.hidden = false; });
    });
    const section = days[today];
    const { left, over } = section ? sessionsOfToday(section, now.minute) : { left: [], over: 0 };
    fit(section, left, over);
    age();
  }

  /** When this was last compared with the site. */
  function age() {
    const line = document.getElementById("age");
    const from = civil(heard);
    line.hidden = !online;
    line.classList.toggle("cut-off", cut);
    line.textContent = say(cut ? "cutOff" : "asOf", { date: dateWords(from.date), time: clock(from.minute) });
  }

  async function ask() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const html = await fetch(location.href, { cache: "no-store", signal: stop.signal }).then(text);
      const fresh = new DOMParser().parseFromString(html, "text/html");
      if (fresh.documentElement.dataset.kept || !fresh.getElementById("words")) throw new Error("not the page itself");
      heard = new Date();
      cut = false;
      if (html !== source) await take(fresh, stop.signal);
      source = html;
    } catch {
      cut = true;
    } finally {
      clearTimeout(timer);
    }
    draw();
  }

  /** Puts the new page in place of the old one. With another script or style the whole page is loaded anew, once they can be had. */
  async function take(fresh, signal) {
    const files = (of) => [...of.querySelectorAll("script[src], link[rel=stylesheet]")].map((e) => e.getAttribute("src") || e.getAttribute("href"));
    const wanted = files(fresh).filter((file) => !files(document).includes(file));
    if (wanted.length > 0) {
      await Promise.all(wanted.map((file) => fetch(new URL(file, location.href), { signal }).then(text)));
      location.reload();
      return;
    }
    screen().replaceWith(document.importNode(fresh.getElementById("screen"), true));
  }

  draw();
  document.fonts.ready.then(draw);
  addEventListener("resize", draw);
  wall.addEventListener("change", draw);
  setInterval(draw, 10 * 1000);
  if (online) setInterval(ask, ASK);
  if (online) addEventListener("online", ask);
  if (online && cut) ask();
  if (turning) setInterval(() => { page += 1; draw(); }, TURN);
})();
