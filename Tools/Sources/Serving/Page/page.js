"use strict";

// The page is made from what the server says of its model. Every text that comes from the model is set as text, never as HTML.

const $ = id => document.getElementById(id);

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

function drawing(tag, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const shortOrExponent = value =>
  value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4) ? value.toExponential(2) : short.format(value);
const percent = value => (value * 100).toFixed(value > 0 && value < 0.0995 ? 1 : 0) + "%";
const isFiniteNumber = value => typeof value === "number" && Number.isFinite(value);

// Dates are days since 1970-01-01 where they are compared, and texts where they are shown and sent.
const daysOf = text => Date.parse(text.length > 10 ? text + "Z" : text) / 86400000;
const dateOf = (days, column) => new Date(Math.round(days * 1440) * 60000).toISOString().slice(0, column.isInteger ? 10 : 16);

let model, card, fields = [], chosen = null, lastFit = null, lastWidth = 0;

// MARK: Fields

function columnRange(column) {
  return isFiniteNumber(column.least) && isFiniteNumber(column.greatest) && isFiniteNumber(column.greatest - column.least)
    && column.greatest - column.least > 1e-300;
}

/** A number that has a short text: of 200 steps, or integers. */
function stepOf(column) {
  if (column.isInteger || column.dates) return 1;
  const step = (column.greatest - column.least) / 200;
  return 10 ** Math.floor(Math.log10(step));
}

const rounded = (value, step) => Number((Math.round(value / step) * step).toPrecision(12));

function makeField(column, index) {
  const id = "field" + index;
  const field = { column, isNumber: column.kind === "numbers", isDate: Boolean(column.dates) };
  const gap = element("input", { type: "checkbox", id: id + "gap" });
  const note = element("p", { class: "note", id: id + "note" });
  const top = element("div", { class: "top" },
    element("label", { for: id }, column.name), element("label", { class: "gap", for: id + "gap" }, gap, "missing"));
  let value;
  if (field.isNumber) {
    const kind = field.isDate ? { type: column.isInteger ? "date" : "datetime-local" } : { type: "text", inputmode: "decimal" };
    const pair = "pair" + (field.isDate ? column.isInteger ? " date" : " date time" : "");
    field.input = element("input", { ...kind, id, "aria-describedby": id + "note" });
    if (columnRange(column)) {
      const step = stepOf(column);
      field.slider = element("input", {
        type: "range", min: rounded(column.least, step), max: rounded(column.greatest, step), step,
        "aria-label": column.name + ", slider" });
      value = element("div", { class: "value" },
        element("div", { class: pair }, field.slider, field.input),
        element("div", { class: "ends" },
          element("span", {}, textOf(field, column.least)), element("span", {}, textOf(field, column.greatest))));
      field.slider.addEventListener("input", () => {
        const value = Number(field.slider.value);
        field.input.value = field.isDate ? dateOf(value, column) : value;
        edited(field);
      });
    } else {
      value = element("div", { class: "value" }, element("div", { class: "pair alone" }, field.input));
    }
  } else if (column.categories.length && column.categories.length === column.categoryCount && column.categories.length <= 20) {
    field.input = element("select", { id, "aria-describedby": id + "note" },
      ...column.categories.map(category => {
        const option = element("option", {}, category === "" ? "(empty)" : category);
        option.value = category;
        return option;
      }));
    value = element("div", { class: "value" }, field.input);
  } else {
    const list = element("datalist", { id: id + "list" }, ...column.categories.map(category => {
      const option = element("option", {});
      option.value = category;
      return option;
    }));
    field.input = element("input", { type: "text", id, list: id + "list", "aria-describedby": id + "note" });
    value = element("div", { class: "value" }, field.input, list);
  }
  Object.assign(field, { gap, note });
  field.node = element("div", { class: "field" }, top, value, note);
  field.input.addEventListener("input", () => edited(field));
  gap.addEventListener("change", () => choose(field));
  field.node.addEventListener("focusin", () => { if (chosen !== field) choose(field); });
  return field;
}

/** A number of the field as a person reads it. */
const textOf = (field, value) => field.isDate ? dateOf(value, field.column).slice(0, 10) : shortOrExponent(value);

