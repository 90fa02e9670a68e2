// Functions of the browser judge that run inside the page. Each stands alone (the browser is handed its text)
// and returns a list of problems.

/** The page must scroll in one direction only: down, or sideways where the text runs in columns (Mongolian). */
export function overflow() {
  const root = document.scrollingElement;
  const vertical = [document.documentElement, document.body].some((e) => getComputedStyle(e).writingMode.startsWith("vertical"));
  const [content, room] = vertical ? [root.scrollHeight, innerHeight] : [root.scrollWidth, innerWidth];
  if (content <= room) return [];
  const scrolls = (element) => getComputedStyle(element).overflowX !== "visible" || (element.parentElement && element.parentElement !== document.body && scrolls(element.parentElement));
  const culprits = [...document.body.querySelectorAll("*")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return (vertical ? box.bottom > room + 1 : box.right > room + 1 || box.left < -1) && !(element.parentElement && scrolls(element.parentElement));
    })
    .slice(0, 4)
    .map((element) => `    ${element.cloneNode(false).outerHTML.slice(0, 120)}`);
  return [`the page is ${content} px ${vertical ? "high" : "wide"} in ${room} px`, ...culprits];
}

/** Paper does not scroll: what a scroller hides on screen must be laid open in print. */
export function newlyLostOnPaper() {
  return [...document.querySelectorAll("body *")]
    .filter((element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
    .map((element) => `cut off in print: ${element.cloneNode(false).outerHTML.slice(0, 120)}`);
}

/** What cannot be used on paper: navigation and controls. */
export function furnitureOnPaper() {
  return [...document.querySelectorAll("nav,button,select,input:not([type=hidden]),textarea,form")]
    .filter((element) => element.checkVisibility())
    .map((element) => `printed: ${element.cloneNode(false).outerHTML.slice(0, 110)}`)
    .slice(0, 4);
}

/** The spacing a reader may set by WCAG 1.4.12; set so that a content security policy does not stop it. */
export function textSpacing() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Elements whose text is cut off, other than those hidden from the eye on purpose (at most 1 px). */
export function clippedText() {
  return [...document.querySelectorAll("body *")]
    .filter((element) => {
      const style = getComputedStyle(element);
      const clips = [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
      if (!clips || !element.textContent.trim() || element.closest("svg")) return false;
      if (element.clientWidth <= 1 || element.clientHeight <= 1 || style.clipPath !== "none") return false;
      return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    })
    .map((element) => `text is cut off: ${element.cloneNode(false).outerHTML.slice(0, 120)}`);
}

/** Sets the size of the root's text in per cent of what it is, or with `null` as the page has it. */
export function textSize(percent) {
  const others = document.adoptedStyleSheets.filter((sheet) => !sheet.isTextSize);
  document.adoptedStyleSheets = others;
  if (percent === null) return;
  const sheet = new CSSStyleSheet();
  sheet.isTextSize = true;
  const size = (parseFloat(getComputedStyle(document.documentElement).fontSize) * percent) / 100;
  sheet.replaceSync(`html { font-size: ${size}px !important; }`);
  document.adoptedStyleSheets = [...others, sheet];
}

/** Text that is set smaller than so many px. */
export function smallType(px) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg,script,style,option") || !element.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < px - 0.1) found.set(element, `type of ${size} px: ${element.cloneNode(false).outerHTML.slice(0, 100)}`);
  }
  return [...found.values()].slice(0, 6);
}

/** Text whose lines are lower than so many times its size. */
export function lowLines(least) {
  const holds = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return [...document.body.querySelectorAll("*:not(svg *, script, style, option, select)")]
    .filter((element) => holds(element) && element.checkVisibility())
    .map((element) => [element, getComputedStyle(element)])
    .filter(([, { lineHeight, fontSize }]) => lineHeight !== "normal" && parseFloat(lineHeight) < least * parseFloat(fontSize) - 0.1)
    .map(([element, { lineHeight, fontSize }]) => `lines of ${lineHeight} for type of ${fontSize}: ${element.cloneNode(false).outerHTML.slice(0, 100)}`)
    .slice(0, 6);
}

/** What is pressed and is smaller than so many px in one direction; a link within a line of text may be as high as it. */
export function smallTargets(px) {
  const words = (node) => (node.nodeType === Node.TEXT_NODE ? node.data : node.textContent ?? "").replace(/[\s·、，,：:]/g, "");
  const withinText = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    // A telephone number is pressed with a thumb, whatever stands beside it; only in a text is it one word of many.
    if (element.matches(".phone, [href^='tel:']") && !element.closest(".prose")) return false;
    const line = element.closest("p,li,dd,dt,td,th,figcaption,caption,blockquote,div");
    return words(line).length > words(element).length;
  };
  return [...document.querySelectorAll("a[href],button,select,input:not([type=hidden]),textarea,summary")]
    .filter((element) => element.checkVisibility() && !withinText(element) && !element.matches(".skip"))
    .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect(), element.getBoundingClientRect()])
    // A link may be drawn over the whole of what it stands in.
    .map(([element, ...boxes]) => [element, ...boxes, getComputedStyle(element, "::after").position === "absolute" ? element.offsetParent?.getBoundingClientRect() : null])
    .map(([element, ...boxes]) => [element, ...["width", "height"].map((side) => Math.max(...boxes.filter(Boolean).map((box) => box[side])))])
    .filter(([, width, height]) => Math.min(width, height) < px - 0.5)
    .map(([element, width, height]) => `${Math.round(width)} × ${Math.round(height)} px: ${element.outerHTML.slice(0, 110)}`)
    .slice(0, 6);
}

/** Parts that stay in their place while the page moves: under a magnifier they cover it. */
export function coveringParts() {
  return [...document.body.querySelectorAll("*")]
    .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position) && element.checkVisibility())
    .map((element) => `stays in its place: ${element.cloneNode(false).outerHTML.slice(0, 110)}`);
}

/** Controls that only a script could answer. */
export function deadControls() {
  return [...document.querySelectorAll("button,select,input:not([type=hidden]),textarea")]
    .filter((element) => element.checkVisibility() && !element.closest("form[action]"))
    .map((element) => `nothing answers ${element.outerHTML.slice(0, 110)}`);
}
