// Counts: how many of the passages shown, of what share, how sure, and whether unlike the rest.

function showCounts(desk, place) {
  const { model } = desk, { by } = model.state;
  const select = desk.choose("counts.by", ["outlet", "theme", "topic", "language", "month"], "by", "counts");
  const whole = model.listed.length, isAll = whole === model.n;
  const isOf = by === "theme" || by === "topic" || isAll;
  const groups = model.count(by, 0, true).filter(({ shown }) => shown || !isOf);
  const table = make("table", {}, make("caption", {}, desk.say(isAll ? "counts.of_all" : isOf ? "counts.of_shown" : "counts.of_group")));
  const head = ["", "column.n_passages", "column.n_stories", "column.share", "column.interval", "column.rest"];
  table.append(make("thead", {}, make("tr", {}, head.map((key, i) => (i ? make("th", { scope: "col" }, desk.say(key)) : make("td", {}))))));
  const body = make("tbody", {});
  table.append(body);
  const fill = (stated, basis) => {
    body.replaceChildren(...groups.slice(0, 200).map(({ key, shown, all, stories }) => {
      const own = stated?.get(String(key)) ?? {}, counted = isOf ? shown / (whole || 1) : shown / (all || 1);
      const share = own.share ?? counted, isFew = stories.size < model.fewest_stories;
      return make("tr", { class: own.beyond ? "beyond" : "" }, make("th", { scope: "row", dir: "auto" }, desk.name(by, key)), make("td", {}, desk.numbers.format(shown)),
        make("td", { class: isFew ? "few" : "", title: isFew ? desk.say("few_stories") : "" }, desk.numbers.format(stories.size), isFew ? make("sup", { "aria-label": desk.say("few_stories") }, "!") : null),
        make("td", { class: "bar", style: `--part:${100 * Math.min(1, share)}%` }, desk.percents.format(share)),
        make("td", {}, isNumber(own.low) ? `${desk.percents.format(own.low)}–${desk.percents.format(own.high)}` : "–"),
        make("td", {}, describeDifference(desk, own)));
    }));
    note.textContent = desk.say(basis);
  };
  const note = make("p", { class: "note" });
  place.replaceChildren(make("div", { class: "tools" }, select, make("button", { type: "button", onclick: () => saveTable("counts.csv", [...table.rows].map((row) => [...row.cells].map((own) => own.firstChild?.textContent ?? ""))) }, desk.say("export.counts"))), make("div", { class: "scroll", tabindex: "0" }, table), note);
  const stated = stateFromTables(model);
  if (stated) { fill(stated, "counts.from_tables"); return; }
  fill(null, model.writes ? "counts.computing" : "counts.none");
  if (!model.writes) return;
  // Of several questions in a row only the last is asked.
  clearTimeout(desk.counting);
  desk.counting = setTimeout(async () => {
    const asked = { do: "count", by, shown: packBits(model.shown) };
    const answer = await desk.ask(asked);
    if (!answer || !body.isConnected || packBits(model.shown) !== asked.shown) return;
    fill(new Map(answer.groups.map((own) => [String(own.key), own])), "counts.computed");
  }, 300);
}

const isNumber = (value) => typeof value === "number" && value === value;

/** Say how far a share lies from that of the rest, in points, and whether chance alone would do. */
function describeDifference(desk, own) {
  // A group that was itself picked out differs by being picked out.
  if (!isNumber(own.difference) || (isNumber(own.difference_low) && own.difference_low === own.difference_high)) return "–";
  const points = (value) => `${value < 0 ? "−" : "+"}${desk.numbers.format(Math.round(Math.abs(1000 * value)) / 10)}`;
  const range = isNumber(own.difference_low) ? ` (${points(own.difference_low)} … ${points(own.difference_high)})` : "";
  const verdict = own.beyond ? "beyond" : isNumber(own.error) ? "chance" : "few";
  return `${points(own.difference)}${range} ${desk.say(`verdict.${verdict}`)}`;
}

/** Take what the run has measured itself, where the view asks exactly for that; else null. */
function stateFromTables(model) {
  const { state, estimates } = model, { by } = state;
  const kinds = ["themes", "topics", "outlets", "languages"].filter((key) => state[key].length);
  const isBare = !state.words.trim() && !model.nearness && !model.drawn && !state.since && !state.until && !state.near && !state.queue;
  if (!isBare || kinds.length > 1) return null;
  if (!kinds.length) return by === "theme" ? new Map(estimates.themes.map((own) => [own.theme, own])) : null;
  const [kind] = kinds, [value] = state[kind];
  if (state[kind].length > 1) return null;
  const of = (grouping, test, key) => {
    const rows = estimates.differences.filter((own) => own.grouping === grouping && test(own));
    return rows.length ? new Map(rows.map((own) => [own[key], own])) : null;
  };
  if (kind === "themes" && (by === "outlet" || by === "language")) return of(by, (own) => own.theme === value, "group");
  if (by === "theme" && kind === "outlets") return of("outlet", (own) => own.group === value, "theme");
  if (by === "theme" && kind === "languages") return of("language", (own) => own.group === value, "theme");
  return null;
}

function packBits(shown) {
  const bytes = new Uint8Array(Math.ceil(shown.length / 8));
  for (let row = 0; row < shown.length; row++) if (shown[row]) bytes[row >> 3] |= 1 << (row & 7);
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