function resetField(field) {
  const { column } = field;
  if (field.isNumber) {
    const middle = isFiniteNumber(column.median) ? column.median : columnRange(column) ? (column.least + column.greatest) / 2 : null;
    field.input.value = middle === null ? "" : field.isDate ? dateOf(middle, column) : columnRange(column) ? String(rounded(middle, stepOf(column))) : String(middle);
    field.gap.checked = middle === null;
  } else {
    field.input.value = column.categories[0] ?? "";
    field.gap.checked = column.categories.length === 0;
  }
}

function edited(field) {
  field.gap.checked = field.isNumber && field.input.value.trim() === "";
  choose(field);
}

/** What the field holds: a number, a text, or null where it is missing. */
function valueOf(field) {
  if (field.gap.checked) return null;
  if (!field.isNumber) return field.input.value;
  if (field.isDate) return field.input.value === "" ? null : field.input.value;
  const text = field.input.value.trim();
  const value = Number(text.replace(",", "."));
  return text === "" ? null : value;
}

/** The value, a date as days. */
function numberOf(field, value = valueOf(field)) {
  return field.isDate && value !== null ? daysOf(value) : value;
}

function showNote(field) {
  const { column } = field, value = numberOf(field);
  let note = "";
  if (field.isNumber && value !== null) {
    if (!Number.isFinite(value)) note = "This is not a number.";
    else if (columnRange(column) && (value < column.least || value > column.greatest)) note = "Beyond the training data.";
    if (field.slider && Number.isFinite(value)) field.slider.value = value;
  }
  if (!field.isNumber && value !== null && column.categories.length && column.categories.length === column.categoryCount
    && !column.categories.includes(value)) note = "Not in the training data.";
  field.note.textContent = note;
  field.input.setAttribute("aria-invalid", note === "This is not a number.");
  field.node.classList.toggle("is-missing", field.gap.checked);
}

const row = () => Object.fromEntries(fields.map(field => [field.column.name, valueOf(field)]));

// MARK: Predictions

function choose(field) {
  chosen = field;
  $("column").value = String(fields.indexOf(field));
  predict();
}

/** The values of the chosen column at which the curve is drawn. */
function curveValues(field) {
  const { column } = field;
  if (!field.isNumber) {
    const current = valueOf(field), values = column.categories.slice(0, 20);
    if (current !== null && !values.includes(current)) values.push(current);
    return values;
  }
  if (!columnRange(column)) return [];
  if (field.isDate) {
    // Whole days, at the hour that is chosen: many, since what depends on the day of the week changes quickly.
    const [first, last] = [Math.floor(column.least), Math.floor(column.greatest)], now = numberOf(field) ?? first;
    const step = Math.max(1, Math.ceil((last - first) / 150));
    return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step + now - Math.floor(now));
  }
  const count = column.isInteger ? Math.min(41, column.greatest - column.least + 1) : 41;
  const values = Array.from({ length: count }, (_, i) => column.least + (column.greatest - column.least) * i / (count - 1));
  return [...new Set(column.isInteger ? values.map(Math.round) : values)];
}

let isBusy = false, isStale = false;

async function predict() {
  for (const field of fields) showNote(field);
  showCall();
  if (isBusy) { isStale = true; return; }
  isBusy = true;
  do {
    isStale = false;
    await ask();
  } while (isStale);
  isBusy = false;
}

async function ask() {
  const wrong = fields.find(field => { const value = valueOf(field); return typeof value === "number" && !Number.isFinite(value); });
  if (wrong) return showError(`${wrong.column.name} must be a number, but is ${wrong.input.value}.`);
  const current = row(), field = chosen, values = field ? curveValues(field) : [];
  const rows = [current, ...values.map(value => ({ ...current, [field.column.name]: field.isDate ? dateOf(value, field.column) : value }))];
  try {
    const response = await fetch("predict" + (model.interval ? "?interval=" + model.interval : ""), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(rows) });
    const answer = await response.json();
    if (!response.ok) return showError(answer.error + ".");
    showError("");
    showPrediction(answer[0]);
    showCurve(field, values, answer.slice(1), current, answer[0]);
  } catch {
    showError("The server does not answer.");
  }
}

function showError(text) {
  $("error").textContent = text;
  $("error").hidden = text === "";
}

function bar(share, isBest) {
  const fill = element("i");
  fill.style.width = Math.max(0, Math.min(1, share)) * 100 + "%";
  return element("div", { class: "track" + (isBest ? " best" : "") }, fill);
}

