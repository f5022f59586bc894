/* What a script adds to the report: copying, sorting, searching. Everything can be read without it. */
"use strict";

(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---------------------------------------------------------------- copying

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      select(element);
      return document.execCommand("copy");
    }
  };

  for (const button of $$("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(document.getElementById(button.dataset.copy));
      button.textContent = done ? button.dataset.done : button.dataset.failed;
      setTimeout(() => { button.textContent = label; }, 2500);
    });
  }

  // ---------------------------------------------------------------- sorting

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  const sortBy = (table, header) => {
    const column = header.cellIndex;
    const down = header.getAttribute("aria-sort") === "ascending";
    const rows = [...table.tBodies[0].rows].map((row) => [key(row, column), row]);
    rows.sort((a, b) => collator.compare(a[0], b[0]) * (down ? -1 : 1));
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };

  for (const table of $$("table.sortable")) {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => sortBy(table, header));
    }
  }
  for (const note of $$(".sort-note")) note.hidden = false;

  // ---------------------------------------------------------------- searching

  const form = $("form.finder");
  if (!form) return;
  const STEP = 100; // rows drawn at a time
  const [ID, SITE, URL_, VERDICT, WORK, TITLE, LICENCE, WHAT] = [0, 1, 2, 3, 4, 5, 6, 7];
  const results = $(".results"), list = $(".static"), status = $(".status", results), more = $(".more", results);
  const rows = [];
  let loaded = 0, found = [], drawn = 0;

  window.cccheckRows = (some) => { rows.push(...some); };

  const load = async () => {
    const chunks = Number(form.dataset.chunks);
    while (loaded < chunks) {
      const script = document.createElement("script");
      script.src = new URL(`assets/rows-${loaded + 1}.js`, document.baseURI).href;
      await new Promise((resolve, reject) => {
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        document.head.append(script);
      });
      loaded += 1;
    }
  };

  const values = () => {
    const data = new FormData(form);
    const get = (name) => (data.get(name) ?? "").trim();
    return {
      text: get("text").toLowerCase().split(/\s+/).filter(Boolean),
      site: get("site").toLowerCase(),
      verdict: get("verdict"),
      work: get("work"),
      worktext: get("worktext").toLowerCase(),
      licence: get("licence"),
    };
  };

  const wanted = (value) => (row) =>
    (!value.verdict || row[VERDICT] === value.verdict) &&
    (!value.work || row[WORK] === value.work) &&
    (!value.licence || row[LICENCE] === value.licence) &&
    (!value.site || row[SITE].toLowerCase().includes(value.site)) &&
    (!value.worktext || row[TITLE].toLowerCase().includes(value.worktext)) &&
    value.text.every((word) => `${row[URL_]} ${row[TITLE]} ${row[WHAT]}`.toLowerCase().includes(word));

  const isolated = (text) => {
    const element = document.createElement("bdi");
    element.textContent = text;
    return element;
  };

  const badges = new Map($$("ul.key a[data-verdict]").map((link) => [link.dataset.verdict, $(".badge", link)]));
  const options = new Map($$("option", form.elements.verdict).map((option) => [option.value, option.text]));
  const order = [...options.keys()];

  const draw = () => {
    const body = $("tbody", results);
    for (const row of found.slice(drawn, drawn + STEP)) {
      const line = body.insertRow();
      line.dataset.page = row[ID];
      line.dataset.verdict = row[VERDICT];
      const head = document.createElement("th");
      head.scope = "row";
      const link = document.createElement("a");
      link.href = `pages/${row[ID]}.html`;
      link.append(isolated(row[URL_]));
      head.append(link);
      line.append(head);
      line.insertCell().append(isolated(row[TITLE]));
      line.insertCell().append(row[LICENCE]);
      const verdict = line.insertCell();
      verdict.dataset.sort = order.indexOf(row[VERDICT]);
      const badge = badges.get(row[VERDICT]);
      verdict.append(badge ? badge.cloneNode(true) : options.get(row[VERDICT]) ?? row[VERDICT]);
      line.insertCell().append(isolated(row[WHAT]));
    }
    drawn = Math.min(found.length, drawn + STEP);
    more.hidden = drawn >= found.length;
  };

  const said = (n) => {
    if (!n) return form.dataset.none;
    const forms = JSON.parse(form.dataset.found), lang = document.documentElement.lang;
    const text = forms[new Intl.PluralRules(lang).select(n)] ?? forms.other;
    return text.replace("{n}", n.toLocaleString(lang));
  };

  const show = async () => {
    results.hidden = false;
    list.hidden = true;
    status.textContent = form.dataset.looking;
    await load();
    found = rows.filter(wanted(values()));
    drawn = 0;
    $("tbody", results).replaceChildren();
    for (const header of $$("[aria-sort]", results)) header.removeAttribute("aria-sort");
    status.textContent = said(found.length);
    draw();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("change", show);
  form.addEventListener("reset", () => { results.hidden = true; list.hidden = false; });
  more.addEventListener("click", draw);
  for (const link of $$("a[data-verdict]")) {
    link.addEventListener("click", () => { form.elements.verdict.value = link.dataset.verdict; show(); });
  }
})();
