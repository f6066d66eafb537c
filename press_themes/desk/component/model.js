// What is looked at: the collection unpacked, the state, and which passages it shows.

const KINDS = { f4: Float32Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };
const FAILS = { themes: 1, topics: 2, outlets: 4, languages: 8, dates: 16, words: 32, meaning: 64, chosen: 128 };
const EMPTY = {
  words: "", meaning: "", themes: [], topics: [], outlets: [], languages: [], since: "", until: "", near: false, every: false,
  color: "theme", by: "outlet", sort: "strength", reading: "", whole: false, queue: false, pane: "list", tab: "counts",
};
/** Stands among chosen themes for passages that bear none, and among outlets for those not stated. */
const NONE = "-";

function decode64(data) {
  const text = atob(data), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

const unpackArray = ({ kind, data }) => new KINDS[kind](decode64(data).buffer);

/** Read a payload: bytes of JSON, packed with gzip or not. */
async function readPayload(bytes) {
  let view = bytes instanceof DataView ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;
  if (view[0] === 0x1f && view[1] === 0x8b) {
    const stream = new Blob([view]).stream().pipeThrough(new DecompressionStream("gzip"));
    view = new Uint8Array(await new Response(stream).arrayBuffer());
  }
  return JSON.parse(new TextDecoder().decode(view));
}

class Model {
  constructor(payload) {
    Object.assign(this, payload);
    const { passages } = payload;
    for (const name of ["article", "language", "topic", "x", "y", "strength", "bears"]) {
      this[name] = unpackArray(passages[name]);
    }
    this.n = passages.id.length;
    this.ids = passages.id;
    this.texts = passages.text;
    this.rowOf = new Map(this.ids.map((id, row) => [id, row]));
    this.search = makeSearch(payload.rules);
    this.folded = [];
    this.state = { ...EMPTY };
    this.nearness = null;
    this.chosen = new Set();
    this.told = [];
    this.fails = new Uint8Array(this.n);
    this.outlets = [...new Set(this.articles.outlet)].sort((a, b) => a.localeCompare(b));
    this.stories = this.articles.story;
    const rows = new Map();
    for (let row = 0; row < this.n; row++) {
      if (!rows.has(this.article[row])) rows.set(this.article[row], []);
      rows.get(this.article[row]).push(row);
    }
    this.rowsOf = rows;
    this.take(this);
  }

  /** Make texts ready for searching a few at a time, so that the first search need not wait for all. */
  warm() {
    const end = Math.min(this.n, this.folded.length + 500), until = performance.now() + 12;
    while (this.folded.length < end && performance.now() < until) this.folded.push(this.search.fold(this.texts[this.folded.length]));
    if (this.folded.length < this.n && !this.ready) setTimeout(() => this.warm(), 8);
  }

  /** Take over what a decision changed: topics, judgements, the queue. */
  take({ topics, topic, judgements, queue, ledger, estimates }) {
    if (topic && typeof topic.data === "string") this.topic = unpackArray(topic);
    if (topics) this.topics = topics;
    if (judgements) this.judgements = judgements;
    if (queue) this.queue = queue;
    if (ledger) this.ledger = ledger;
    if (estimates) this.estimates = estimates;
    this.topicName = new Map(this.topics.map(({ topic: own, label }) => [own, label]));
    this.judged = new Set(this.judgements.map(({ id }) => id));
    this.update();
  }

  bearsTheme(row, theme) { return this.bears[row * this.themes.length + theme]; }
  outletOf(row) { return this.articles.outlet[this.article[row]]; }
  dateOf(row) { return this.articles.date[this.article[row]]; }
  languageOf(row) { return this.languages[this.language[row]]; }

  change(patch, quietly = false) {
    Object.assign(this.state, patch);
    if (!Object.keys(patch).every((key) => ["reading", "whole", "color", "by", "pane", "tab"].includes(key))) this.update();
    if (!quietly) for (const told of this.told) told(patch);
  }

  /** Work out anew which passages are shown; a bit for every filter that a passage fails. */
  update() {
    const { state, fails, n } = this, nThemes = this.themes.length;
    fails.fill(0);
    const names = this.themes.map(({ theme }) => theme);
    const wanted = state.themes.map((name) => names.indexOf(name)).filter((i) => i >= 0);
    const none = state.themes.includes(NONE);
    const topics = new Set(state.topics.map(Number)), outlets = new Set(state.outlets), languages = new Set(state.languages);
    if (state.words.trim()) this.ready ??= this.search.prepare(this.texts, this.folded);
    const found = state.words.trim() ? this.search.find(this.ready, state.words) : null;
    const queued = state.queue ? new Map(this.queue.map(({ id }, i) => [id, i])) : null;
    for (let row = 0; row < n; row++) {
      let fail = 0;
      if (state.themes.length) {
        const bears = (i) => this.bears[row * nThemes + i] === 1 || (state.near && this.bears[row * nThemes + i] === 2);
        let passes = state.every && wanted.length > 1 ? wanted.every(bears) : wanted.some(bears);
        if (!passes && none) {
          passes = true;
          for (let i = 0; i < nThemes; i++) if (this.bears[row * nThemes + i] === 1) passes = false;
        }
        if (!passes) fail |= FAILS.themes;
      }
      if (topics.size && !topics.has(this.topic[row])) fail |= FAILS.topics;
      if (outlets.size && !outlets.has(this.outletOf(row) || NONE)) fail |= FAILS.outlets;
      if (languages.size && !languages.has(this.languageOf(row))) fail |= FAILS.languages;
      const date = state.since || state.until ? this.dateOf(row) : "";
      if ((state.since && !(date >= state.since)) || (state.until && (!date || date > state.until))) fail |= FAILS.dates;
      if (found && !found[row]) fail |= FAILS.words;
      if (this.nearness && !this.nearness.has(row)) fail |= FAILS.meaning;
      if (this.drawn && !this.drawn.has(row)) fail |= FAILS.chosen;
      if (queued && !queued.has(this.ids[row])) fail |= FAILS.chosen;
      fails[row] = fail;
    }
    this.shown = Uint8Array.from(fails, (fail) => (fail ? 0 : 1));
    this.listed = this.order(wanted, queued);
  }

  order(wanted, queued) {
    const rows = [];
    for (let row = 0; row < this.n; row++) if (this.shown[row]) rows.push(row);
    const strength = (row) => {
      let best = -Infinity;
      const nThemes = this.themes.length;
      const among = wanted.length ? wanted : this.themes.keys();
      for (const i of among) best = Math.max(best, this.strength[row * nThemes + i]);
      return best;
    };
    const keys = new Float64Array(this.n);
    const { sort } = this.state;
    if (queued) for (const row of rows) keys[row] = -queued.get(this.ids[row]);
    else if (this.nearness) for (const row of rows) keys[row] = this.nearness.get(row);
    else if (sort === "strength") for (const row of rows) keys[row] = strength(row);
    else {
      const sign = sort === "newest" ? 1 : -1;
      for (const row of rows) keys[row] = this.dateOf(row) ? sign * Date.parse(this.dateOf(row)) : -Infinity;
    }
    return rows.sort((a, b) => (keys[a] === keys[b] ? a - b : keys[b] > keys[a] ? 1 : -1));
  }

  /** Count passages, and stories, by a grouping; `all` and `shown` of every group. */
  count(by, ignored = 0, withStories = false) {
    const groups = new Map(), nThemes = this.themes.length;
    const add = (key, row, isShown) => {
      let own = groups.get(key);
      if (!own) groups.set(key, (own = { key, shown: 0, all: 0, stories: new Set() }));
      own.all++;
      if (!isShown) return;
      own.shown++;
      if (withStories) own.stories.add(this.stories[this.article[row]]);
    };
    for (let row = 0; row < this.n; row++) {
      const isShown = !(this.fails[row] & ~ignored);
      if (by === "theme") {
        let any = false;
        for (let i = 0; i < nThemes; i++) if (this.bears[row * nThemes + i] === 1) { add(this.themes[i].theme, row, isShown); any = true; }
        if (!any) add(NONE, row, isShown);
      } else if (by === "topic") add(this.topic[row], row, isShown);
      else if (by === "outlet") add(this.outletOf(row) || NONE, row, isShown);
      else if (by === "language") add(this.languageOf(row), row, isShown);
      else add((this.dateOf(row) || "").slice(0, 7) || NONE, row, isShown);
    }
    return [...groups.values()].sort((a, b) => (by === "month" ? String(a.key).localeCompare(String(b.key)) : b.shown - a.shown || b.all - a.all));
  }

  strongest(row) {
    const nThemes = this.themes.length;
    let best = -1;
    for (let i = 0; i < nThemes; i++) {
      if (this.bears[row * nThemes + i] === 1 && (best < 0 || this.strength[row * nThemes + i] > this.strength[row * nThemes + best])) best = i;
    }
    return best;
  }

  /** Write the state as it stands in an address; only what differs from the beginning. */
  write() {
    const parts = new URLSearchParams();
    for (const [key, value] of Object.entries(this.state)) {
      if (String(value) !== String(EMPTY[key])) for (const one of [value].flat()) parts.append(key, String(one));
    }
    return parts.toString();
  }

  /** Read a state; what is unknown is passed over. */
  read(text) {
    const parts = new URLSearchParams(text), state = { ...EMPTY };
    for (const [key, value] of Object.entries(EMPTY)) {
      const told = parts.getAll(key);
      if (!told.length) continue;
      state[key] = Array.isArray(value) ? told : typeof value === "boolean" ? told[0] === "true" : told[0];
    }
    if (!this.writes) { state.queue = false; state.meaning = ""; }
    if (!Object.hasOwn(PANES, state.tab) || (!this.writes && state.tab !== "counts")) state.tab = "counts";
    for (const day of ["since", "until"]) if (!/^\d{4}-\d\d-\d\d$/.test(state[day])) state[day] = "";
    this.state = state;
    this.update();
  }
}
