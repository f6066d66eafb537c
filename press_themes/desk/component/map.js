// The map: every passage a point, drawn into one picture by hand, because 100,000 arcs take too long.

class PassageMap {
  constructor(canvas, x, y, tell) {
    Object.assign(this, { canvas, x, y, tell, scale: 1, left: 0, top: 0, reading: -1, places: [] });
    this.known = [];
    for (let row = 0; row < x.length; row++) if (x[row] === x[row] && y[row] === y[row]) this.known.push(row);
    this.bounds = this.measure();
    this.index();
    this.listen();
  }

  measure() {
    let [a, b, c, d] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const row of this.known) {
      a = Math.min(a, this.x[row]); b = Math.max(b, this.x[row]);
      c = Math.min(c, this.y[row]); d = Math.max(d, this.y[row]);
    }
    return { left: a, top: c, width: b - a || 1, height: d - c || 1 };
  }

  /** Points sorted into the cells of a grid, so that the nearest is found among a few. */
  index() {
    const side = (this.side = Math.max(1, Math.min(256, Math.ceil(Math.sqrt(this.known.length / 4)))));
    const cells = this.known.map((row) => this.cell(this.x[row], 0) + side * this.cell(this.y[row], 1));
    this.starts = new Uint32Array(side * side + 1);
    for (const cell of cells) this.starts[cell + 1]++;
    for (let i = 0; i < side * side; i++) this.starts[i + 1] += this.starts[i];
    const free = this.starts.slice();
    this.sorted = new Uint32Array(this.known.length);
    this.known.forEach((row, i) => { this.sorted[free[cells[i]]++] = row; });
  }

  cell(value, axis) {
    const { left, top, width, height } = this.bounds;
    const share = axis ? (value - top) / height : (value - left) / width;
    return Math.max(0, Math.min(this.side - 1, Math.floor(share * this.side)));
  }

  /** Colours as 0xAABBGGRR by row; `shown` says which are not faint. */
  paint(colors, shown, labels, look) {
    Object.assign(this, { colors, shown, labels, look });
    this.draw();
  }

  resize() {
    const box = this.canvas.getBoundingClientRect();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    if (width && height && (width !== this.canvas.width || height !== this.canvas.height)) {
      Object.assign(this.canvas, { width, height });
      this.buffer = null;
    }
    this.ratio = ratio;
    this.draw();
  }

  get pixels() {
    const margin = 14 * this.ratio;
    const { width, height } = this.canvas;
    const unit = Math.min((width - 2 * margin) / this.bounds.width, (height - 2 * margin) / this.bounds.height) * this.scale;
    const across = width / 2 - (this.bounds.left + this.bounds.width / 2) * unit + this.left * this.ratio;
    const down = height / 2 + (this.bounds.top + this.bounds.height / 2) * unit + this.top * this.ratio;
    return { unit, across, down };
  }

  draw() {
    if (!this.colors || this.waiting || !this.canvas.width) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.render(); });
  }

  render() {
    const begun = performance.now();
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    if (!this.buffer) {
      this.buffer = context.createImageData(width, height);
      this.cells = new Uint32Array(this.buffer.data.buffer);
    }
    this.cells.fill(0);
    const { unit, across, down } = this.pixels;
    const size = Math.max(1.2, Math.min(4.5, (60 * Math.sqrt(this.scale)) / Math.sqrt(this.known.length))) * this.ratio;
    const disc = makeDisc(size);
    for (const pass of [0, 1]) {
      for (const row of this.known) {
        if (this.shown[row] !== pass) continue;
        const px = Math.round(this.x[row] * unit + across), py = Math.round(down - this.y[row] * unit);
        if (px < -8 || py < -8 || px > width + 8 || py > height + 8) continue;
        const color = pass ? this.colors[row] : this.look.faint;
        for (const [dx, dy] of disc) {
          const cx = px + dx, cy = py + dy;
          if (cx >= 0 && cy >= 0 && cx < width && cy < height) this.cells[cy * width + cx] = color;
        }
      }
    }
    context.putImageData(this.buffer, 0, 0);
    this.decorate(context, { unit, across, down });
    this.time = performance.now() - begun;
  }

  decorate(context, { unit, across, down }) {
    const { ratio, look } = this;
    context.font = `600 ${11.5 * ratio}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.lineWidth = 3 * ratio;
    const taken = [];
    for (const { text, x, y } of this.labels) {
      const half = context.measureText(text).width / 2 + 4 * ratio, px = x * unit + across, py = down - y * unit;
      const box = [px - half, py - 9 * ratio, px + half, py + 6 * ratio];
      if (box[0] < 0 || box[2] > this.canvas.width || box[1] < 0 || box[3] > this.canvas.height) continue;
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      context.strokeStyle = look.paper; context.strokeText(text, px, py);
      context.fillStyle = look.ink; context.fillText(text, px, py);
    }
    if (this.reading >= 0 && this.x[this.reading] === this.x[this.reading]) {
      context.beginPath();
      context.arc(this.x[this.reading] * unit + across, down - this.y[this.reading] * unit, 8 * ratio, 0, 7);
      context.strokeStyle = look.paper; context.lineWidth = 5 * ratio; context.stroke();
      context.strokeStyle = look.ink; context.lineWidth = 2.5 * ratio; context.stroke();
    }
    if (this.places.length > 1) {
      context.beginPath();
      this.places.forEach(([px, py], i) => context[i ? "lineTo" : "moveTo"](px * ratio, py * ratio));
      context.strokeStyle = look.ink; context.lineWidth = 1.5 * ratio; context.stroke();
    }
  }

  /** The shown point nearest to a place of the canvas, within a few pixels, or -1. */
  nearest(px, py, within = 14) {
    const { unit, across, down } = this.pixels, ratio = this.ratio;
    const x = (px * ratio - across) / unit, y = (down - py * ratio) / unit, reach = (within * ratio) / unit;
    let best = -1, least = reach * reach;
    for (let j = this.cell(y - reach, 1); j <= this.cell(y + reach, 1); j++) {
      for (let i = this.cell(x - reach, 0); i <= this.cell(x + reach, 0); i++) {
        const cell = i + this.side * j;
        for (let at = this.starts[cell]; at < this.starts[cell + 1]; at++) {
          const row = this.sorted[at], far = (this.x[row] - x) ** 2 + (this.y[row] - y) ** 2;
          if (this.shown[row] && far < least) [best, least] = [row, far];
        }
      }
    }
    return best;
  }

  inside(places) {
    const { unit, across, down } = this.pixels, ratio = this.ratio;
    const shape = places.map(([px, py]) => [(px * ratio - across) / unit, (down - py * ratio) / unit]);
    return this.known.filter((row) => {
      if (!this.shown[row]) return false;
      let within = false;
      for (let i = 0, j = shape.length - 1; i < shape.length; j = i++) {
        const [ax, ay] = shape[i], [bx, by] = shape[j];
        if (ay > this.y[row] !== by > this.y[row] && this.x[row] < ((bx - ax) * (this.y[row] - ay)) / (by - ay) + ax) within = !within;
      }
      return within;
    });
  }

  zoom(by, px = this.canvas.clientWidth / 2, py = this.canvas.clientHeight / 2) {
    const wanted = Math.max(1, Math.min(200, this.scale * by)), real = wanted / this.scale;
    const dx = px - this.canvas.clientWidth / 2, dy = py - this.canvas.clientHeight / 2;
    this.left = dx - (dx - this.left) * real;
    this.top = dy - (dy - this.top) * real;
    if (wanted === 1) this.left = this.top = 0;
    this.scale = wanted;
    this.draw();
  }

  move(dx, dy) { this.left += dx; this.top += dy; this.draw(); }

  listen() {
    const { canvas } = this;
    let from = null;
    const place = (event) => [event.offsetX, event.offsetY];
    canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.25 : 0.8, ...place(event)); }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      from = { at: place(event), last: place(event), draws: event.shiftKey || this.lasso };
      this.places = from.draws ? [from.at] : [];
      try { canvas.setPointerCapture(event.pointerId); } catch { /* A pointer made by a script has no capture. */ }
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = place(event);
      if (!from) { this.tell("over", this.nearest(...at), at); return; }
      if (from.draws) { this.places.push(at); this.draw(); } else this.move(at[0] - from.last[0], at[1] - from.last[1]);
      from.last = at;
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!from) return;
      const at = place(event), far = Math.hypot(at[0] - from.at[0], at[1] - from.at[1]);
      if (from.draws && this.places.length > 2) this.tell("drawn", this.inside(this.places));
      else if (far < 4) this.tell("chosen", this.nearest(...at));
      from = null; this.places = []; this.draw();
    });
    canvas.addEventListener("pointerleave", () => this.tell("over", -1));
    canvas.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
      if (moves[event.key]) this.move(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") this.zoom(1.25);
      else if (event.key === "-") this.zoom(0.8);
      else if (event.key === "0") this.zoom(1e-9);
      else if (event.key === "Enter") this.tell("chosen", this.nearest(canvas.clientWidth / 2, canvas.clientHeight / 2, 400));
      else return;
      event.preventDefault(); event.stopPropagation();
    });
  }
}

function makeDisc(radius) {
  const offsets = [], whole = Math.ceil(radius);
  for (let dy = -whole; dy <= whole; dy++) for (let dx = -whole; dx <= whole; dx++) if (dx * dx + dy * dy <= radius * radius) offsets.push([dx, dy]);
  return offsets;
}

function parseColor(text) {
  const hex = text.replace("#", ""), full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
  const value = parseInt(full, 16);
  return Number.isNaN(value) ? [110, 110, 110] : [value >> 16, (value >> 8) & 255, value & 255];
}

/** A colour for the buffer, lightened where the paper is dark. */
function packColor(text, isDark) {
  const [r, g, b] = parseColor(text).map((part) => (isDark ? Math.round(part + (255 - part) * 0.4) : part));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
