/* Marks what is of today: rows of hours, columns of boards, dated days and their sessions; takes away days and notices
   that are over. Told the time by live.js. */
(() => {
  "use strict";
  const limited = "[data-begins], [data-ends]";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /** A word beside what is so now; none takes it away. */
  function mark(element, word) {
    let tag = element.querySelector(":scope > .live-mark");
    if (!word) return tag && tag.remove();
    if (!tag) {
      tag = document.createElement("span");
      tag.className = "tag live-mark";
      element.append(" ", tag);
    }
    if (tag.textContent !== word) tag.textContent = word;
  }

  function hours({ weekday, table, words }) {
    for (const row of all("[data-of] [data-weekdays]")) {
      const of = row.closest("[data-of]").dataset;
      mark(row.cells[0], table(of.of) === Number(of.table) && row.dataset.weekdays.includes(weekday) && words.today);
    }
  }

  function boards({ today, weekday, known, words }) {
    for (const it of all("[data-board] [data-weekday]")) {
      const board = it.closest("[data-board]").dataset;
      const is = known && board.from <= today && today <= board.known && it.dataset.weekday === weekday;
      mark(it.querySelector("h2, h3, h4") || it, is && (board.changes.includes(today) ? words.differs : words.today));
    }
  }

  /** Days that are over go; the first that is left stands on top, even if it was folded away. */
  function comingDays(list, today) {
    const items = all("[data-date]", list);
    for (const it of items) it.hidden = it.dataset.date < today;
    const left = items.filter((it) => !it.hidden);
    const top = list.querySelector("[data-top]");
    if (top && left[0] && left[0].parentElement !== top) top.append(left[0]);
    for (const fold of all("details", list)) fold.hidden = !fold.querySelector("[data-date]:not([hidden])");
    for (const stale of all("[data-stale]", list)) stale.hidden = left.length > 0;
  }

  function sessions(day, minute, words, is) {
    let next = is;
    for (const it of all("[data-minutes]", day)) {
      const [begins, ends] = it.dataset.minutes.split(" ");
      const coming = next && begins > minute;
      mark(it.querySelector("strong") || it, is && begins <= minute && minute < ends ? words.now : coming && words.next);
      next = next && !coming;
    }
  }

  function validity() {
    const now = Date.now();
    for (const it of all(limited)) it.hidden = now < Date.parse(it.dataset.begins) || now >= Date.parse(it.dataset.ends);
    for (const it of all("[data-over]")) it.hidden = now < Date.parse(it.dataset.over);
    for (const group of all("[data-any]")) group.hidden = !all(limited, group).some((it) => !it.hidden);
  }

  document.addEventListener("minute", ({ detail }) => {
    const { today, minute, known, words } = detail;
    hours(detail);
    boards(detail);
    for (const list of all("[data-days]")) comingDays(list, today);
    for (const it of all("[data-date]")) {
      const is = known && it.dataset.date === today;
      mark(it.querySelector("th, h2, h3, .when") || it, is && words.today);
      sessions(it, minute, words, is);
    }
    validity();
  });
})();
