// Search and filters over the passages, with their state in the address, and saving what is shown.
// The list stands in a <noscript>: read where scripts run, shown where they do not. No text of the
// corpus is ever taken for markup here: it is read as a document of its own and set as text.
(() => {
  "use strict";
  const section = document.getElementById("passages");
  const form = section.querySelector("form");
  const carrier = document.getElementById("all-passages");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const more = document.getElementById("more");
  const save = document.getElementById("save");
  const only = document.getElementById("only");
  const pattern = document.getElementById("hit").content;
  const told = section.dataset;
  const NONE = told.none, PAGE = 20;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let passages = null, matching = [], shown = 0, article = "", marked = "", timer = 0;

  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[’ʼ]/g, "'").replace(/œ/g, "oe").replace(/æ/g, "ae");

  const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function read() {
    if (passages) return;
    passages = [];
    const names = Array.from(form.elements.theme.options, option => option.value).slice(1);
    const page = new DOMParser().parseFromString(carrier.textContent, "text/html");
    for (const item of page.querySelectorAll("details")) {
      const title = item.querySelector("cite"), day = item.querySelector("time");
      const link = item.querySelector("a"), own = item.querySelectorAll("p[data-n]");
      const source = {
        id: item.id.slice("article-".length), title: title.textContent, language: item.lang,
        outlet: item.dataset.outlet, date: day.textContent, day: day.getAttribute("datetime") || "",
        url: link ? link.href : "", path: item.dataset.path, size: own.length,
      };
      for (const element of own) {
        const themes = (element.dataset.t || "").split(" ").filter(Boolean).map(part => {
          const [place, margin] = part.split(":");
          return [names[place], Number(margin)];
        });
        const note = element.querySelector("small");
        if (note) note.remove();
        passages.push({
          id: element.id.slice("passage-".length), text: element.textContent.trim(),
          language: element.lang || source.language, position: element.dataset.n, topic: element.dataset.k || "",
          themes: new Map(themes), told: note ? note.textContent : "", article: source, folded: "",
        });
      }
    }
  }

  // Words in quotation marks must stand together; all the others may stand anywhere. Where a script
  // sets words apart by spaces and has no articles before them, only beginnings of words count.
  function terms() {
    const parts = fold(form.elements.text.value).match(/["“«][^"”»]+["”»]|\S+/g) || [];
    return parts.map(part => part.replace(/["“”«»]/g, "").trim()).filter(Boolean).map(word => {
      const begins = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\d]/u.test(word);
      const literal = word.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&");
      return new RegExp((begins ? "(?<![\\p{L}\\p{N}])" : "") + literal, "gu");
    });
  }

  function matches(passage, wanted, words) {
    const { themes, topic, article: source } = passage;
    const bears = name => !name || (name === NONE ? themes.size === 0 : themes.has(name));
    if (article && source.id !== article) return false;
    if (!bears(wanted.theme) || !bears(wanted.with)) return false;
    if (wanted.topic && (wanted.topic === NONE ? topic !== "" : topic !== wanted.topic)) return false;
    if (wanted.outlet && (wanted.outlet === NONE ? source.outlet : source.outlet !== wanted.outlet)) return false;
    if (wanted.language && passage.language !== wanted.language) return false;
    if ((wanted.from || wanted.to) && !source.day) return false;
    if (wanted.from && source.day < wanted.from) return false;
    if (wanted.to && source.day > wanted.to) return false;
    if (!words.length) return true;
    passage.folded ||= fold(`${source.title} ${passage.text}`);
    return words.every(word => passage.folded.search(word) >= 0);
  }

  function search() {
    read();
    const wanted = Object.fromEntries(new FormData(form)), words = terms();
    matching = passages.filter(passage => matches(passage, wanted, words));
    const theme = wanted.theme === NONE ? "" : wanted.theme;
    // Array.sort is stable: equal margins stay in the order of the dates.
    if (theme) matching.sort((a, b) => b.themes.get(theme) - a.themes.get(theme));
    const phrase = told["found" + (plural.select(matching.length) === "one" ? "One" : "Other")];
    const values = { n: numbers.format(matching.length), whole: numbers.format(passages.length) };
    const advice = matching.length === 0 ? told.empty : theme && matching.length > 1 ? told.strongest : "";
    found.textContent = [fill(phrase, values), advice].filter(Boolean).join(" ");
    only.hidden = !article;
    section.classList.toggle("asked", Boolean(article) || Object.values(wanted).some(Boolean));
    const owner = article && passages.find(passage => passage.article.id === article);
    only.firstElementChild.textContent = owner ? fill(told.only, { title: owner.article.title }) : "";
    hits.replaceChildren();
    shown = 0;
    save.hidden = !matching.length;
    show();
  }

  function show() {
    const words = terms(), first = hits.children.length;
    for (const passage of matching.slice(shown, shown + PAGE)) hits.append(draw(passage, words));
    shown = Math.min(shown + PAGE, matching.length);
    more.hidden = shown >= matching.length;
    return hits.children[first];
  }

  function draw(passage, words) {
    const hit = pattern.cloneNode(true).firstElementChild, source = passage.article;
    const part = name => hit.querySelector("." + name);
    const quote = hit.querySelector("blockquote"), title = part("title");
    quote.lang = passage.language;
    if (passage.text) emphasise(quote.firstElementChild, passage.text, words);
    else quote.remove();
    part("source").textContent = fill(told.source, { outlet: source.outlet || told.nowhere, date: source.date });
    if (source.url) {
      const link = document.createElement("a");
      link.href = source.url;
      link.rel = "noopener noreferrer";
      title.append(link);
    }
    emphasise(source.url ? title.firstElementChild : title, source.title, words);
    title.lang = source.language;
    part("themes").textContent = passage.told || told.bare;
    part("place").textContent = fill(told.place, { path: source.path, position: passage.position });
    part("whole").href = "#/" + new URLSearchParams({ article: source.id });
    if (passage.id === marked) hit.classList.add("marked");
    return hit;
  }

  // Set a text with the words looked for marked; folding can change lengths, so places are kept.
  function emphasise(element, text, words) {
    const places = [];
    let folded = "";
    for (let at = 0; at < text.length; at++) {
      for (const letter of fold(text[at])) { folded += letter; places.push(at); }
    }
    const inside = new Set();
    for (const word of words) {
      for (const { 0: match, index } of folded.matchAll(word)) {
        for (let next = places[index]; next <= places[index + match.length - 1]; next++) inside.add(next);
      }
    }
    for (let at = 0; at < text.length;) {
      const start = at, hit = inside.has(at);
      while (at < text.length && inside.has(at) === hit) at++;
      const node = hit ? document.createElement("mark") : document.createTextNode("");
      node.textContent = text.slice(start, at);
      element.append(node);
    }
  }

  function write(how) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
    if (article) query.set("article", article);
    history[how](null, "", query.size === 0 ? "#passages" : "#/" + query);
  }

  // Follow the address: "#/theme=…" asks for passages, "#passage-…" and "#article-…" for one article.
  function follow() {
    const hash = location.hash, [, kind, id] = hash.match(/^#(passage|article)-(.+)$/) || [];
    const asking = kind || hash.startsWith("#/");
    // Without a question all passages are shown again; a link to another part changes nothing.
    if (!asking && (!passages || !["", "#passages"].includes(hash))) return;
    const asked = new URLSearchParams(hash.startsWith("#/") ? hash.slice(2) : "");
    read();
    form.reset();
    for (const field of form.elements) {
      if (field.name && asked.has(field.name)) field.value = asked.get(field.name);
    }
    marked = kind === "passage" ? id : "";
    const passage = marked && passages.find(other => other.id === marked);
    article = kind === "article" ? id
      : passage ? passage.article.id : asked.get("article") || "";
    search();
    if (!asking) return;
    while (marked && !hits.querySelector(".marked") && !more.hidden) show();
    (hits.querySelector(".marked") || section).scrollIntoView();
    found.focus({ preventScroll: true });
  }

  function saveTable() {
    const columns = ["passage_id", "article_id", "path", "position", "title", "outlet", "date", "language", "themes", "topic", "quotation"];
    const rows = matching.map(({ id, article: source, position, language, themes, topic, text }) => [
      id, source.id, source.path, position, source.title, source.outlet, source.day, language,
      [...themes.keys()].join("; "), topic, text,
    ]);
    // A cell that begins like a formula gets an apostrophe, or a spreadsheet would run it.
    const cell = value => `"${String(value).replace(/^[=+\-@\t\r\n]/, "'$&").replace(/"/g, '""')}"`;
    const text = [columns, ...rows].map(row => row.map(cell).join(",")).join("\n") + "\n";
    offer("passages.csv", new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" }));
  }

  function offer(name, content) {
    const link = document.createElement("a");
    link.download = name;
    link.href = URL.createObjectURL(content);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function saveDrawing(image, name) {
    const text = decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1));
    offer(name + ".svg", new Blob([text], { type: "image/svg+xml" }));
  }

  async function savePicture(image, name) {
    await image.decode();
    const canvas = document.createElement("canvas"), scale = 1600 / image.naturalWidth;
    canvas.width = 1600;
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(content => offer(name + ".png", content));
  }

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", event => {
    if (event.target.name === "text") return;
    marked = "";
    search();
    write("pushState");
  });
  form.elements.text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { marked = ""; search(); write("replaceState"); }, 150);
  });
  function forget() {
    article = marked = "";
    search();
    write("pushState");
    found.focus({ preventScroll: true });
  }
  document.getElementById("clear").addEventListener("click", () => { form.reset(); forget(); });
  only.querySelector("button").addEventListener("click", forget);
  more.addEventListener("click", () => show().querySelector("a").focus());
  save.addEventListener("click", saveTable);
  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-save]");
    if (!button) return;
    const image = document.querySelector(`#${button.dataset.figure} img`);
    (button.dataset.save === "png" ? savePicture : saveDrawing)(image, button.dataset.name);
  });
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  for (const link of document.querySelectorAll("a[data-ask]")) link.href = "#/" + link.dataset.ask;
  more.hidden = save.hidden = only.hidden = true;

  // The nav says where one is; the list of passages is read when it comes near.
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const here = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (!isIntersecting) { link.removeAttribute("aria-current"); continue; }
      link.setAttribute("aria-current", "true");
      link.closest("ul").scrollLeft = link.offsetLeft - 48;
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  for (const id of links.keys()) here.observe(document.getElementById(id));
  const near = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    near.disconnect();
    if (!passages) search();
  }, { rootMargin: "600px 0px" });
  near.observe(section);
  // Pictures are read when they come near, so that the page is soon there; paper needs them all.
  const fetchAll = () => { for (const image of document.images) image.loading = "eager"; };
  addEventListener("load", () => setTimeout(fetchAll, 300));
  addEventListener("beforeprint", fetchAll);
  addEventListener("hashchange", follow);
  if (location.hash.startsWith("#/") || /^#(passage|article)-/.test(location.hash)) follow();
})();