function bars(entries, best) {
  return element("dl", { class: "bars" }, ...entries.flatMap(([name, share, text]) => {
    const mark = name === best ? " best" : "";
    return [element("dt", { class: mark.trim() }, name), element("dd", {}, bar(share, name === best)),
      element("dd", { class: "number" + mark }, text)];
  }));
}

function showPrediction(answer) {
  const place = $("prediction");
  if (card.task === "classification") {
    const entries = Object.entries(answer.probabilities);
    if (entries.length > 5) entries.sort((one, other) => other[1] - one[1]);
    const shown = entries.slice(0, 10).map(([name, share]) => [name, share ?? 0, percent(share ?? 0)]);
    const rest = entries.slice(10).reduce((sum, entry) => sum + (entry[1] ?? 0), 0);
    if (entries.length > 10) shown.push([`${entries.length - 10} others`, rest, percent(rest)]);
    place.replaceChildren(element("p", { class: "answer" }, answer.prediction), bars(shown, answer.prediction));
    return;
  }
  const number = answer.prediction === null ? "–" : shortOrExponent(answer.prediction);
  place.replaceChildren(element("p", { class: "answer" }, number, " ", element("small", {}, card.target)));
  if (answer.low === undefined || answer.low === null) return;
  const [start, end] = numberScale(answer);
  const at = value => (value - start) / (end - start) * 100 + "%";
  const fill = element("i"), mark = element("b");
  fill.style.left = at(answer.low);
  fill.style.width = (answer.high - answer.low) / (end - start) * 100 + "%";
  mark.style.left = at(answer.prediction);
  place.append(element("div", { class: "track range" }, fill, mark),
    element("p", { class: "scale" }, element("span", {}, shortOrExponent(start)), element("span", {}, shortOrExponent(end))),
    element("p", { class: "quiet" },
      `Between ${shortOrExponent(answer.low)} and ${shortOrExponent(answer.high)} in ${percent(model.interval)} of cases`));
}

/** Bounds that stay while the prediction moves, as long as it fits. */
function numberScale(answer) {
  const width = answer.high - answer.low;
  if (!lastFit || answer.low < lastFit[0] || answer.high > lastFit[1] || width * 8 < lastFit[1] - lastFit[0]) {
    const [low, high] = [answer.low - width, answer.high + width];
    lastFit = [Math.min(low, lastFit?.[0] ?? low), Math.max(high, lastFit?.[1] ?? high)];
    if (width * 8 < lastFit[1] - lastFit[0]) lastFit = [low, high];
  }
  return lastFit;
}

// MARK: The curve

/** About `count` round numbers from `low` to `high`. */
function ticks(low, high, count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(step => step >= raw);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}

