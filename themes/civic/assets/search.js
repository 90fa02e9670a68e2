// The search page: finds pages of the site by what is typed, with the index that the site brings along.
//
// `src/artifacts/search/` writes the index and says how; what is folded and how words are cut is the same here and
// there. Only what a query needs is loaded: the shards of its terms, then the pages that are shown. All of it comes as
// scripts, since a page that is opened from a folder on a disk may not fetch files. Content is only ever set as text.
"use strict";

{
  const results = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  const box = document.getElementById("search-words");
  const { root, lang } = results.dataset;
  const shownAtOnce = 10;
  const mostTerms = 12;
  /** How much a word counts of which only the beginning was typed, and over how many shards it is looked for. */
  const beginning = 0.6;
  const mostShards = 3;
  const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

  // Loading

  /** A file belongs to another build than the overview. */
  class Stale extends Error {}

  const files = new Map();
  const given = new Map();
  let overview;

  window.noticeboardSearch = (name, label, value) => given.set(name, { label, value });

  function load(name, mark) {
    if (!files.has(name)) {
      files.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js${mark}`;
        script.onload = () => (given.has(name) ? resolve(given.get(name)) : reject(new Error(name)));
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
      }));
    }
    return files.get(name);
  }

  async function part(name) {
    const { label, value } = await load(name, `?v=${overview.value.version}`);
    if (label !== overview.label) throw new Stale(name);
    return value;
  }

  // Words: as in src/artifacts/search/words.rs

  const within = (ranges) => (code) => ranges.some(([first, last]) => code >= first && code <= (last || first));
  const isUnseen = within([[0xad], [0x180b, 0x180f], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x206f],
    [0xfe00, 0xfe0f], [0xfeff]]);
  const isIdeograph = within([[0x3005, 0x3007], [0x3041, 0x30fa], [0x30fc, 0x30ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff],
    [0xa000, 0xa48f], [0xf900, 0xfaff], [0x20000, 0x3ffff]]);
  const isLetter = within([[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0x37d],
    [0x37f, 0x386], [0x388, 0x52f], [0x620, 0x669], [0x66e, 0x6d3], [0x6d5, 0x6fc], [0x750, 0x77f], [0xf00],
    [0xf18, 0xf33], [0xf35], [0xf37], [0xf39], [0xf40, 0xfbc], [0x1100, 0x11ff], [0x1810, 0x18af], [0x1e00, 0x1fff],
    [0xac00, 0xd7a3], [0xfb50, 0xfdff], [0xfe70, 0xfefc]]);

  function fold(text) {
    let folded = "";
    for (const sign of text) {
      const code = sign.codePointAt(0);
      const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : sign;
      const at = half.codePointAt(0);
      if (isUnseen(at)) continue;
      if (isIdeograph(at)) folded += half;
      else if (isLetter(at)) folded += half.toLowerCase();
      else if (!folded.endsWith(" ")) folded += " ";
    }
    return folded.trim();
  }

  /** A word without the endings of English; nothing for a single letter. */
  function stem(word) {
    if (!/^[a-z]+$/.test(word)) return word;
    let cut = word;
    if (cut.length > 4 && cut.endsWith("ies")) cut = cut.slice(0, -3);
    else if (cut.length > 3 && /[^sui]s$/.test(cut)) cut = cut.slice(0, -1);
    if (cut.length > 5 && cut.endsWith("ing")) cut = cut.slice(0, -3);
    else if (cut.length > 4 && cut.endsWith("ed")) cut = cut.slice(0, -2);
    if (cut.length > 4 && /[ey]$/.test(cut)) cut = cut.slice(0, -1);
    return cut.length > 1 ? cut : "";
  }

  /** Runs of ideographs and words, in order. */
  function runs(folded) {
    const found = [];
    for (const piece of folded.split(" ")) {
      let run;
      for (const sign of piece) {
        const ideographs = isIdeograph(sign.codePointAt(0));
        if (run && run.ideographs === ideographs) run.signs.push(sign);
        else found.push((run = { ideographs, signs: [sign] }));
      }
    }
    return found;
  }

  /** What was typed without the words of a question, unless nothing else is left. */
  function withoutPassing(folded) {
    let left = folded;
    for (const word of fold(results.dataset.passing).split(" ")) {
      if (isIdeograph(word.codePointAt(0))) left = left.split(word).join(" ");
      else left = left.split(" ").filter((one) => one !== word).join(" ");
    }
    return left.trim() || folded;
  }

  /** What is looked up: pairs of ideographs, one that stands alone, and words, of which the beginning is enough. */
  function lookups(query) {
    const wanted = new Map();
    for (const { ideographs, signs } of runs(withoutPassing(fold(query)))) {
      if (!ideographs) {
        const word = stem(signs.join(""));
        if (word !== "") wanted.set(word, word.length > 2);
      } else if (signs.length === 1) wanted.set(signs[0], false);
      else signs.slice(1).forEach((sign, at) => wanted.set(signs[at] + sign, false));
    }
    const all = [...wanted].map(([term, open]) => ({ term, open }));
    // Of a long sentence every second pair is enough.
    const fewer = all.length > mostTerms ? all.filter((_, at) => at % 2 === 0) : all;
    return fewer.slice(0, mostTerms);
  }

  // The index

  /** The things of a term, each with what the term says about it. */
  function decode(postings, steps) {
    const things = new Map();
    let thing = 0;
    let number = 0;
    let bits = 0;
    for (let at = 0; at < postings.length; at += 1) {
      const digit = digits.indexOf(postings[at]);
      number += (digit & 31) * 2 ** bits;
      bits += 5;
      if (digit < 32) {
        thing += Math.floor(number / 8);
        things.set(thing, steps[number % 8]);
        thing += 1;
        number = 0;
        bits = 0;
      }
    }
    return things;
  }

  async function lookUp({ term, open }) {
    const { starts, steps } = overview.value;
    let first = 0;
    while (first + 1 < starts.length && starts[first + 1] <= term) first += 1;
    let last = first;
    while (open && last - first + 1 < mostShards && last + 1 < starts.length && starts[last + 1].startsWith(term)) last += 1;
    const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const shards = await Promise.all(numbers.map((number) => part(`terms/${number}`)));
    const things = new Map();
    shards.forEach((shard, at) => {
      if (shard.from !== starts[numbers[at]]) throw new Stale(numbers[at]);
      for (const known of Object.keys(shard.terms)) {
        if (known !== term && !(open && known.startsWith(term))) continue;
        const share = known === term ? 1 : beginning;
        for (const [thing, worth] of decode(shard.terms[known], steps)) {
          things.set(thing, Math.max(things.get(thing) || 0, worth * share));
        }
      }
    });
    return things;
  }

  /** The numbers of what was found, the best first. */
  async function find(query) {
    const found = (await Promise.all(lookups(query).map(lookUp))).filter((things) => things.size > 0);
    const scores = new Map();
    let all = 0;
    for (const things of found) {
      // What few things have says much; of what hardly any has, it may be chance.
      const rare = Math.log(1 + overview.value.count / Math.max(things.size, 3));
      all += rare;
      for (const [thing, worth] of things) {
        const score = scores.get(thing) || { worth: 0, covered: 0 };
        score.worth += rare * worth;
        score.covered += rare;
        scores.set(thing, score);
      }
    }
    const rank = ({ worth, covered }) => worth * (covered / all) ** 2;
    return [...scores].sort(([a, x], [b, y]) => rank(y) - rank(x) || a - b).map(([thing]) => thing);
  }

  /** Pages by their numbers, as the index tells of them. */
  function pages(numbers) {
    const { page } = overview.value;
    return Promise.all(numbers.map(async (number) => (await part(`docs/${lang}/${Math.floor(number / page)}`))[number % page]));
  }

  // The page

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** A text with its language, and with what was typed marked in it. */
  function words(text, wanted) {
    const [plain, other] = Array.isArray(text) ? text : [text];
    const made = element("span", "");
    if (other) made.lang = other;
    let rest = plain;
    while (rest !== "") {
      const small = rest.toLowerCase();
      const hits = wanted.map((word) => [small.indexOf(word), word.length]).filter(([at]) => at >= 0);
      if (hits.length === 0 || small.length !== rest.length) break;
      const [at, length] = hits.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
      made.append(rest.slice(0, at), element("mark", "", rest.slice(at, at + length)));
      rest = rest.slice(at + length);
    }
    made.append(rest);
    return made;
  }

  /** What one can use at a place of what was looked for, by its usual name. */
  function usable(amenities, terms) {
    const meant = (word) => terms.some((term) => fold(word).includes(term));
    return amenities.map((words) => words.split("|")).filter((words) => words.some(meant)).map(([name]) => name);
  }

  function result([title, path, kind, line, languages, over, amenities], wanted, terms) {
    const known = overview.value.languages;
    const exists = known.filter((_, number) => (languages & (1 << number)) !== 0).map(([tag]) => tag);
    const first = known[0][0];
    const address = (tag) => `${root}${tag === first ? "" : `${tag}/`}${path}${overview.value.file}`;
    const to = exists.includes(lang) ? lang : first;
    const link = element("a", "", words(title, wanted));
    link.href = address(to);
    if (to !== lang) link.hreflang = to;
    const about = element("p", "about", element("span", "", kind));
    if (over) about.append(element("strong", "", results.dataset.past));
    const others = known.filter(([tag]) => exists.includes(tag) && tag !== to);
    if (others.length > 0) {
      const also = element("span", "", results.dataset.also);
      for (const [tag, name] of others) {
        const other = element("a", "", name);
        other.href = address(tag);
        other.lang = tag;
        other.hreflang = tag;
        also.append(" ", other);
      }
      about.append(also);
    }
    const said = Array.isArray(line) ? line[0] : line;
    const found = usable(amenities, terms).filter((name) => !said.includes(name)).slice(0, 3);
    const text = said === "" ? [] : [words(line, wanted)];
    for (const name of found) text.push(...(text.length > 0 ? [" · "] : []), element("mark", "", name));
    const lines = text.length === 0 ? [] : [element("p", "line", ...text)];
    return element("li", "", element("p", "title", link), ...lines, about);
  }

  const say = (label, values) => results.dataset[label].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  async function show(query) {
    const numbers = await find(query);
    const terms = lookups(query).map(({ term }) => term);
    const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const list = results.querySelector("ol");
    const more = results.querySelector("button");
    let shown = 0;
    const add = async () => {
      const next = numbers.slice(shown, shown + shownAtOnce);
      const items = (await pages(next)).map((page) => result(page, wanted, terms));
      list.append(...items);
      shown += items.length;
      const left = Math.min(numbers.length - shown, shownAtOnce);
      more.hidden = left <= 0;
      more.textContent = say("more", { n: left });
      return items[0];
    };
    await add();
    more.onclick = async () => {
      const item = await add();
      item.querySelector("a").focus();
    };
    results.hidden = numbers.length === 0;
    status.textContent = say(numbers.length > 0 ? "found" : "none", { q: query, n: numbers.length });
  }

  async function search(query) {
    status.textContent = results.dataset.busy;
    try {
      overview = await load("index", "");
      await show(query);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      // An older file was kept somewhere: all of them are asked for again.
      files.clear();
      given.clear();
      overview = await load("index", `?at=${Date.now()}`);
      await show(query);
    }
  }

  const query = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 100);
  if (query !== "") {
    box.value = query;
    document.title = `${query} - ${document.title}`;
    search(query).catch(() => {
      status.textContent = results.dataset.failed;
    });
  }
}
