// Where the desk lives: a cell of JupyterLab, or a page that reads only.

/** Show a collection that is read only; the state stands in the address. */
export async function mount(host, bytes) {
  const mark = "#desk?";
  const link = {
    state: () => (location.hash.startsWith(mark) ? location.hash.slice(mark.length) : ""),
    save: (state) => history.replaceState(null, "", state ? mark + state : location.pathname + location.search),
    ask: () => Promise.reject(new Error("read only")), coder: () => "", name: () => {},
  };
  const desk = new Desk(host, { ...(await readPayload(bytes)), writes: false, can_run: false }, link);
  addEventListener("hashchange", () => { if (location.hash.startsWith(mark) && link.state() !== desk.model.write()) { desk.model.read(link.state()); desk.refresh(); } });
  return desk;
}

/** Read what a page holds: gzip as base64 in an element. */
export function readEmbedded(element) {
  return decode64(element.textContent.trim());
}

/** Nobody hears what is asked: the kernel was restarted. */
class Gone extends Error {}

async function render({ model, el }) {
  const host = document.createElement("div");
  el.append(host);
  document.getElementById(model.get("note"))?.setAttribute("hidden", "");
  const waiting = new Map();
  let number = 0, desk = null;
  const hear = (message) => {
    const asked = waiting.get(message.n);
    if (!asked) return;
    if (message.progress) { asked.tell(message.progress); return; }
    waiting.delete(message.n);
    if (message.failed) asked.fail(new Error(message.failed)); else asked.answer(message);
  };
  model.on("msg:custom", hear);
  const link = {
    state: () => model.get("state"),
    save: (state) => { model.set("state", state); model.save_changes(); },
    coder: () => model.get("coder"),
    name: (coder) => { model.set("coder", coder); model.save_changes(); },
    ask: (asked, tell) => new Promise((answer, fail) => { waiting.set(++number, { answer, fail, tell }); try { model.send({ ...asked, n: number }); } catch { waiting.delete(number); fail(new Gone()); } }),
  };
  const open = async () => { desk?.close(); desk = new Desk(host, await readPayload(model.get("payload")), link); host.desk = desk; };
  const reopen = async () => { const { changes } = desk ?? {}; await open(); desk.changes = changes; desk.showSide(); };
  model.on("change:payload", reopen);
  await open();
  return () => { model.off("msg:custom", hear); model.off("change:payload", reopen); desk?.close(); };
}

export default { render };
