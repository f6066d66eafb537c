// Search by words. Its rules stand in rules.json, and search.py gives the same answers by them.

function makeSearch(rules) {
  const group = (ranges) => ranges.map(([a, b]) => `\\u{${a}}-\\u{${b}}`).join("");
  // Without the flag u, which none of these letters needs and which is slow.
  const few = (ranges) => ranges.map(([a, b]) => `\\u${a}-\\u${b}`).join("");
  const dropped = new RegExp(`[${few(rules.marks)}${few(rules.invisible)}]+`, "g");
  const spaces = new RegExp(`[${few(rules.spaces)}]+`, "g");
  const isSpaceless = new RegExp(`[${group(rules.spaceless)}]`, "u");
  const letters = new RegExp(`[${Object.keys(rules.letters).join("")}]`, "g");
  const isWord = /[\p{L}\p{M}\p{N}]/u;
  const cluster = new RegExp(`[${group(rules.spaces)}]+|\\P{M}\\p{M}*|\\p{M}+`, "gu");
  const quotes = rules.quotes;
  const pieces = new RegExp(`[${quotes}]([^${quotes}]+)[${quotes}]|([^${quotes}${group(rules.spaces)}]+)`, "gu");
  const elided = new RegExp(`^(?:${rules.elisions.join("|")})'(?=.)`, "u");

  const plain = /^[ -~]*$/, doubled = /  /;
  const fold = (text) => {
    // Most English is only this, and folds in a tenth of the time.
    if (plain.test(text) && !doubled.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").toLowerCase().replace(dropped, "").replace(letters, (c) => rules.letters[c])
      .normalize("NFC").replace(spaces, " ");
  };

  /** The terms of a query: what must stand in a text, and on which sides its words may go on. */
  function split(query) {
    const terms = [];
    for (const [, phrase, word] of query.normalize("NFC").matchAll(pieces)) {
      let text = fold(phrase ?? word).trim();
      const opens = text.startsWith("*"), closes = text.length > 1 && text.endsWith("*");
      text = text.replace(/^\*+|\*+$/g, "").replace(elided, "");
      if (text) terms.push({ text, opens, closes });
    }
    return terms;
  }

  const before = (text, at) => {
    const low = text.charCodeAt(at - 1);
    return low >= 0xdc00 && low < 0xe000 ? text.slice(at - 2, at) : text.charAt(at - 1);
  };
  const after = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");
  function isBorder(text, at) {
    const left = before(text, at), right = after(text, at);
    if (!left || !right || !isWord.test(left) || !isWord.test(right)) return true;
    return isSpaceless.test(left) || isSpaceless.test(right);
  }

  /** The next place at or after `from` where a term stands, or -1. */
  function next(folded, term, from) {
    for (let at = folded.indexOf(term.text, from); at >= 0; at = folded.indexOf(term.text, at + 1)) {
      if ((term.opens || isBorder(folded, at)) && (term.closes || isBorder(folded, at + term.text.length))) return at;
    }
    return -1;
  }

  /** Texts made ready once, as one string to look through; `done` holds those folded so far. */
  function prepare(texts, done = []) {
    for (let row = done.length; row < texts.length; row++) done.push(fold(texts[row]));
    const folded = done.map((text) => (text.includes("\0") ? text.replaceAll("\0", " ") : text)).join("\0");
    const starts = new Uint32Array(texts.length + 1);
    let at = 0;
    for (let row = 0; row < texts.length; row++) {
      starts[row] = at;
      const end = folded.indexOf("\0", at);
      at = (end < 0 ? folded.length : end) + 1;
    }
    starts[texts.length] = folded.length + 1;
    return { folded, starts, n: texts.length };
  }

  /** Which texts hold every term of a query: an array of 0 and 1. */
  function find(ready, query) {
    const found = new Uint8Array(ready.n).fill(1);
    for (const term of split(query)) {
      const own = new Uint8Array(ready.n);
      for (let at = next(ready.folded, term, 0); at >= 0; ) {
        let low = 0, high = ready.n;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (ready.starts[middle] <= at) low = middle; else high = middle;
        }
        own[low] = 1;
        at = next(ready.folded, term, ready.starts[low + 1]);
      }
      for (let row = 0; row < ready.n; row++) found[row] &= own[row];
    }
    return found;
  }

  /** Where the terms of a query stand in a text, as [start, end] in the text itself, in order. */
  function mark(text, query) {
    const terms = split(query);
    if (!terms.length) return [];
    let folded = "";
    const starts = [], ends = [];
    for (const match of text.matchAll(cluster)) {
      let own = fold(match[0]);
      if (own.startsWith(" ") && folded.endsWith(" ")) own = own.slice(1);
      for (let i = 0; i < own.length; i++) {
        starts.push(match.index);
        ends.push(match.index + match[0].length);
      }
      folded += own;
    }
    const hits = [];
    for (const term of terms) {
      for (let at = next(folded, term, 0); at >= 0; at = next(folded, term, at + term.text.length)) {
        hits.push([starts[at], ends[at + term.text.length - 1]]);
      }
    }
    hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const joined = [];
    for (const hit of hits) {
      const last = joined[joined.length - 1];
      if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]); else joined.push(hit);
    }
    return joined;
  }

  return { fold, split, prepare, find, mark };
}
