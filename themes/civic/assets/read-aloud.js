// Reads the page aloud with the device's own voice, sentence by sentence, and marks the one that is spoken. Each sentence
// is spoken in the language that the page says it is in. Where the device has no voice, that is said in words.
(function () {
  const tools = document.querySelector("[data-tools]");
  const main = document.querySelector("main");
  const read = tools.querySelector('[data-do="read"]');
  const stop = tools.querySelector('[data-do="stop"]');
  const said = tools.querySelector("[data-said]");
  const voice = window.speechSynthesis;
  const blocks = "p,li,h1,h2,h3,h4,h5,h6,dt,dd,th,td,caption,figcaption,summary,blockquote,pre,div,section";
  // How long a device may take to list its voices.
  const patience = 1500;
  let turn = 0;

  const tell = (words) => { said.textContent = words || ""; };
  const languageOf = (element) => element.closest("[lang]").lang;

  /** The texts of the page in order, those that belong to one line together; what nobody sees is not read. */
  const lines = () => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("[aria-hidden=true],script,style,.visually-hidden")) continue;
      if (element.getClientRects().length === 0) continue;
      const block = element.closest(blocks);
      const lang = languageOf(element);
      const last = found[found.length - 1];
      if (last && last.block === block && last.lang === lang) last.nodes.push(node);
      else found.push({ block, lang, nodes: [node] });
    }
    return found;
  };

  /** A line's sentences, each with its place in the page. */
  const sentencesOf = ({ block, lang, nodes }) => {
    const text = nodes.map((node) => node.data).join("");
    const place = (offset) => {
      let node = 0;
      while (node < nodes.length - 1 && offset > nodes[node].data.length) offset -= nodes[node++].data.length;
      return [nodes[node], Math.min(offset, nodes[node].data.length)];
    };
    const sentences = [];
    const pattern = /[^。！？；!?;\n]+?(?:[。！？；!?;]+[”’）」』)]*|\.(?=\s|$)|\n|$)/g;
    for (let match = pattern.exec(text); match && match[0]; match = pattern.exec(text)) {
      const words = match[0].trim();
      if (!/[\p{L}\p{N}]/u.test(words)) continue;
      const range = document.createRange();
      range.setStart(...place(match.index + match[0].indexOf(words[0])));
      range.setEnd(...place(match.index + match[0].trimEnd().length));
      sentences.push({ words, lang, block, range });
    }
    return sentences;
  };

  // How the sentence is marked; written here because checkers of style sheets do not know it yet.
  const highlights = Boolean(window.CSS && CSS.highlights && window.Highlight && document.adoptedStyleSheets);
  if (highlights) {
    const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`::highlight(spoken) { background-color: ${token("--spoken")}; color: ${token("--spoken-ink")}; }
      @media (forced-colors: active) { ::highlight(spoken) { background-color: Mark; color: MarkText; } }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  const mark = (sentence) => {
    unmark();
    if (highlights) CSS.highlights.set("spoken", new Highlight(sentence.range));
    else sentence.block.classList.add("spoken");
    sentence.range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  };
  const unmark = () => {
    if (highlights) CSS.highlights.delete("spoken");
    for (const element of main.querySelectorAll(".spoken")) element.classList.remove("spoken");
  };

  /** The voice for a language: `zh-Hans` is spoken by `zh-CN`, traditional and Cantonese voices come last. */
  const voiceFor = (lang, voices) => {
    const language = lang.split("-")[0];
    const wanted = language === "zh" ? ["zh-cn", "cmn", "zh"] : [lang.toLowerCase(), language];
    const tags = voices.map((one) => one.lang.toLowerCase().replace("_", "-"));
    for (const tag of wanted) {
      const at = tags.findIndex((known) => known === tag || known.startsWith(`${tag}-`));
      if (at >= 0) return voices[at];
    }
    return null;
  };

  const voicesOf = () => new Promise((resolve) => {
    const known = voice.getVoices();
    if (known.length > 0) {
      resolve(known);
      return;
    }
    const done = () => resolve(voice.getVoices());
    if (voice.addEventListener) voice.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, patience);
  });

  const end = () => {
    turn += 1;
    if (voice) voice.cancel();
    unmark();
    stop.hidden = true;
    read.hidden = false;
  };

  const speak = (sentences, voices, mine) => {
    const next = sentences.shift();
    if (mine !== turn) return;
    if (!next) {
      end();
      tell(tools.dataset.readAll);
      read.focus();
      return;
    }
    const chosen = voiceFor(next.lang, voices);
    const utterance = new SpeechSynthesisUtterance(next.words);
    utterance.lang = chosen.lang;
    utterance.voice = chosen;
    utterance.rate = 0.9;
    utterance.onstart = () => { if (mine === turn) mark(next); };
    utterance.onend = () => speak(sentences, voices, mine);
    utterance.onerror = () => {
      if (mine !== turn) return;
      end();
      tell(tools.dataset.noVoice);
    };
    window.noticeboardSpeaks = utterance; // Or the browser may forget it before it ends.
    voice.speak(utterance);
  };

  const begin = async () => {
    if (!voice || !window.SpeechSynthesisUtterance) {
      tell(tools.dataset.noVoice);
      return;
    }
    end();
    const mine = turn;
    const voices = await voicesOf();
    if (mine !== turn) return;
    if (!voiceFor(document.documentElement.lang, voices)) {
      tell(tools.dataset.noVoice);
      return;
    }
    tell("");
    read.hidden = true;
    stop.hidden = false;
    stop.focus();
    // A name in another language that the device cannot speak is passed over.
    const spoken = lines().flatMap(sentencesOf).filter((sentence) => voiceFor(sentence.lang, voices));
    speak(spoken, voices, mine);
  };

  // Until this script is here there is nothing to press.
  read.disabled = false;
  read.addEventListener("click", begin);
  stop.addEventListener("click", () => {
    end();
    read.focus();
  });
  document.addEventListener("noticeboard:mode", end);
  addEventListener("pagehide", end);
})();
