// How a page that is shown becomes the page that it should be without being loaded again.
//
// Before the site's own scripts run, the page is copied, and of each node of the copy it is kept which node of the page it
// is. Later the copy is compared with the page as it should be, both as they were written, and what differs is changed on
// the page and in the copy: words, addresses, parts that come or go. Where a script of the site may have a hand in it (data
// for scripts, forms, whatever is no longer as it was written) nothing is changed, and the page has to be loaded.
const renewal = (() => {
  "use strict";
  /** Attributes that are for readers, and the elements on which they are: none means all. */
  const PLAIN = { "aria-label": null, alt: null, title: null, content: "meta:not([http-equiv])", datetime: "time", href: "a", src: "img" };
  /** Elements that scripts make something of, or that are scripts. */
  const HANDS = "audio, base, button, canvas, dialog, embed, form, iframe, input, link, meta, object, option, script, select, slot, style, template, textarea, video";
  /** Data for search engines, which no script of a page reads. */
  const DATA = 'script[type="application/ld+json"]';
  const own = document.currentScript.getAttribute("src");
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

  /** Of a copy's node, which one of the page it is. */
  const live = new WeakMap();

  function pair(copy, node) {
    live.set(copy, node);
    const children = [...node.childNodes];
    [...copy.childNodes].forEach((child, number) => pair(child, children[number]));
  }

  /** Leaves out what is read differently with scripts and without, and the element that the preview adds. */
  function bare(root) {
    for (const element of root.querySelectorAll("noscript, script[src]")) {
      if (element.localName === "noscript" || element.getAttribute("src") === own) element.remove();
    }
    return root;
  }

  // A document of its own loads no pictures and runs nothing.
  const copy = document.implementation.createHTMLDocument("").importNode(document.documentElement, true);
  pair(copy, document.documentElement);
  bare(copy);

  const touched = (element) =>
    element.matches(HANDS) || element.localName.includes("-") || [...element.attributes].some(({ name }) => /^(data-|on)/.test(name));
  const untouched = (node) => !isElement(node) || ![node, ...node.querySelectorAll("*")].some(touched);
  /** Whether a node of the page is still what was written, where it was written. */
  const stands = (was) => live.get(was).parentNode === live.get(was.parentNode) && live.get(was).isEqualNode(was);

  /** Adds what makes one node the other; false if that cannot be done here. */
  function compare(was, is, steps) {
    if (was.isEqualNode(is)) return true;
    if (was.nodeType !== is.nodeType || was.nodeName !== is.nodeName) return false;
    const node = live.get(was);
    if (!isElement(was)) {
      steps.push(() => [node, was].forEach((text) => (text.data = is.data)));
      return node.data === was.data;
    }
    if (was.matches(HANDS) && !was.matches(`${DATA}, meta`)) return false;
    return attributes(was, is, node, steps) && children(was, is, node, steps);
  }

  function attributes(was, is, node, steps) {
    const names = new Set([...was.getAttributeNames(), ...is.getAttributeNames()]);
    for (const name of names) {
      const [before, after] = [was.getAttribute(name), is.getAttribute(name)];
      if (before === after) continue;
      // The look that a reader chose is on the page before it is copied.
      if (was === copy && after === null && name.startsWith("data-")) continue;
      const isPlain = name in PLAIN && (PLAIN[name] === null || was.matches(PLAIN[name]));
      if (!isPlain || before === null || after === null || node.getAttribute(name) !== before) return false;
      steps.push(() => [node, was].forEach((element) => element.setAttribute(name, after)));
    }
    return true;
  }

  function children(was, is, node, steps) {
    const [before, after] = [[...was.childNodes], [...is.childNodes]];
    const least = Math.min(before.length, after.length);
    let start = 0;
    while (start < least && before[start].isEqualNode(after[start])) start += 1;
    let end = 0;
    while (end < least - start && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end += 1;
    const old = before.slice(start, before.length - end);
    const fresh = after.slice(start, after.length - end);
    const within = [];
    if (old.length === fresh.length && old.every((child, number) => compare(child, fresh[number], within))) {
      steps.push(...within);
      return true;
    }
    const next = before[before.length - end];
    const beside = next || old.at(-1) || before[start - 1];
    if (!old.every((child) => untouched(child) && stands(child)) || !fresh.every(untouched)) return false;
    if (was.matches(HANDS) || (beside && live.get(beside).parentNode !== node)) return false;
    steps.push(() => {
      const place = beside ? (next ? live.get(next) : live.get(beside).nextSibling) : node.firstChild;
      for (const child of fresh) {
        const shown = document.importNode(child, true);
        node.insertBefore(shown, place);
        was.insertBefore(child, next || null);
        pair(child, shown);
      }
      for (const child of old) {
        live.get(child).remove();
        child.remove();
      }
    });
    return true;
  }

  return {
    /** Makes the page shown that of a document; false if it has to be loaded, and then nothing is changed. */
    take(page) {
      const steps = [];
      if (!compare(copy, bare(page.documentElement), steps) || steps.length === 0) return false;
      for (const step of steps) step();
      return true;
    },
  };
})();

