// What a page does while it is previewed: it hears from `noticeboard serve` what it should be, and becomes that.
//
// Of the page as it is now it is told two fingerprints and its style sheets. If it is the same, nothing happens; if only
// style sheets differ, they are exchanged; if what differs can be changed where it stands, it is (renew.js); else the page
// is loaded again, at the same place, with the same element in focus. What is wrong with the content is shown over the page, which stays behind it as it was. A tab that nobody sees
// does not listen: browsers give each server few connections. When it is seen again, it is told where things stand.
(() => {
  "use strict";
  const script = document.currentScript;
  const folder = script.src.slice(0, script.src.lastIndexOf("/") + 1);
  const shown = { page: script.dataset.page, shape: script.dataset.shape };
  const KEY = "noticeboard-preview-place";

  // --- Listening ---

  let source = null;
  let lost = 0;

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`${folder}events?page=${encodeURIComponent(location.pathname)}`);
    source.onmessage = (event) => {
      clearTimeout(lost);
      lost = 0;
      notice.hide();
      heed(JSON.parse(event.data));
    };
    source.onerror = () => {
      if (!lost) lost = setTimeout(() => notice.show(), 1500);
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(listen, 1000);
      }
    };
  }

  function stop() {
    if (source) source.close();
    source = null;
    clearTimeout(lost);
    lost = 0;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);

  let words = null;
  /** Counts what was told. */
  let turn = 0;

  function heed(state) {
    words = state.words;
    turn += 1;
    if (!state.page || state.page === shown.page) {
      overlay.show(state.problems);
    } else if (state.shape === shown.shape && exchange(state.sheets)) {
      shown.page = state.page;
      overlay.show(state.problems);
    } else {
      renew(state, turn);
    }
  }

  /** Changes what differs, or loads the page; unless something newer is told in the meantime. */
  async function renew(state, mine) {
    let page = null;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      // It is loaded instead, and the browser says what is wrong.
    }
    if (mine !== turn) return;
    const tag = page && [...page.scripts].find((it) => it.getAttribute("src") === script.getAttribute("src"));
    // Pictures that are others below the same names are seen only when the page is loaded.
    if (tag && tag.dataset.pictures === script.dataset.pictures && renewal.take(page)) {
      Object.assign(shown, { page: tag.dataset.page, shape: tag.dataset.shape });
      overlay.show(state.problems);
      return;
    }
    stop();
    remember();
    location.reload();
  }

  // --- Style sheets ---

  /** A style sheet's address without what changes with its content. */
  const bare = (address) => address.replace(/\.[0-9a-f]{10}\.css$/, ".css");

  /** The scripts that fetch a style sheet only when it is wanted, each with the key that it is named by. */
  const fetchersOf = () => [...document.scripts].flatMap((script) =>
    Object.keys(script.dataset).filter((key) => script.dataset[key].endsWith(".css")).map((key) => [script, key]));

  /** Puts the style sheets in place of those of the same name; false if there is one without such a place. */
  function exchange(sheets) {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const fetchers = fetchersOf();
    const pairs = [];
    for (const sheet of sheets) {
      const href = new URL(sheet, document.baseURI).href;
      const fetcher = fetchers.find(([script, key]) => bare(script.dataset[key]) === bare(sheet));
      if (fetcher) fetcher[0].dataset[fetcher[1]] = sheet;
      const link = links.find((link) => bare(link.href) === bare(href));
      if (!link && !fetcher) return false;
      if (link && link.href !== href) pairs.push([link, href]);
    }
    for (const [link, href] of pairs) {
      const next = link.cloneNode();
      next.href = href;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    return true;
  }

  // --- The place on the page ---

  /** Steps from the root to an element, each a name and which of its kind; enough to find it on the page made anew. */
  function way(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const parent = element.parentElement;
    if (!parent) return element.localName;
    const kind = [...parent.children].filter((other) => other.localName === element.localName);
    return `${way(parent)} > ${element.localName}:nth-of-type(${kind.indexOf(element) + 1})`;
  }

  /** The first element with a name of its own that is seen, and how far it is from the top. */
  function anchor() {
    for (const element of document.querySelectorAll("[id]")) {
      const { top, height } = element.getBoundingClientRect();
      if (height > 0 && top >= 0 && top < innerHeight) return { id: element.id, top };
    }
    return null;
  }

  const folds = () => [...document.querySelectorAll("details")];
  const fold = (details) => (details.querySelector("summary") || details).textContent.trim();

  function remember() {
    const focused = document.activeElement;
    const place = {
      path: location.pathname,
      x: scrollX,
      y: scrollY,
      anchor: anchor(),
      focus: focused && focused !== document.body && !overlay.holds(focused) ? way(focused) : null,
      open: folds().map((details) => [fold(details), details.open]),
    };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch {
      // Without storage the browser's own memory of the place has to do.
    }
  }

  function restore() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (!place || place.path !== location.pathname) return;
    history.scrollRestoration = "manual";
    folds().forEach((details, number) => {
      const [name, open] = place.open[number] || [];
      if (name === fold(details)) details.open = open;
    });
    const put = () => {
      scrollTo({ left: place.x, top: place.y, behavior: "instant" });
      const element = place.anchor && document.getElementById(place.anchor.id);
      if (element) scrollBy({ left: 0, top: element.getBoundingClientRect().top - place.anchor.top, behavior: "instant" });
    };
    put();
    const focused = place.focus && document.querySelector(place.focus);
    if (focused) focused.focus({ preventScroll: true });
    // Pictures that come later move what is below them, unless the reader has moved on by then.
    const at = scrollY;
    addEventListener("load", () => {
      if (Math.abs(scrollY - at) < 2) put();
      history.scrollRestoration = "auto";
    }, { once: true });
  }

  // --- What is shown over the page ---

  /** An element with text in it; text stays text. */
  function make(name, text, className) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  let root = null;

  /** Where everything of ours stands, out of reach of the site's style sheets. */
  function ground() {
    if (root) return root;
    const host = document.createElement("noticeboard-preview");
    root = host.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `${folder}overlay.css`;
    root.append(sheet);
    document.documentElement.append(host);
    return root;
  }

  const overlay = {
    dialog: null,
    pill: null,
    said: "[]",

    holds: (element) => element.localName === "noticeboard-preview",

    show(problems) {
      const said = JSON.stringify(problems);
      if (said === this.said) return;
      this.said = said;
      this.clear();
      if (!problems || problems.shown.length === 0) return;
      const dialog = make("dialog");
      const title = make("h1", words.faulty);
      title.id = "title";
      dialog.lang = words.lang;
      dialog.setAttribute("aria-labelledby", "title");
      dialog.append(title);
      for (const problem of problems.shown) dialog.append(this.problem(problem));
      if (problems.more) dialog.append(make("p", words.more.replace("{count}", problems.more)));
      const foot = make("div", "", "foot");
      if (shown.page) foot.append(make("p", words.stands));
      const hide = make("button", words.hide);
      hide.type = "button";
      hide.onclick = () => dialog.close();
      foot.append(hide);
      dialog.append(foot);
      this.pill = make("button", `⚠ ${problems.shown.length + problems.more}`, "pill");
      this.pill.type = "button";
      this.pill.title = words.faulty;
      this.pill.hidden = true;
      this.pill.onclick = () => {
        this.pill.hidden = true;
        dialog.showModal();
      };
      dialog.onclose = () => {
        if (this.pill) this.pill.hidden = false;
      };
      this.dialog = dialog;
      ground().append(dialog, this.pill);
      dialog.showModal();
    },

    problem({ code, file, line, column, message, help, excerpt, editor }) {
      const section = make("section");
      const head = make("h2", message);
      if (code) head.prepend(make("b", code), " ");
      section.append(head);
      if (file) {
        const place = make("p", "", "place");
        place.append(make("code", `${file}:${line}:${column}`));
        if (editor) {
          const link = make("a", words.open);
          link.href = editor;
          place.append(" ", link);
        }
        section.append(place);
      }
      if (excerpt.some((part) => part.trim())) {
        const line = make("pre", excerpt[0]);
        line.append(make("mark", excerpt[1] || "\u200b"), excerpt[2]);
        section.append(line);
      }
      for (const text of help) section.append(make("p", words.mend + text, "mend"));
      return section;
    },

    clear() {
      if (this.dialog) {
        this.dialog.onclose = null;
        this.dialog.close();
        this.dialog.remove();
        this.pill.remove();
      }
      this.dialog = this.pill = null;
    },
  };

  const notice = {
    line: null,

    show() {
      if (this.line || !words) return;
      this.line = make("p", words.lost, "lost");
      this.line.lang = words.lang;
      this.line.setAttribute("role", "status");
      ground().append(this.line);
    },

    hide() {
      if (this.line) this.line.remove();
      this.line = null;
    },
  };

  // It runs before the scripts of the site, and they decide what is seen.
  document.addEventListener("DOMContentLoaded", restore);
  listen();
})();
