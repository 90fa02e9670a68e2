// The buttons for the look: the elder mode, the size of its type; at the foot of the page, colours. look.js puts on what was chosen before.
(function () {
  const root = document.documentElement;
  const tools = document.querySelector("[data-tools]");
  if (!tools) return;
  const sizes = ["18", "20", "24", "30"];
  const find = (what) => tools.querySelector(`[data-do="${what}"]`);
  const said = tools.querySelector("[data-said]");
  const choice = document.querySelector("[data-colours-choice]");
  const colours = choice && choice.querySelector("select");

  const keep = () => {
    try {
      const { mode, size, colours } = root.dataset;
      localStorage.setItem("noticeboard-look", JSON.stringify({ mode, size, colours }));
    } catch (closed) {
      // The choice then holds for this page only.
    }
  };

  const show = () => {
    const at = sizes.indexOf(root.dataset.size || sizes[0]);
    find("smaller").disabled = at === 0;
    find("larger").disabled = at === sizes.length - 1;
    if (colours) colours.value = root.dataset.colours || "";
    if (root.dataset.mode === "elder") loadReader();
  };

  // Only who uses the elder mode fetches what reads aloud.
  const loadReader = () => {
    const source = tools.dataset.reader;
    if (!source) return;
    delete tools.dataset.reader;
    const script = document.createElement("script");
    script.src = source;
    document.head.append(script);
  };

  const enter = (elder) => {
    if (elder) root.dataset.mode = "elder";
    else delete root.dataset.mode;
    document.dispatchEvent(new CustomEvent("noticeboard:mode"));
    (elder ? find("usual") : find("elder")).focus();
    scrollTo(0, 0);
  };

  const step = (by) => {
    const at = sizes.indexOf(root.dataset.size || sizes[0]) + by;
    const size = sizes[Math.max(0, Math.min(sizes.length - 1, at))];
    root.dataset.size = size;
    said.textContent = tools.dataset.size.replace("{n}", size);
  };

  const does = {
    elder: () => enter(true),
    usual: () => enter(false),
    smaller: () => step(-1),
    larger: () => step(1),
  };

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const act = button && does[button.dataset.do];
    if (!act) return;
    act();
    keep();
    show();
  });
  if (colours) {
    colours.addEventListener("change", () => {
      if (colours.value) root.dataset.colours = colours.value;
      else delete root.dataset.colours;
      keep();
    });
    choice.hidden = false;
  }

  tools.hidden = false;
  show();
})();
