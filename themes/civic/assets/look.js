// The look that the reader chose, put on before anything is painted. It stands in the head, so it does nothing else;
// look-tools.js has the buttons. What is kept: mode "elder", size in pt, colours "light", "dark" or "contrast".
// The style sheet of the elder mode is fetched by those who use it; a page that comes in that mode is shown when it is here.
(function () {
  const root = document.documentElement;
  const script = document.currentScript;
  let fetched = !script.dataset.elder;
  const dress = () => {
    if (fetched || root.dataset.mode !== "elder") return;
    fetched = true;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = script.dataset.elder;
    if (!document.body) {
      root.dataset.waiting = "";
      sheet.onload = sheet.onerror = () => delete root.dataset.waiting;
    }
    document.head.append(sheet);
  };
  root.dataset.script = "";
  document.addEventListener("noticeboard:mode", dress);
  try {
    const kept = JSON.parse(localStorage.getItem("noticeboard-look")) || {};
    if (kept.mode === "elder") root.dataset.mode = "elder";
    if (["20", "24", "30"].includes(kept.size)) root.dataset.size = kept.size;
    if (["light", "dark", "contrast"].includes(kept.colours)) root.dataset.colours = kept.colours;
  } catch (nothingKept) {
    // Storage that is closed or holds something else: the page as it is.
  }
  dress();
})();
