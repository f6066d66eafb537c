// The desk: filters, map, list, reader and counts on one screen, all showing one state.

const PANES = { counts: showCounts, judged: showJudged, theme: showNewTheme, topics: showTopics };
const ROW = 58;

/** Make an element: `make("button", {class: "x", onclick: f}, "text", child)`. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && typeof value !== "string") element[name] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

class Desk {
  constructor(host, payload, link) {
    this.model = new Model(payload);
    this.link = link;
    this.host = host;
    this.numbers = new Intl.NumberFormat(payload.language);
    this.percents = new Intl.NumberFormat(payload.language, { style: "percent", maximumFractionDigits: 1 });
    // Days stand before months, as in the report.
    this.days = new Intl.DateTimeFormat(payload.language === "en" ? "en-GB" : payload.language, { dateStyle: "medium", timeZone: "UTC" });
    this.tongues = new Intl.DisplayNames([payload.language], { type: "language", fallback: "code" });
    host.setAttribute("data-lm-suppress-shortcuts", "true");
    this.root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.model.read(link.state());
    this.build();
    this.model.told.push((patch) => this.follow(patch));
    this.refresh();
    setTimeout(() => this.model.warm(), 300);
    if (this.model.state.meaning) this.searchMeaning(this.model.state.meaning);
  }

  /** Say a phrase; of two forms the one for the number `n`. */
  say(key, values = {}) {
    let phrase = this.model.phrases[key] ?? key;
    if (Array.isArray(phrase)) phrase = phrase[(this.model.language === "fr" ? values.n > 1 : values.n !== 1) ? 1 : 0];
    return phrase.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? this.numbers.format(values[name]) : values[name] ?? ""));
  }

  name(by, key) {
    const { model } = this;
    if (by === "theme") return model.themes.find(({ theme }) => theme === key)?.label ?? this.say("no_theme");
    if (by === "topic") return model.topicName.get(Number(key)) ?? this.say("outside_topics");
    if (by === "language") { try { return this.tongues.of(key) ?? key; } catch { return key; } }
    if (by === "month") return key === NONE ? this.say("undated") : key;
    return key === NONE || key === "" ? this.say("no_outlet") : key;
  }

  build() {
    const { model } = this;
    const field = (kind, label, hint, act) => {
      const input = make("input", { type: "search", "aria-label": this.say(label), placeholder: this.say(hint), value: model.state[kind], class: kind });
      input.value = model.state[kind];
      let wait = 0;
      input.addEventListener("input", () => { clearTimeout(wait); if (kind === "words" || !input.value) wait = setTimeout(() => act(input.value), 120); });
      input.addEventListener("keydown", (event) => { if (event.key === "Enter") { clearTimeout(wait); act(input.value); } });
      return input;
    };
    this.words = field("words", "heading.words", "placeholder.words", (words) => model.change({ words }));
    this.meaning = model.writes ? field("meaning", "heading.sentence", "placeholder.sentence", (text) => this.searchMeaning(text)) : null;
    this.summary = make("p", { class: "summary", role: "status" });
    this.message = make("p", { class: "message", role: "alert", hidden: true });
    const button = (key, act, extra = {}) => make("button", { type: "button", onclick: act, ...extra }, this.say(key));
    this.undo = model.writes ? button("undo", () => this.act({ do: "undo" }), { class: "undo" }) : null;
    this.again = model.can_run ? button("again", () => this.runAgain(), { class: "again" }) : null;
    this.filters = make("div", { class: "filters pane", "data-pane": "filters", role: "group", "aria-label": this.say("pane.filters") });
    this.canvas = make("canvas", { tabIndex: 0, role: "application", "aria-label": this.say("map.name") });
    this.over = make("div", { class: "over", hidden: true, "aria-hidden": "true" });
    this.coloring = this.choose("coloring", ["theme", "topic", "outlet", "language"], "color", "coloring");
    this.lasso = make("button", { type: "button", class: "lasso", "aria-pressed": "false", onclick: () => this.toggleLasso() }, this.say("lasso"));
    this.legend = make("div", { class: "legend" });
    const zooms = [["+", 1.4, "map.closer"], ["−", 0.7, "map.farther"]].map(([sign, by, key]) =>
      make("button", { type: "button", "aria-label": this.say(key), onclick: () => this.map?.zoom(by) }, sign));
    this.mapPane = make("div", { class: "map pane", "data-pane": "map" }, make("div", { class: "tools" }, this.coloring, this.lasso, zooms, button("export.map", () => this.canvas.toBlob((blob) => save("map.png", blob)))), this.canvas, this.over, this.legend);
    this.list = make("div", { class: "rows", role: "listbox", tabIndex: 0, "aria-label": this.say("list.name") });
    this.sorting = this.choose("sorting", ["strength", "newest", "oldest"], "sort", "sort");
    this.listPane = make("div", { class: "list pane", "data-pane": "list" }, make("div", { class: "tools" }, this.sorting, button("export.passages", () => this.savePassages(), { class: "save" }), this.chosenNote = make("span", { class: "note" })), this.list);
    this.reader = make("article", { class: "reader pane", "data-pane": "reader", tabIndex: 0, "aria-label": this.say("reader.name") });
    this.tabs = make("div", { class: "tabs", role: "tablist", "aria-label": this.say("pane.counts") });
    this.side = make("div", { class: "side", role: "tabpanel", tabIndex: 0, "aria-label": this.say("pane.counts") });
    this.sidePane = make("div", { class: "counts pane", "data-pane": "counts" }, this.tabs, this.side);
    this.switcher = make("div", { class: "switcher", role: "group", "aria-label": this.say("panes") }, ["filters", "map", "list", "reader", "counts"].map((pane) =>
      make("button", { type: "button", "data-to": pane, onclick: () => model.change({ pane }) }, this.say(`pane.${pane}`))));
    this.body = make("div", { class: "desk" },
      make("div", { class: "bar", role: "search" }, this.words, this.meaning, this.undo, this.again, button("clear", () => this.clear(), { class: "clear" })),
      make("div", { class: "told" }, this.summary, this.message), this.switcher, this.filters, this.mapPane, this.listPane, this.reader, this.sidePane);
    this.root.replaceChildren(make("style", {}, STYLE), this.body);
    this.body.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("scroll", () => this.drawRows());
    this.map = new PassageMap(this.canvas, model.x, model.y, (what, ...told) => this.hear(what, ...told));
    this.watch = new ResizeObserver(() => { this.map.resize(); this.drawRows(); });
    this.watch.observe(this.canvas);
    this.watch.observe(this.list);
    this.dress();
    this.light = matchMedia("(prefers-color-scheme: dark)");
    this.light.addEventListener("change", () => { this.dress(); this.paint(); });
    this.dressing = new MutationObserver(() => { this.dress(); this.paint(); });
    this.dressing.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  }

  /** Follow JupyterLab's light or dark, else that of the system. */
  dress() {
    const lab = document.body.dataset.jpThemeLight;
    this.isDark = lab ? lab === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.body.dataset.scheme = this.isDark ? "dark" : "light";
  }

  choose(label, values, key, prefix) {
    const select = make("select", { "aria-label": this.say(label), onchange: () => this.model.change({ [key]: select.value }) },
      values.map((value) => make("option", { value }, this.say(`${prefix}.${value}`))));
    select.value = this.model.state[key];
    return select;
  }

  follow(patch) {
    this.link.save(this.model.write());
    const only = (...keys) => Object.keys(patch).every((key) => keys.includes(key));
    if (only("reading", "whole", "pane")) { this.showReader(); this.scrollToReading(); this.drawRows(); this.showPane(); this.map.reading = this.row; this.map.draw(); }
    else if (only("by", "tab")) this.showSide();
    else if (only("color")) this.paint();
    else this.refresh();
  }

  refresh() {
    const { model } = this;
    this.list.scrollTop = 0;
    this.words.value !== model.state.words && this.root.activeElement !== this.words && (this.words.value = model.state.words);
    this.summarise(); this.showFilters(); this.paint(); this.drawRows(); this.showReader(); this.showSide(); this.showPane();
    if (this.undo) { this.undo.disabled = !model.ledger.length; this.undo.title = model.ledger.at(-1) ?? ""; }
  }

  get row() { return this.model.rowOf.get(this.model.state.reading) ?? -1; }

  summarise() {
    const { model } = this, stories = new Set(), articles = new Set();
    for (const row of model.listed) { articles.add(model.article[row]); stories.add(model.stories[model.article[row]]); }
    const parts = [this.say("shown", { n: model.listed.length, total: model.n }), this.say("shown.articles", { n: articles.size }), this.say("shown.stories", { n: stories.size })];
    if (model.drawn) parts.push(this.say("shown.selected", { n: model.drawn.size }));
    if (model.nearness) parts.push(this.say("shown.nearest", { most: model.most_nearest }));
    const undated = (model.state.since || model.state.until) ? model.articles.date.filter((date) => !date).length : 0;
    if (undated) parts.push(this.say("shown.undated_articles", { n: undated }));
    if (stories.size && stories.size < model.fewest_stories) parts.push(this.say("few_stories"));
    this.summary.textContent = parts.join(" · ");
  }

  showFilters() {
    const { model } = this, held = this.root.activeElement?.dataset?.key;
    const scrolls = [...this.filters.querySelectorAll(".values")].map((own) => own.scrollTop);
    const facet = (by, key, values) => {
      const chosen = new Set(model.state[key].map(String)), most = Math.max(1, ...values.map(({ shown }) => shown));
      return make("fieldset", {}, make("legend", {}, this.say(`heading.${key}`)), make("div", { class: "values" }, values.map(({ key: value, shown, color }) => {
        const box = make("input", { type: "checkbox", checked: chosen.has(String(value)), "data-key": `${key}:${value}`, onchange: () => {
          const next = new Set(chosen);
          if (!next.delete(String(value))) next.add(String(value));
          model.change({ [key]: [...next] });
        } });
        return make("label", { style: `--part:${(100 * shown) / most}%` }, box, color ? make("i", { class: "dot", style: `background:${color}` }) : null,
          make("span", { dir: "auto" }, this.name(by, value)), make("b", {}, this.numbers.format(shown)));
      })));
    };
    const colors = new Map(model.themes.map(({ theme, color }) => [theme, color]));
    const themes = model.count("theme", FAILS.themes).map((own) => ({ ...own, color: colors.get(own.key) }));
    const date = (key) => make("label", { class: "date" }, make("span", {}, this.say(`heading.${key}`)), make("input", { type: "date", value: model.state[key], "data-key": key, onchange: (event) => model.change({ [key]: event.target.value }) }));
    const near = make("label", {}, make("input", { type: "checkbox", checked: model.state.near, "data-key": "near", onchange: () => model.change({ near: !model.state.near }) }), make("span", {}, this.say("near_misses")));
    const every = model.state.themes.length > 1 ? make("label", {}, make("input", { type: "checkbox", checked: model.state.every, "data-key": "every", onchange: () => model.change({ every: !model.state.every }) }), make("span", {}, this.say("every_theme"))) : null;
    const done = model.queue.filter(({ id }) => model.judged.has(id)).length;
    const queue = model.writes && model.queue.length ? make("button", { type: "button", class: "queue", "data-key": "queue", "aria-pressed": String(model.state.queue), onclick: () => this.toggleQueue() }, this.say("queue", { done, total: model.queue.length })) : null;
    this.filters.replaceChildren(...[queue, facet("theme", "themes", themes), every, near, facet("topic", "topics", model.count("topic", FAILS.topics)), facet("outlet", "outlets", model.count("outlet", FAILS.outlets)),
      facet("language", "languages", model.count("language", FAILS.languages)), make("div", { class: "dates" }, date("since"), date("until"))].filter(Boolean));
    for (const input of this.filters.querySelectorAll("input[type=date]")) input.value = model.state[input.dataset.key];
    [...this.filters.querySelectorAll(".values")].forEach((own, i) => { own.scrollTop = scrolls[i] ?? 0; });
    if (held) this.filters.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  /** The groups of the colouring with a colour each: the largest, and grey for the rest. */
  palette() {
    const { model } = this, by = model.state.color;
    if (by === "theme") return new Map(model.themes.map(({ theme, color }) => [theme, color]));
    const named = model.count(by).filter(({ key }) => key !== -1 && key !== NONE).sort((a, b) => b.all - a.all);
    return new Map(named.slice(0, model.palette.length).map(({ key }, i) => [key, model.palette[i]]));
  }

  paint() {
    const { model } = this, by = model.state.color, palette = this.palette(), grey = model.grey;
    const packed = new Map([...palette].map(([key, color]) => [key, packColor(color, this.isDark)])), rest = packColor(grey, this.isDark);
    const colors = new Uint32Array(model.n);
    for (let row = 0; row < model.n; row++) {
      const key = by === "theme" ? model.themes[model.strongest(row)]?.theme : by === "topic" ? model.topic[row] : by === "outlet" ? model.outletOf(row) : model.languageOf(row);
      colors[row] = packed.get(key) ?? rest;
    }
    this.map.reading = this.row;
    const look = this.isDark ? { faint: 0xff423d3a, ink: "#f2f2f2", paper: "#17191c" } : { faint: 0xffe4e0dd, ink: "#1a1a1a", paper: "#ffffff" };
    this.map.paint(colors, model.shown, this.labels(), look);
    this.legend.replaceChildren(...[...palette].slice(0, 12).map(([key, color]) => make("span", {}, make("i", { class: "dot", style: `background:${color}` }), this.name(by, key))));
  }

  /** Names of topics at the middle of their passages, the largest first. */
  labels() {
    const { model } = this, sums = new Map();
    for (const row of this.map.known) {
      const topic = model.topic[row];
      if (topic < 0) continue;
      const own = sums.get(topic) ?? [0, 0, 0];
      own[0] += model.x[row]; own[1] += model.y[row]; own[2]++;
      sums.set(topic, own);
    }
    return [...sums].sort((a, b) => b[1][2] - a[1][2]).slice(0, 60).map(([topic, [x, y, n]]) => {
      const name = this.name("topic", topic);
      return { text: name.length > 34 ? `${name.slice(0, 33)}…` : name, x: x / n, y: y / n };
    });
  }

  drawRows() {
    const { model } = this, rows = model.listed, from = Math.max(0, Math.floor(this.list.scrollTop / ROW) - 4);
    const to = Math.min(rows.length, from + Math.ceil(this.list.clientHeight / ROW) + 8);
    const space = make("div", { role: "presentation", style: `height:${rows.length * ROW}px;position:relative` });
    for (let place = from; place < to; place++) space.append(this.drawRow(rows[place], place));
    if (!rows.length) space.append(make("p", { class: "note", role: "option", "aria-selected": "false" }, this.say("list.empty")));
    this.list.replaceChildren(space);
    const at = rows.indexOf(this.row);
    if (at >= from && at < to) this.list.setAttribute("aria-activedescendant", `row-${this.row}`); else this.list.removeAttribute("aria-activedescendant");
    this.chosenNote.textContent = model.chosen.size ? this.say("chosen", { n: model.chosen.size }) : "";
  }

  drawRow(row, place) {
    const { model } = this, article = model.article[row], text = model.texts[row], hits = model.search.mark(text, model.state.words);
    const start = hits.length ? Math.max(0, hits[0][0] - 40) : 0;
    const theme = model.themes[model.strongest(row)];
    return make("div", { class: `row${model.chosen.has(row) ? " chosen" : ""}`, id: `row-${row}`, role: "option", "aria-selected": String(row === this.row), "aria-posinset": place + 1, "aria-setsize": model.listed.length,
      style: `top:${place * ROW}px`, onclick: (event) => (event.ctrlKey || event.metaKey ? this.toggleChosen(row) : this.readRow(row)) },
      make("i", { class: "dot", style: `background:${theme?.color ?? model.grey}` }),
      make("div", { class: "line" }, make("strong", { dir: "auto" }, model.articles.title[article] || this.say("untitled")), make("small", {}, this.source(row))),
      make("div", { class: "text", dir: "auto", lang: this.languageOf(row) }, start ? "…" : "", ...this.marked(text, hits, start, start + 220)));
  }

  languageOf(row) { return this.model.languageOf(row); }

  source(row) {
    const { model } = this, date = model.dateOf(row);
    return [this.name("outlet", model.outletOf(row)), date ? this.days.format(new Date(`${date}T00:00:00Z`)) : this.say("undated"), model.languageOf(row)].join(" · ");
  }

  /** A part of a text with its hits marked; whatever it holds is shown as letters. */
  marked(text, hits, from = 0, to = text.length) {
    const parts = [];
    let at = from;
    for (const [start, end] of hits) {
      if (end <= at || start >= to) continue;
      parts.push(text.slice(at, Math.max(at, start)), make("mark", {}, text.slice(Math.max(at, start), Math.min(end, to))));
      at = Math.min(end, to);
    }
    return [...parts, text.slice(at, to)];
  }

  readRow(row, focus = false) {
    if (row === undefined || row < 0) return;
    const { model } = this;
    this.asked = null;
    this.answers = null;
    const narrow = getComputedStyle(this.switcher).display !== "none";
    model.change({ reading: model.ids[row], ...(narrow ? { pane: "reader" } : {}) });
    if (focus) this.list.focus();
  }

  scrollToReading() {
    const at = this.model.listed.indexOf(this.row);
    if (at < 0) return;
    const top = at * ROW, { scrollTop, clientHeight } = this.list;
    if (top < scrollTop) this.list.scrollTop = top;
    else if (top + ROW > scrollTop + clientHeight) this.list.scrollTop = top + ROW - clientHeight;
  }

  step(by) {
    const { listed } = this.model, at = listed.indexOf(this.row);
    if (listed.length) this.readRow(listed[at < 0 ? 0 : Math.max(0, Math.min(listed.length - 1, at + by))]);
  }

  showReader() {
    const { model, row } = this;
    if (row < 0) { this.reader.replaceChildren(make("p", { class: "note" }, this.say("reader.empty")), make("p", { class: "note" }, this.say(model.writes ? "keys.writing" : "keys"))); return; }
    const article = model.article[row], rows = model.rowsOf.get(article), place = rows.indexOf(row), url = model.articles.url[article];
    const title = model.articles.title[article] || this.say("untitled");
    const isSafe = /^https?:\/\//i.test(url);
    const shown = rows.filter((_, i) => model.state.whole || Math.abs(i - place) <= 1);
    const bearing = model.themes.map((theme, i) => [theme, model.bearsTheme(row, i), i]).filter(([, state]) => state === 1);
    this.reader.replaceChildren(...[
      make("header", {}, make("h3", { dir: "auto" }, isSafe ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title),
        make("p", { class: "note" }, `${this.source(row)} · ${this.say("place", { number: place + 1, total: rows.length })}`),
        make("p", { class: "bears" }, ...(bearing.length ? bearing.map(([{ label, color }, , i]) => make("span", { class: "theme", style: `border-color:${color}` }, `${label} ${this.signed(model.strength[row * model.themes.length + i])}`)) : [this.say("no_theme")]),
          " ", make("bdi", {}, this.name("topic", model.topic[row])))),
      model.writes && model.themes.length ? this.showJudging(row) : null,
      ...shown.map((other) => make("div", { class: other === row ? "passage" : "beside", dir: "auto", lang: model.languageOf(other) },
        model.texts[other].split(/\n\n+/).map((part) => make("p", {}, ...this.marked(part, model.search.mark(part, model.state.words)))))),
      make("footer", {}, make("button", { type: "button", onclick: () => this.step(-1) }, this.say("reader.previous")), make("button", { type: "button", onclick: () => this.step(1) }, this.say("reader.next")),
        make("label", {}, make("input", { type: "checkbox", checked: model.state.whole, onchange: () => model.change({ whole: !model.state.whole }) }), this.say("reader.whole")),
        make("label", {}, make("input", { type: "checkbox", checked: model.chosen.has(row), onchange: () => this.toggleChosen(row) }), this.say("choose"))),
    ].filter(Boolean));
    this.reader.scrollTop = 0;
  }

  signed(value) { return value === value ? (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2) : ""; }

  showPane() {
    const { pane } = this.model.state;
    this.body.dataset.pane = pane;
    for (const button of this.switcher.children) button.setAttribute("aria-pressed", String(button.dataset.to === pane));
  }

  showSide() {
    const { model } = this, tabs = model.writes ? Object.keys(PANES) : ["counts"];
    this.tabs.replaceChildren(...tabs.map((tab) => make("button", { type: "button", role: "tab", "aria-selected": String(tab === model.state.tab), "data-tab": tab, onclick: () => model.change({ tab }) }, this.say(`tab.${tab}`))));
    PANES[model.state.tab](this, this.side);
  }

  toggleLasso() {
    this.map.lasso = !this.map.lasso;
    this.lasso.setAttribute("aria-pressed", String(this.map.lasso));
  }

  toggleChosen(row) {
    const { chosen } = this.model;
    if (!chosen.delete(row)) chosen.add(row);
    this.drawRows(); this.showReader(); this.showSide();
  }

  clear() {
    const { color, by, tab, pane, reading } = this.model.state;
    this.model.nearness = this.model.drawn = null;
    this.words.value = "";
    if (this.meaning) this.meaning.value = "";
    this.model.change({ ...EMPTY, color, by, tab, pane, reading });
  }

  hear(what, told, at) {
    if (what === "chosen") this.readRow(told);
    else if (what === "drawn") { this.model.drawn = new Set(told); this.model.chosen = new Set(told); this.toggleLassoOff(); this.model.change({ words: this.model.state.words }); }
    else {
      this.over.hidden = told < 0;
      if (told < 0) return;
      const title = this.model.articles.title[this.model.article[told]] || this.say("untitled");
      this.over.textContent = `${title} — ${this.source(told)}`;
      this.over.style.transform = `translate(${Math.min(at[0] + 12, this.canvas.clientWidth - 260)}px, ${at[1] + 44}px)`;
    }
  }

  toggleLassoOff() { if (this.map.lasso) this.toggleLasso(); }

  press(event) {
    const typing = event.composedPath()[0].matches?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && typing) { this.list.focus(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isList = this.root.activeElement === this.list;
    const acts = {
      j: () => this.step(1), k: () => this.step(-1), "/": () => this.words.focus(), x: () => this.row >= 0 && this.toggleChosen(this.row),
      Escape: () => this.clear(),
      ...(isList ? { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), PageDown: () => this.step(8), PageUp: () => this.step(-8), Home: () => this.step(-1e9), End: () => this.step(1e9), Enter: () => this.reader.focus() } : {}),
      ...(this.model.writes ? this.judgingKeys() : {}),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  savePassages() {
    const { model } = this, nThemes = model.themes.length;
    const head = ["title", "source", "date", "language", "topic", "themes", "url", "text"].map((key) => this.say(`column.${key}`));
    saveTable("passages.csv", [["id", ...head], ...model.listed.map((row) => {
      const { title, url } = model.articles, article = model.article[row];
      const themes = model.themes.filter((_, i) => model.bears[row * nThemes + i] === 1).map(({ label }) => label);
      return [model.ids[row], title[article], model.outletOf(row), model.dateOf(row), model.languageOf(row), this.name("topic", model.topic[row]), themes.join("; "), url[article], model.texts[row]];
    })]);
  }

  async searchMeaning(text) {
    const { model } = this, sentence = text.trim();
    model.nearness = null;
    if (sentence) {
      this.tell(this.say("searching"));
      const answer = await this.ask({ do: "search", sentence });
      if (!answer) return;
      model.nearness = new Map(answer.rows.map((row, i) => [row, answer.nearness[i]]));
      this.tell("");
    }
    model.change({ meaning: sentence });
  }

  tell(text, failed = false) {
    this.message.hidden = !text;
    this.message.textContent = text;
    this.message.classList.toggle("failed", failed);
  }

  /** Ask the kernel; a failure is told, and so is a silence. */
  async ask(asked) {
    const slow = setTimeout(() => this.tell(this.say("silence"), true), 8000);
    try {
      const answer = await this.link.ask(asked, (progress) => { clearTimeout(slow); this.tell(progress); });
      if (this.message.textContent === this.say("silence")) this.tell("");
      return answer;
    } catch (error) {
      this.tell(error instanceof Gone ? this.say("run_again") : error.message, true);
      return null;
    } finally { clearTimeout(slow); }
  }

  /** Do something that is kept: the answer holds what changed and a sentence. */
  async act(asked) {
    const answer = await this.ask(asked);
    if (!answer) return null;
    this.model.take(answer);
    this.refresh();
    this.tell(answer.told ?? "");
    return answer;
  }

  async runAgain() {
    this.again.disabled = true;
    const answer = await this.ask({ do: "again" });
    this.again.disabled = false;
    if (!answer) return;
    this.changes = answer.changes;
    this.tell(this.say("again.done"));
  }

  close() { this.watch.disconnect(); this.dressing.disconnect(); }
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Save rows as CSV that a spreadsheet opens as UTF-8 and of which it runs nothing. */
function saveTable(name, rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    return `"${(/^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  save(name, new Blob(["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n")], { type: "text/csv" }));
}
