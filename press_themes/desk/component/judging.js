// Judging: one key each, the run's own sample as a queue, new themes, topics made otherwise.

Object.assign(Desk.prototype, {
  /** The theme in question: the one filtered by, else the strongest borne. */
  questioned(row) {
    const { model } = this, [only] = model.state.themes;
    if (this.asked) return this.asked;
    if (model.state.themes.length === 1 && only !== NONE) return only;
    return model.themes[Math.max(0, model.strongest(row))].theme;
  },

  showJudging(row) {
    const { model } = this, id = model.ids[row], own = model.judgements.filter((told) => told.id === id);
    const told = own.map(({ theme, label, coder }) => make("li", {}, this.say(label ? "judged.yes" : "judged.no", { theme: this.name("theme", theme), coder: coder || this.say("no_coder") })));
    const coder = make("input", { type: "text", class: "coder", value: this.link.coder(), "aria-label": this.say("coder"), placeholder: this.say("coder"), onchange: (event) => this.link.name(event.target.value.trim()) });
    if (model.state.queue) {
      this.answers ??= new Set(model.themes.filter((_, i) => model.bearsTheme(row, i) === 1).map(({ theme }) => theme));
      const boxes = model.themes.map(({ theme, label }, i) => make("label", {}, make("input", { type: "checkbox", checked: this.answers.has(theme), onchange: () => this.answer(theme) }), `${i < 9 ? `${i + 1} ` : ""}${label}`));
      return make("div", { class: "judging" }, make("p", {}, this.say("queue.question")), make("div", { class: "boxes" }, boxes), coder,
        make("button", { type: "button", class: "main", onclick: () => this.keepAnswers() }, this.say("queue.keep")), make("ul", {}, told));
    }
    const select = make("select", { "aria-label": this.say("judge.question"), onchange: () => { this.asked = select.value; } }, model.themes.map(({ theme, label }) => make("option", { value: theme }, label)));
    select.value = this.questioned(row);
    return make("div", { class: "judging" }, make("span", {}, this.say("judge.question")), select, make("button", { type: "button", onclick: () => this.judge(true) }, this.say("judge.right")),
      make("button", { type: "button", onclick: () => this.judge(false) }, this.say("judge.wrong")), coder, make("ul", {}, told));
  },

  judgingKeys() {
    const { model, row } = this;
    if (row < 0) return { u: () => this.act({ do: "undo" }) };
    const keys = { u: () => this.act({ do: "undo" }) };
    if (model.state.queue) keys.Enter = () => this.keepAnswers();
    else Object.assign(keys, { y: () => this.judge(true), n: () => this.judge(false) });
    model.themes.slice(0, 9).forEach(({ theme }, i) => {
      keys[String(i + 1)] = () => { if (model.state.queue) this.answer(theme); else { this.asked = theme; this.showReader(); } };
    });
    return keys;
  },

  answer(theme) {
    if (!this.answers.delete(theme)) this.answers.add(theme);
    this.showReader();
  },

  async judge(label) {
    const { row } = this;
    if (row < 0) return;
    await this.act({ do: "judge", id: this.model.ids[row], theme: this.questioned(row), label, coder: this.link.coder() });
  },

  async keepAnswers() {
    const { model, row } = this;
    if (row < 0 || !this.answers) return;
    const kept = await this.act({ do: "answer", id: model.ids[row], themes: [...this.answers], coder: this.link.coder() });
    if (kept) this.readNext();
  },

  /** Read the next passage of the queue that nobody has judged. */
  readNext() {
    const { model } = this, next = model.listed.find((row) => !model.judged.has(model.ids[row]));
    if (next !== undefined) this.readRow(next);
  },

  toggleQueue() {
    const queue = !this.model.state.queue;
    this.model.nearness = this.model.drawn = null;
    this.model.change({ ...EMPTY, color: this.model.state.color, tab: "judged", queue });
    if (queue) this.readNext();
  },
});

