// Fields that the CMS does not have: a text in one language or several, something that may be short or have details, and
// pairs that leave no trace where there are none. The first two show what is written in either way and write the shorter one
// where it says all. Written by noticeboard schema --cms.

(() => {
  const { CMS, createClass, h } = window;
  /** The site's languages, the first one first: the tag, the key under which texts stand, and the name. */
  const languages = «languages»;
  const plain = (value) => (value && typeof value.toJS === "function" ? value.toJS() : value);

  /** The language of the side of the form that an element stands on; nothing if there is one side for all languages. */
  const sideOf = (element) => {
    const side = element.closest("[data-locale]")?.dataset.locale;
    return languages.some(({ tag }) => tag === side) ? side : undefined;
  };

  /** A line or a box for a string. */
  const box = ({ id, label, lang, long, value, change, type = "text", min, max }) =>
    h(
      "label",
      { className: "nb-row", key: id },
      label ? h("span", { className: "nb-name" }, label) : null,
      h(long ? "textarea" : "input", {
        id,
        lang,
        className: "nb-box",
        ...(long ? { rows: 3 } : { type, min, max, step: type === "number" ? "any" : undefined }),
        value: value ?? "",
        onChange: (event) => change(event.target.value),
      }),
    );

  /** The rows of a text: one for each language, of which the first is what a text without languages is in. */
  function rows({ id, long, value, change, side }) {
    const [first] = languages;
    if (side && side !== first.tag) {
      return [box({ id, lang: side, long, value: typeof value === "string" ? value : "", change: (text) => change(text || undefined) })];
    }
    const texts = typeof value === "string" ? { [first.key]: value } : { ...value };
    // A language may be named by its tag or by a word for it; what is there stays under its key.
    const keyOf = ({ tag, key }) => (texts[tag] === undefined ? key : tag);
    // What is written in a language that the site has no longer is kept.
    const change1 = (key) => (text) => {
      const next = { ...texts };
      if (text) next[key] = text;
      else delete next[key];
      const keys = Object.keys(next);
      change(keys.length === 0 ? undefined : keys.length === 1 && keys[0] === keyOf(first) ? next[keys[0]] : next);
    };
    // Where each language has a side of its own, its texts are written there; what stands here in others is shown.
    const shown = languages.filter((language) => !side || language === first || texts[keyOf(language)] !== undefined);
    return shown.map((language) =>
      box({
        id: language === first ? id : `${id}-${language.tag}`,
        label: shown.length > 1 ? language.name : "",
        lang: language.tag,
        long,
        value: texts[keyOf(language)],
        change: change1(keyOf(language)),
      }),
    );
  }

  const Text = createClass({
    getInitialState() {
      return { side: undefined };
    },
    render() {
      const { field, forID, onChange, value } = this.props;
      const seen = (element) => {
        const side = element ? sideOf(element) : this.state?.side;
        if (side !== this.state?.side) this.setState({ side });
      };
      return h(
        "div",
        { className: "nb-field", ref: seen },
        rows({
          id: forID,
          long: field.get("long"),
          value: plain(value),
          change: onChange,
          side: this.state?.side,
        }),
      );
    },
  });

  /** One of the details of something. */
  function detail({ id, field, value, change }) {
    const label = field.label;
    if (field.widget === "noticeboard-text")
      return h("fieldset", { className: "nb-details", key: id }, h("legend", null, label), rows({ id, long: field.long, value, change }));
    if (field.widget === "select")
      return h(
        "label",
        { className: "nb-row", key: id },
        h("span", { className: "nb-name" }, label),
        h(
          "select",
          { id, className: "nb-box", value: value ?? "", onChange: (event) => change(event.target.value || undefined) },
          h("option", { value: "" }, "—"),
          field.options.map((option) => h("option", { key: option.value ?? option, value: option.value ?? option }, option.label ?? option)),
        ),
      );
    if (field.widget === "boolean")
      return h(
        "label",
        { className: "nb-row", key: id },
        h("input", { id, type: "checkbox", checked: value === true, onChange: (event) => change(event.target.checked || undefined) }),
        h("span", null, label),
      );
    const type = { number: "number", datetime: "date" }[field.widget] ?? "text";
    const read = (text) => (text === "" ? undefined : type === "number" ? Number(text) : text);
    return box({ id, label, value, type, min: field.min, max: field.max, change: (text) => change(read(text)) });
  }

  const Short = createClass({
    render() {
      const { field, forID, onChange, value: written } = this.props;
      const short = field.get("short");
      const value = plain(written);
      const all = value !== null && typeof value === "object" ? value : value === undefined || value === "" ? {} : { [short]: value };
      const change = (name) => (part) => {
        const next = { ...all };
        if (part === undefined) delete next[name];
        else next[name] = part;
        const names = Object.keys(next);
        onChange(names.length === 0 ? undefined : names.length === 1 && names[0] === short ? next[short] : next);
      };
      const parts = plain(field.get("fields"));
      const shown = (part) => detail({ id: `${forID}-${part.name}`, field: part, value: all[part.name], change: change(part.name) });
      const has = parts.some(({ name }) => name !== short && all[name] !== undefined);
      return h(
        "div",
        { className: "nb-field" },
        parts.filter(({ name }) => name === short).map(shown),
        h(
          "details",
          { className: "nb-more", open: has || undefined },
          h("summary", null, field.get("more")),
          h("div", { className: "nb-field" }, parts.filter(({ name }) => name !== short).map(shown)),
        ),
      );
    },
  });

  /** Names with what they stand for, a pair in each row; the last row is empty, for one more. */
  const Pairs = createClass({
    getInitialState() {
      return { rows: undefined };
    },
    render() {
      const { field, forID, onChange, value } = this.props;
      const rows = this.state?.rows ?? Object.entries(plain(value) ?? {});
      const change = (row, part) => (event) => {
        const next = [...rows, ["", ""]].map((pair) => [...pair]);
        next[row][part] = event.target.value;
        const kept = next.filter(([name, text]) => name || text);
        this.setState({ rows: kept });
        const named = kept.filter(([name]) => name);
        onChange(named.length > 0 ? Object.fromEntries(named) : undefined);
      };
      const labels = [field.get("key_label"), field.get("value_label")];
      const line = (pair, row) =>
        h(
          "div",
          { className: "nb-pair", key: row },
          pair.map((text, part) =>
            h("input", {
              key: part,
              id: row === 0 && part === 0 ? forID : `${forID}-${row}-${part}`,
              className: "nb-box",
              type: "text",
              "aria-label": labels[part],
              placeholder: labels[part],
              value: text,
              onChange: change(row, part),
            }),
          ),
        );
      return h("div", { className: "nb-field" }, [...rows, ["", ""]].map(line));
    },
  });

  CMS.registerFieldType("noticeboard-text", Text);
  CMS.registerFieldType("noticeboard-short", Short);
  CMS.registerFieldType("noticeboard-pairs", Pairs);
})();
