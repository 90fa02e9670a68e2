// The browser judge's check of reading aloud. The judge's browser has no voice, so one is put in its place that
// says nothing and remembers what it was given.

/** Reads a page in the elder mode: each sentence in its language and marked; without a voice that is said in words. */
export async function judgeReading(browser, address, lang, check) {
  const voiced = await tried(browser, address, lang, [lang.startsWith("zh") ? "zh-CN" : lang, "xx"]);
  const problems = [];
  if (voiced.spoken.length < 3) problems.push(`of the page ${voiced.spoken.length} sentences are spoken`);
  if (voiced.spoken.some((sentence) => sentence.marked.replace(/\s/g, "") !== sentence.text.replace(/\s/g, "")))
    problems.push("a sentence is spoken and something else is marked");
  if (voiced.spoken.some((sentence) => !sentence.lang.startsWith(lang.split("-")[0]))) problems.push("a sentence is spoken in another language");
  if (!voiced.stopped) problems.push("it does not stop");
  if (voiced.markedAfter) problems.push("something is marked after the end");
  check("reading aloud", problems);
  const silent = await tried(browser, address, lang, []);
  check("reading aloud without a voice says so", silent.said ? [] : ["nothing is said"]);
}

async function tried(browser, address, lang, voices) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(silentVoice, voices);
    await page.goto(address, { waitUntil: "load" });
    await page.locator('[data-do="elder"]').click();
    await page.locator('[data-do="read"]').click();
    if (voices.length > 0) await page.waitForFunction(() => window.spoken.length >= 3, null, { timeout: 10_000 }).catch(() => {});
    else await page.waitForFunction(() => document.querySelector("[data-said]").textContent, null, { timeout: 10_000 }).catch(() => {});
    const said = await page.evaluate(() => document.querySelector("[data-said]").textContent);
    const stop = page.locator('[data-do="stop"]');
    await page.evaluate(() => { window.cancelled = false; });
    if (await stop.isVisible()) await stop.click();
    return await page.evaluate((text) => ({
      said: text,
      spoken: window.spoken,
      stopped: window.cancelled,
      markedAfter: CSS.highlights.has("spoken"),
    }), said);
  } finally {
    await context.close();
  }
}

/** Runs in the page: a voice that takes 20 ms for a sentence, but for the third, which it never ends: there is something to stop. */
function silentVoice(tags) {
  window.spoken = [];
  window.cancelled = false;
  let turn = 0;
  const voice = {
    getVoices: () => tags.map((lang) => ({ lang, name: lang })),
    addEventListener: () => {},
    cancel: () => {
      turn += 1;
      window.cancelled = true;
    },
    speak: (utterance) => {
      const mine = turn;
      setTimeout(() => {
        if (mine !== turn) return;
        utterance.onstart();
        const ranges = [...(CSS.highlights.get("spoken") ?? [])];
        window.spoken.push({ text: utterance.text, lang: utterance.lang, marked: ranges.map(String).join("") });
        if (window.spoken.length < 3) setTimeout(() => { if (mine === turn) utterance.onend(); }, 10);
      }, 10);
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}