function showJudged(desk, place) {
  const { model } = desk;
  const rows = model.judgements.map(({ id, theme, label, coder, basis }) => {
    const row = model.rowOf.get(id);
    const title = row === undefined ? id : model.articles.title[model.article[row]] || desk.say("untitled");
    return make("tr", {}, make("td", {}, make("button", { type: "button", class: "plain", disabled: row === undefined, onclick: () => desk.readRow(row) }, title)),
      make("td", {}, desk.name("theme", theme)), make("td", {}, desk.say(label ? "yes" : "no")), make("td", {}, coder || desk.say("no_coder")), make("td", {}, desk.say(`basis.${basis}`)));
  });
  const heads = ["passage", "theme", "answer", "coder", "basis"].map((key) => make("th", { scope: "col" }, desk.say(`judged.${key}`)));
  const kept = [...model.ledger].reverse().map((sentence, i) => make("li", {}, sentence, i ? null : make("button", { type: "button", onclick: () => desk.act({ do: "undo" }) }, desk.say("undo"))));
  place.replaceChildren(make("h4", {}, desk.say("ledger")), kept.length ? make("ol", { reversed: true }, kept) : make("p", { class: "note" }, desk.say("ledger.empty")),
    make("h4", {}, desk.say("judged.all", { n: rows.length })), make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows))));
  if (desk.changes?.length) place.prepend(make("h4", {}, desk.say("again.changes")), make("ul", {}, desk.changes.map((sentence) => make("li", {}, sentence))));
}

function showNewTheme(desk, place) {
  const { model } = desk, rows = [...model.chosen];
  const label = make("input", { type: "text", "aria-label": desk.say("theme.label"), placeholder: desk.say("theme.label") });
  const definition = make("textarea", { rows: 3, "aria-label": desk.say("theme.definition"), placeholder: desk.say("theme.definition") });
  const overlap = model.themes.map((theme, i) => [theme, rows.filter((row) => model.bearsTheme(row, i) === 1).length]).filter(([, n]) => n).sort((a, b) => b[1] - a[1]);
  const save = async () => {
    const kept = await desk.act({ do: "theme", label: label.value, definition: definition.value, ids: rows.map((row) => model.ids[row]) });
    if (kept) { model.chosen.clear(); desk.drawRows(); }
  };
  const near = make("ul", {});
  const look = async () => {
    const answer = await desk.ask({ do: "search", sentence: definition.value });
    if (!answer?.rows.length) return;
    const found = answer.rows;
    near.replaceChildren(...model.themes.map((theme, i) => [theme, found.filter((row) => model.bearsTheme(row, i) === 1).length]).filter(([, n]) => n).sort((a, b) => b[1] - a[1])
      .map(([theme, n]) => make("li", {}, desk.say("theme.nearest", { theme: theme.label, n, total: found.length }))));
  };
  place.replaceChildren(make("p", {}, desk.say("theme.examples", { n: rows.length })),
    make("ul", {}, rows.map((row) => make("li", { dir: "auto" }, `${model.texts[row].slice(0, 90)}…`, make("button", { type: "button", onclick: () => desk.toggleChosen(row) }, desk.say("theme.leave"))))),
    make("h4", {}, desk.say("theme.overlap")), make("ul", {}, overlap.length ? overlap.map(([theme, n]) => make("li", {}, desk.say("theme.bear", { theme: theme.label, n, total: rows.length }))) : make("li", {}, desk.say("theme.no_overlap"))),
    label, definition, make("button", { type: "button", onclick: look }, desk.say("theme.look")), make("button", { type: "button", class: "main", onclick: save }, desk.say("theme.save")), near);
}

function showTopics(desk, place) {
  const { model } = desk;
  if (!model.topics.length) { place.replaceChildren(make("p", { class: "note" }, desk.say("topics.none"))); return; }
  const name = make("input", { type: "text", maxLength: 60, "aria-label": desk.say("topics.name"), placeholder: desk.say("topics.name") });
  const ticked = new Set();
  const boxes = model.count("topic").filter(({ key }) => key >= 0).sort((a, b) => b.all - a.all).map(({ key, all }) => make("label", {},
    make("input", { type: "checkbox", onchange: () => { if (!ticked.delete(key)) ticked.add(key); } }), make("span", { dir: "auto" }, desk.name("topic", key)), make("b", {}, desk.numbers.format(all))));
  const decide = (kind) => () => desk.act({ do: kind, topics: [...ticked], name: name.value, ids: [...model.chosen].map((row) => model.ids[row]) });
  place.replaceChildren(make("div", { class: "values", role: "group", "aria-label": desk.say("heading.topics") }, boxes), name,
    ...["rename", "merge", "split", "dissolve"].map((kind) => make("button", { type: "button", onclick: decide(kind) }, desk.say(`topics.${kind}`))), make("p", { class: "note" }, desk.say("topics.hint", { n: model.chosen.size })));
}
