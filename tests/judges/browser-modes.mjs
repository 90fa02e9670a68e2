// The browser judge's checks of one page in the looks that a reader may choose or need: the elder mode, colours, zoom,
// the keyboard, colours of the system's own, no script. They share the page's load and leave it as it was.

import { clippedText, coveringParts, deadControls, lowLines, overflow, smallTargets, smallType, textSize } from "./browser-page.mjs";

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const smallest = { width: 320, height: 640 };
/** How many stops of the Tab key are walked at most: long lists of links are alike. */
const mostStops = 150;

/** Checks after which the page is as before; `axe(page, rules)` gives violations. */
export async function judgeModes(page, check, axe) {
  await page.setViewportSize(desk);
  check("keyboard walk", await keyboardWalk(page));

  await page.setViewportSize({ width: 640, height: 450 });
  check("zoom of 200 %", await page.evaluate(overflow));
  await page.setViewportSize(desk);
  await page.evaluate(textSize, 200);
  // A screen is drawn anew when its window has another size, which it hears of with the next frame.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  check("text of 200 %", [...(await page.evaluate(overflow)), ...(await page.evaluate(clippedText))]);
  await page.evaluate(textSize, null);

  await page.emulateMedia({ forcedColors: "active" });
  check("contrast in forced colours", await axe(["color-contrast"]));
  await page.emulateMedia({ forcedColors: "none" });

  await elderMode(page, check, axe);
  await highContrast(page, check, axe);
}

async function elderMode(page, check, axe) {
  const button = page.locator('[data-do="elder"]');
  if ((await button.count()) === 0) return;
  await page.setViewportSize(phone);
  await button.click();
  // Its style sheet is fetched when it is wanted.
  await page.waitForFunction(() => parseFloat(getComputedStyle(document.documentElement).fontSize) >= 24, null, { timeout: 5000 }).catch(() => {});
  check("elder mode: axe with contrast of 7", await axe(["color-contrast-enhanced"]));
  check("elder mode: type of 18 pt", await page.evaluate(smallType, 24));
  check("elder mode: lines of 1.5", await page.evaluate(lowLines, 1.5));
  check("elder mode: targets of 60 px", await page.evaluate(smallTargets, 60));
  check("elder mode: nothing covers the page", await page.evaluate(coveringParts));
  for (const screen of [phone, smallest, desk]) {
    await page.setViewportSize(screen);
    check(`elder mode: no sideways scrolling at ${screen.width} px`, await page.evaluate(overflow));
  }
  await page.setViewportSize(phone);
  for (let step = 0; step < 3; step += 1) await page.locator('[data-do="larger"]').click();
  const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  check("elder mode: the largest type is 30 pt", size === "40px" ? [] : [`it is ${size}`]);
  check("elder mode: no sideways scrolling with the largest type", [...(await page.evaluate(overflow)), ...(await page.evaluate(clippedText))]);
  await page.locator('[data-do="usual"]').click();
  const left = await page.evaluate(() => document.documentElement.dataset.mode);
  check("elder mode: the way back", left === undefined ? [] : [`the mode is still ${left}`]);
}

async function highContrast(page, check, axe) {
  const colours = page.locator('[data-do="colours"]');
  if ((await colours.count()) === 0) return;
  await page.setViewportSize(desk);
  // Dark that was chosen has the colours of the dark that the device asks for; the build compares tokens in every look.
  await colours.selectOption("contrast");
  check("colours “contrast”: contrast of 7", await axe(["color-contrast-enhanced"]));
  await colours.selectOption("");
}

/** Tab reaches every control in turn, each shows that it has the focus, and none keeps it. */
async function keyboardWalk(page) {
  const wanted = await page.evaluate(() => {
    const controls = "a[href],button,input,select,textarea,summary,[tabindex]";
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
    const reachable = [...document.querySelectorAll(controls)].filter((e) => shown(e) && e.tabIndex >= 0 && !e.disabled && e.type !== "hidden");
    // Of a group of radio buttons the Tab key reaches one.
    const stops = reachable.filter((e) => e.type !== "radio" || e === (document.querySelector(`input[name="${CSS.escape(e.name)}"]:checked`) ?? document.querySelector(`input[name="${CSS.escape(e.name)}"]`)));
    const walk = { stops, reached: new Set(), faults: [] };
    const look = (element) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, textDecoration } = getComputedStyle(element);
      return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth, boxShadow, borderColor, backgroundColor, textDecoration].join("|");
    };
    const before = new Map(stops.map((element) => [element, look(element)]));
    walk.listener = ({ target }) => {
      walk.reached.add(target);
      const name = target.cloneNode(false).outerHTML.slice(0, 120);
      if (before.has(target) && before.get(target) === look(target)) walk.faults.push(`the focus does not show on ${name}`);
      const box = target.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) walk.faults.push(`the focus is on something that nobody sees: ${name}`);
    };
    document.addEventListener("focusin", walk.listener);
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    window.keyboardWalk = walk;
    return stops.length;
  });
  // The first press goes into the page from its beginning.
  for (let pressed = 0; pressed < Math.min(wanted, mostStops); pressed += 1) await page.keyboard.press("Tab");
  return page.evaluate((most) => {
    const { stops, reached, faults, listener } = window.keyboardWalk;
    document.removeEventListener("focusin", listener);
    document.activeElement?.blur();
    const missed = stops.slice(0, most).filter((element) => !reached.has(element));
    return [...new Set(faults), ...missed.map((element) => `the Tab key does not reach ${element.cloneNode(false).outerHTML.slice(0, 120)}`)].slice(0, 6);
  }, mostStops);
}

/** The same page in a browser that runs no scripts: it says as much, and nothing stands there that does nothing. */
export async function judgeWithoutScript(browser, address, textWithScript, check) {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "domcontentloaded" });
    const text = await page.evaluate(() => document.querySelector("main")?.innerText.trim() ?? "");
    const lost = text.length < textWithScript * 0.6 ? [`the main text has ${text.length} characters, ${textWithScript} with a script`] : [];
    check("without a script", [...lost, ...(await page.evaluate(deadControls))]);
  } finally {
    await context.close();
  }
}
