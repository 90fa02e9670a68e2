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
