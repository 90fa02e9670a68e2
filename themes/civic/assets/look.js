// The look that the reader chose, put on before anything is painted. It stands in the head, so it does nothing else;
// look-tools.js has the buttons. What is kept: mode "elder", size in pt, colours "light", "dark" or "contrast".
(function () {
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    const kept = JSON.parse(localStorage.getItem("noticeboard-look")) || {};
    if (kept.mode === "elder") root.dataset.mode = "elder";
    if (["20", "24", "30"].includes(kept.size)) root.dataset.size = kept.size;
    if (["light", "dark", "contrast"].includes(kept.colours)) root.dataset.colours = kept.colours;
  } catch (nothingKept) {
    // Storage that is closed or holds something else: the page as it is.
  }
})();
