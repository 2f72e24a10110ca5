"use strict";
// The board's own hand: search, choices, colours, sorting, pages, and rows that open. No network, no library.
(() => {
  const PAGE = 50, SLICE = 50000, SORTABLE = 100000, PART = 500;
  const words = JSON.parse(document.getElementById("words").textContent);
  const sections = new Map();
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const load = (source) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => script.remove();
    document.head.append(script);
  };

  class Section {
    constructor(root) {
      this.root = root;
      this.about = JSON.parse(root.querySelector(".about").textContent);
      this.rows = [];
      this.parts = new Map();
      this.waiting = new Map();
      this.found = [];
      this.shown = [];
      this.checked = 0;
      this.busy = false;
      this.fits = null;
      this.page = 0;
      this.turn = 0;
      this.known = this.about.facets.map(() => new Set());
      this.texts = new Map();
      this.body = root.querySelector("tbody");
      this.status = root.querySelector(".status");
      this.search = root.querySelector("input[type=search]");
      this.choices = [...root.querySelectorAll("select")];
      this.colours = [...root.querySelectorAll("input[type=checkbox]")];
      this.sort = null;
      this.listen();
      const inline = root.querySelector(".rows");
      if (inline) {
        this.parts.set(0, JSON.parse(root.querySelector(".parts").textContent));
        this.take(JSON.parse(inline.textContent));
      } else {
        this.next(0);
      }
    }

    next(number) {
      if (number < this.about.chunks) load(`${this.about.home}/${this.about.id}-${number}.js`);
    }

    chunk(number, rows) {
      this.take(rows);
      setTimeout(() => this.next(number + 1));
    }

    // Words that repeat are kept once: a million rows then fit a browser.
    one(text) {
      const held = this.texts.get(text);
      if (held !== undefined) return held;
      if (this.texts.size < 20000) this.texts.set(text, text);
      return text;
    }

    take(rows) {
      for (const row of rows) {
        for (let i = 0; i < row.length; i++) row[i] = this.one(row[i]);
        this.rows.push(row);
      }
      this.offer();
      if (!this.fits) this.apply(true);
      else if (!this.busy) this.step(this.turn, false);
    }

    offer() {
      this.about.facets.forEach((column, at) => {
        const known = this.known[at], select = this.choices[at], before = known.size;
        for (const row of this.rows.slice(this.offered || 0)) if (known.size < 200) known.add(row[column + 1]);
        if (known.size === before) return;
        const chosen = select.value;
        select.replaceChildren(select.options[0], ...[...known].sort().map((word) => new Option(word || "—", word || "—")));
        select.value = chosen;
      });
      this.offered = this.rows.length;
    }

    listen() {
      let timer;
      const asked = () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.apply(true), 150);
      };
      for (const kind of ["input", "change"]) this.search.addEventListener(kind, asked);
      for (const input of [...this.choices, ...this.colours]) input.addEventListener("change", () => this.apply(true));
      const [back, onward] = this.root.querySelectorAll(".pager button");
      this.back = back;
      this.onward = onward;
      back.addEventListener("click", () => this.turnTo(this.page - 1));
      onward.addEventListener("click", () => this.turnTo(this.page + 1));
      this.root.querySelectorAll("th button").forEach((button) => button.addEventListener("click", () => {
        const head = button.parentElement, column = Number(button.dataset.column);
        const down = head.getAttribute("aria-sort") === "ascending";
        this.root.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        this.sort = { column: column + 1, way: down ? -1 : 1 };
        this.apply(true);
      }));
    }

    apply(fresh) {
      const text = this.search.value.trim().toLowerCase();
      const wanted = this.choices.map((select, at) => [this.about.facets[at] + 1, select.value]).filter(([, word]) => word);
      const colours = new Set(this.colours.filter((box) => box.checked).map((box) => box.value));
      this.fits = (row) => (!colours.size || colours.has(row[0]))
        && wanted.every(([column, word]) => (row[column] || "—") === word)
        && (!text || row.some((cell, at) => at && cell.toLowerCase().includes(text)));
      this.found = [];
      this.checked = 0;
      this.step(++this.turn, fresh);
    }

    // In slices, so that nothing freezes; a newer question ends an older one.
    step(turn, fresh) {
      if (turn !== this.turn) return;
      const end = Math.min(this.checked + SLICE, this.rows.length);
      for (let i = this.checked; i < end; i++) if (this.fits(this.rows[i])) this.found.push(i);
      this.checked = end;
      this.busy = end < this.rows.length;
      if (this.busy) setTimeout(() => this.step(turn, fresh));
      else this.show(fresh);
    }

    show(fresh) {
      this.unsorted = Boolean(this.sort) && this.found.length > SORTABLE;
      this.shown = this.found;
      if (this.sort && !this.unsorted) {
        const { column, way } = this.sort, rows = this.rows;
        const number = (cell) => (cell === "" || Number.isNaN(Number(cell)) ? null : Number(cell));
        this.shown = [...this.found].sort((a, b) => {
          const left = rows[a][column], right = rows[b][column], n = number(left), m = number(right);
          const order = n !== null && m !== null ? n - m : left < right ? -1 : left > right ? 1 : 0;
          return way * (order || a - b);
        });
      }
      this.turnTo(fresh ? 0 : this.page);
    }

    turnTo(page) {
      const pages = Math.max(1, Math.ceil(this.found.length / PAGE));
      this.page = Math.min(Math.max(0, page), pages - 1);
      const shown = this.shown.slice(this.page * PAGE, (this.page + 1) * PAGE);
      const open = new Set([...this.body.querySelectorAll("details[open]")].map((one) => one.dataset.row));
      this.body.replaceChildren(...shown.map((at) => this.row(at, open.has(String(at)))));
      this.back.disabled = this.page === 0;
      this.onward.disabled = this.page >= pages - 1;
      const values = { found: this.found.length.toLocaleString("en"), all: this.about.count.toLocaleString("en"),
        read: this.rows.length.toLocaleString("en"), page: this.page + 1, pages };
      const parts = [say(words.status, values)];
      if (this.rows.length < this.about.count) parts.push(say(words.reading, values));
      if (this.unsorted) parts.push(words.unsorted);
      this.status.textContent = parts.join(" ");
    }

    row(at, open) {
      const [colour, ...cells] = this.rows[at], line = make("tr");
      if (this.about.coloured) {
        const first = make("td");
        first.append(make("span", words.colours[colour], `chip ${colour}`));
        line.append(first);
      }
      line.append(...cells.map((cell) => make("td", cell)));
      if (this.about.details.length) {
        const last = make("td"), details = make("details"), summary = make("summary", words.details);
        summary.setAttribute("aria-label", `${words.details} ${cells[0]}`);
        details.dataset.row = at;
        details.append(summary);
        details.addEventListener("toggle", () => details.open && this.open(at, details));
        last.append(details);
        line.append(last);
        if (open) details.open = true;
      }
      return line;
    }

    open(at, details) {
      if (details.querySelector("dl")) return;
      const part = this.about.chunks ? Math.floor(at / PART) : 0, first = this.about.chunks ? part * PART : 0;
      const fill = (lines) => {
        if (details.querySelector("dl")) return;
        const list = make("dl");
        lines[at - first].forEach((text, which) => {
          if (text) list.append(make("dt", this.about.details[which]), make("dd", text));
        });
        details.append(list);
      };
      if (this.parts.has(part)) return fill(this.parts.get(part));
      this.waiting.set(part, [...(this.waiting.get(part) || []), fill]);
      load(`${this.about.home}/${this.about.id}-part-${part}.js`);
    }

    part(number, lines) {
      if (this.parts.size > 20) this.parts.clear();
      this.parts.set(number, lines);
      (this.waiting.get(number) || []).forEach((fill) => fill(lines));
      this.waiting.delete(number);
    }
  }

  window.board = (id, number, rows) => sections.get(id).chunk(number, rows);
  window.boardPart = (id, number, lines) => sections.get(id).part(number, lines);
  document.querySelectorAll("section[data-board]").forEach((root) => sections.set(root.id, new Section(root)));
})();
