// Links into the desk, the state of the page in its address, and saving figures.
// `mount` and `readEmbedded` are the desk's own; they stand before this in the same script.
(() => {
  "use strict";
  const section = document.getElementById("passages");
  const host = document.getElementById("desk"), data = document.getElementById("desk-data");
  let desk = null;
  const open = () => (desk ??= mount(host, readEmbedded(data)));

  /** Show what a link asks for: a state of the desk, a passage or an article. */
  async function show(state) {
    const opened = await open();
    const { model } = opened;
    model.nearness = model.drawn = null;
    model.read(state);
    opened.refresh();
    opened.scrollToReading();
    section.scrollIntoView();
    opened.list.focus({ preventScroll: true });
  }

  /** The state that a passage or an article stands for: the article whole, in the reader. */
  async function find(kind, id) {
    const { model } = await open();
    const first = kind === "article" ? model.articles.id.indexOf(id) : -1;
    const reading = kind === "passage" ? id : model.ids[model.rowsOf.get(first)?.[0]];
    return new URLSearchParams({ reading: reading ?? "", whole: "true", pane: "reader" }).toString();
  }

  async function follow(hash) {
    const [, kind, id] = hash.match(/^#(passage|article)-(.+)$/) ?? [];
    const state = kind ? await find(kind, id) : hash.startsWith("#desk?") ? hash.slice("#desk?".length) : null;
    if (state !== null) await show(state);
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-ask], a.place");
    if (link) {
      event.preventDefault();
      history.pushState(null, "", link.hash);
      follow(link.hash);
    }
    const button = event.target.closest("button[data-save]");
    if (!button) return;
    const image = document.querySelector(`#${button.dataset.figure} img`);
    (button.dataset.save === "png" ? savePicture : saveDrawing)(image, button.dataset.name);
  });

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

  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  for (const link of document.querySelectorAll("a[data-ask]")) link.href = "#desk?" + link.dataset.ask;

  // The nav says where one is; the desk opens when it comes near.
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
    open();
  }, { rootMargin: "600px 0px" });
  near.observe(section);
  // Pictures are read when they come near, so that the page is soon there; paper needs them all.
  const fetchAll = () => { for (const image of document.images) image.loading = "eager"; };
  addEventListener("load", () => setTimeout(fetchAll, 300));
  addEventListener("beforeprint", fetchAll);
  addEventListener("hashchange", () => follow(location.hash));
  follow(location.hash);
})();