function showCurve(field, values, answers, current, now) {
  const place = $("curve"), legend = $("legend");
  if (!field || !values.length) {
    place.replaceChildren(element("p", { class: "quiet" }, "The model does not know which values this column has."));
    legend.replaceChildren();
    return;
  }
  const isClasses = card.task === "classification";
  // The classes that matter most on the curve; of two, the second tells all.
  let classes = [];
  if (isClasses) {
    const top = card.classes.map(name => [name, Math.max(...answers.map(answer => answer.probabilities[name] ?? 0))]);
    classes = card.classes.length === 2 ? [now.prediction]
      : top.sort((one, other) => other[1] - one[1]).slice(0, 4).map(entry => entry[0]);
    classes.sort((one, other) => card.classes.indexOf(one) - card.classes.indexOf(other));
  }
  const series = isClasses ? classes.map(name => answers.map(answer => answer.probabilities[name] ?? 0))
    : [answers.map(answer => answer.prediction)];
  const hasBand = !isClasses && isFiniteNumber(now.low);
  let [low, high] = [0, 1];
  if (!isClasses) {
    const all = answers.flatMap(answer => hasBand ? [answer.low, answer.high] : [answer.prediction])
      .concat(hasBand ? [now.low, now.high] : [now.prediction]).filter(isFiniteNumber);
    [low, high] = [Math.min(...all), Math.max(...all)];
    const space = (high - low || Math.abs(high) || 1) * 0.06;
    [low, high] = [low - space, high + space];
  }
  const width = Math.max(240, place.clientWidth), height = field.isNumber ? 240 : 14 + values.length * 30;
  const label = isClasses ? percent : shortOrExponent;
  const svg = drawing("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img",
    "aria-label": `The prediction for other values of ${field.column.name}` });
  if (field.isNumber) drawLine(svg, width, height, low, high);
  else drawBars(svg, width, height, low, high);
  place.replaceChildren(svg);
  const names = isClasses ? classes.map(name => "probability of " + name) : [card.target];
  legend.replaceChildren(...names.slice(0, field.isNumber ? 4 : 1).map((name, i) =>
    element("span", {}, element("i", { class: "series" + i }), element("em", {}, name))));

  function drawLine(svg, width, height, low, high) {
    const texts = ticks(low, high, 4).map(value => [value, label(value)]);
    const left = Math.max(...texts.map(text => text[1].length)) * 7 + 10, right = width - 10, bottom = height - 26, head = 10;
    const [first, last] = [values[0], values[values.length - 1]];
    const x = value => left + (value - first) / (last - first || 1) * (right - left);
    const y = value => bottom - (value - low) / (high - low || 1) * (bottom - head);
    for (const [value, text] of texts) {
      svg.append(drawing("line", { class: "grid", x1: left, x2: right, y1: y(value), y2: y(value) }));
      svg.append(drawing("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, text));
    }
    for (const value of ticks(first, last, Math.max(2, Math.floor((right - left) / (field.isDate ? 120 : 90))))) {
      svg.append(drawing("text", { x: x(value), y: height - 6, "text-anchor": "middle" }, textOf(field, value)));
    }
    if (hasBand) {
      const upper = answers.map((answer, i) => `${x(values[i])},${y(answer.high)}`);
      const lower = answers.map((answer, i) => `${x(values[i])},${y(answer.low)}`).reverse();
      svg.append(drawing("polygon", { class: "band", points: upper.concat(lower).join(" ") }));
    }
    series.forEach((line, i) => svg.append(drawing("polyline", {
      class: "line series" + i, points: line.map((value, j) => `${x(values[j])},${y(value ?? low)}`).join(" ") })));
    const value = numberOf(field, current[field.column.name]);
    if (value === null || value < first || value > last) return;
    svg.append(drawing("line", { class: "now", x1: x(value), x2: x(value), y1: head, y2: bottom }));
    series.forEach((_, i) => svg.append(drawing("circle", { class: "dot series" + i, r: 5.5, cx: x(value),
      cy: y((isClasses ? now.probabilities[classes[i]] : now.prediction) ?? low) })));
  }

  function drawBars(svg, width, height, low, high) {
    const name = isClasses ? now.prediction : null;
    if (isClasses) { classes = [name]; }
    const numbers = answers.map(answer => (isClasses ? answer.probabilities[name] : answer.prediction) ?? 0);
    if (!isClasses) { low = Math.min(0, ...numbers); high = Math.max(0, ...numbers) || 1; }
    const cut = text => text.length > 16 ? text.slice(0, 15) + "…" : text;
    const left = Math.min(width * 0.4, Math.max(...values.map(value => cut(value || "(empty)").length)) * 7.4 + 12);
    const right = width - 56, x = value => left + (value - low) / (high - low) * (right - left);
    svg.append(drawing("line", { class: "grid", x1: x(Math.max(0, low)), x2: x(Math.max(0, low)), y1: 6, y2: height - 2 }));
    values.forEach((value, i) => {
      const top = 8 + i * 30, isNow = value === current[field.column.name];
      svg.append(drawing("text", { x: left - 8, y: top + 15, "text-anchor": "end" }, cut(value || "(empty)")));
      svg.append(drawing("rect", { class: "bar series0" + (isNow ? " best" : ""), rx: 3, y: top + 2, height: 17,
        x: Math.min(x(0), x(numbers[i])), width: Math.max(1, Math.abs(x(numbers[i]) - x(0))) }));
      svg.append(drawing("text", { x: Math.max(x(0), x(numbers[i])) + 6, y: top + 15 }, label(numbers[i])));
    });
  }
}

// MARK: About the model

function showCall() {
  const text = JSON.stringify(row()).replaceAll("'", "'\\''");
  const address = new URL("predict", location.href);
  $("call").textContent = `curl ${address.href} -d '${text}'`;
}

function showAbout() {
  document.title = model.name;
  $("title").textContent = model.name;
  const count = card.columns.length;
  $("subtitle").textContent = `predicts ${card.target} ${card.task === "classification" && card.classes.length
    ? `(${card.classes.slice(0, 6).join(", ")}${card.classes.length > 6 ? ", …" : ""}) ` : ""}from ${count} column${count === 1 ? "" : "s"}`;
  if (card.scores.length) {
    $("scores").append(element("h3", {}, "Scores on rows that it has not seen" ), element("dl", { class: "bars" },
      ...card.scores.flatMap(score => {
        const value = Number(score.value), isShare = value >= 0 && value <= 1 && !/loss|error|brier/i.test(score.name);
        const track = element("div", { class: "track range" });
        if (isShare) {
          const fill = element("i"), mark = element("b");
          const ends = isFiniteNumber(score.low) && isFiniteNumber(score.high)
            ? [Math.max(0, score.low), Math.min(1, score.high)] : [0, value];
          fill.style.left = ends[0] * 100 + "%";
          fill.style.width = (ends[1] - ends[0]) * 100 + "%";
          mark.style.left = value * 100 + "%";
          track.append(fill, mark);
        }
        const range = isFiniteNumber(score.low) && isFiniteNumber(score.high)
          ? ` ${shortOrExponent(score.low)} to ${shortOrExponent(score.high)}` : "";
        return [element("dt", {}, score.name.replaceAll("_", " ")), element("dd", {}, isShare ? track : ""),
          element("dd", { class: "number", title: range ? "95% interval:" + range : null },
            Number.isFinite(value) ? shortOrExponent(value) : String(score.value))];
      })));
    if (card.validation) $("scores").append(element("p", { class: "quiet" }, card.validation));
  }
  if (card.importances.length) {
    const shown = card.importances.slice(0, 12), most = Math.max(...shown.map(item => Number(item.value)), 1e-12);
    $("importances").append(element("h3", {}, "What counts: loss of score without the column"),
      bars(shown.map(item => [item.column, item.value / most, Number(item.value).toPrecision(2)])));
  }
  const facts = [["rows", isFiniteNumber(card.rows) ? card.rows.toLocaleString("en") : null],
    ["trained", card.date ? new Date(card.date).toLocaleDateString("en", { dateStyle: "long" }) : null],
    ["library", card.library], ["call", card.call]];
  for (const [name, value] of facts) {
    if (value) $("facts").append(element("dt", {}, name), element("dd", {}, name === "call" ? element("code", {}, value) : value));
  }
  $("v2").textContent = "/v2/models/" + encodeURIComponent(model.name);
}

function showForm() {
  fields = card.columns.map(makeField);
  // What counts most comes first; the rest of a long form is folded away.
  const rank = new Map(card.importances.map((item, i) => [item.column, i]));
  const order = [...fields].sort((one, other) => (rank.get(one.column.name) ?? 1e9) - (rank.get(other.column.name) ?? 1e9));
  const shown = order.length > 14 ? order.slice(0, 12) : order, rest = order.slice(shown.length);
  $("fields").append(...shown.map(field => field.node));
  if (rest.length) {
    $("more").hidden = false;
    $("more").firstElementChild.textContent = `${rest.length} more columns`;
    $("more-fields").append(...rest.map(field => field.node));
  }
  $("column").append(...order.map(field => {
    const option = element("option", {}, field.column.name);
    option.value = String(fields.indexOf(field));
    return option;
  }));
  fields.forEach(resetField);
  chosen = order.find(field => curveValues(field).length > 1) ?? order[0];
  if (chosen) $("column").value = String(fields.indexOf(chosen));
  $("column").addEventListener("change", () => choose(fields[Number($("column").value)]));
  $("form").addEventListener("submit", event => { event.preventDefault(); predict(); });
  $("form").addEventListener("reset", event => { event.preventDefault(); fields.forEach(resetField); predict(); });
  $("copy").hidden = !navigator.clipboard;
  $("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText($("call").textContent);
    $("copy").textContent = "Copied";
    setTimeout(() => { $("copy").textContent = "Copy"; }, 1500);
  });
  new ResizeObserver(() => { if ($("curve").clientWidth !== lastWidth) { lastWidth = $("curve").clientWidth; predict(); } })
    .observe($("curve"));
}

async function begin() {
  try {
    const response = await fetch("model");
    if (!response.ok) throw new Error();
    model = await response.json();
  } catch {
    $("failure").textContent = "The server does not say what its model is.";
    $("failure").hidden = false;
    return;
  }
  card = model.card;
  showAbout();
  $("main").hidden = false;
  showForm();
  await predict();
}

begin();
