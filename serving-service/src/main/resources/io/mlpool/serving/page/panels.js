/** The figures beside the chart. */
import { age, money, percent, price, signed, time } from "/page/format.js";

/** A table row for each horizon of the newest forecast. */
export function forecastPanel(element, forecasts, horizon) {
  if (forecasts.length === 0) return fill(element, note("There is no forecast of this asset yet."));
  const rows = forecasts.map((one) => [
    [one.horizon, price(one.predicted_price), `${price(one.quantiles["0.1"])} – ${price(one.quantiles["0.9"])}`, percent(one.probability_up, 0)],
    one.horizon === horizon]);
  const shown = forecasts.find((one) => one.horizon === horizon) ?? forecasts[0];
  const currency = shown.vs_currency;
  fill(element, table(["Ahead", `Median, ${currency.toUpperCase()}`, "8 of 10 outcomes", "Up"], rows),
    note(`${shown.horizon}: until ${time(shown.target_time)} UTC the median moves ${signed(shown.predicted_price / shown.last_price - 1)}, `
      + `expected distance from it ${money(shown.estimated_error, currency)}. The last price is ${money(shown.naive_price, currency)}.`));
}

/** Errors and coverage of forecasts whose time has come. */
export function trackPanel(element, past, horizon) {
  const scored = past.filter((one) => one.actual_price != null);
  if (scored.length === 0) {
    return fill(element, note(`None of the ${horizon} forecasts of this asset has come due yet. They are scored when the candle at their target closes.`));
  }
  const inside = scored.filter((one) => one.inside_interval).length / scored.length;
  const error = mean(scored.map((one) => one.absolute_error / one.last_price));
  const naive = mean(scored.map((one) => one.naive_error / one.last_price));
  fill(element, facts([
    [`${horizon} forecasts scored`, String(scored.length)],
    ["Outcome inside the 90 % band", percent(inside, 0)],
    ["Mean error of the median", percent(error, 2)],
    ["Mean error of the naive forecast", percent(naive, 2)]]),
    note(scored.length < 100 ? "Too few to tell skill from luck." : error < naive ? "Closer than the naive forecast." : "Not closer than the naive forecast."));
}

/** Who says it, and why it may. */
export function modelPanel(element, model, version, challenger) {
  const { manifest, tags } = version;
  const naive = manifest?.algorithm === "naive";
  const parts = [facts([
    ["Model", `${model.name} version ${version.version}`],
    ["Algorithm", manifest?.algorithm ?? "unknown"],
    ["Trained until", time(manifest?.provenance?.trained_until)],
    ["Live for", age(model.live.champion.loaded_at)],
    ...(challenger ? [["Challenger", `version ${challenger.version}`]] : [])])];
  if (naive) {
    parts.push(note("The naive forecast serves: a random walk whose spread follows volatility. No trained model has proved better yet."));
  }
  if (manifest && !naive) {
    parts.push(table(["Ahead", "Skill vs naive", "In 80 %", "In 90 %"], manifest.horizons.map((one) => [[
      one, skill(manifest.metrics[`skill_vs_naive_${one}`]), percent(manifest.metrics[`coverage_80_${one}`], 0), percent(manifest.metrics[`coverage_90_${one}`], 0)], false])),
      note("On held-out data: how much lower the quantile loss is than the naive forecast's, and how often the outcome lay inside the band."));
  }
  if (tags.decision) parts.push(note(tags.decision));
  fill(element, ...parts);
}

/** What became of the live version's forecasts of all assets, over 30 days. */
export function performancePanel(element, standings, drift) {
  const drifts = note(drift.verdict === "unknown" ? `Drift cannot be told: ${drift.summary}.` : `Over a week ${drift.summary}.`);
  if (standings.length === 0) return fill(element, note("None of its forecasts has come due yet."), drifts);
  const rows = standings.map((one) => [[
    one.horizon, String(one.forecasts), one.skill ? skill(one.skill.value) : "–", within(one.coverage["80"]), percent(one.absolute_error / 100, 2)], false]);
  const told = standings.filter((one) => one.skill?.low != null);
  const better = told.filter((one) => one.skill.low > 0).map((one) => one.horizon);
  fill(element, table(["Ahead", "Scored", "Skill vs naive", "In 80 %", "Error"], rows),
    note(told.length === 0 ? "The last 30 days; too few outcomes yet to tell skill from luck."
      : better.length === 0 ? "The last 30 days; no horizon is told apart from the naive forecast with 95 % confidence."
        : `The last 30 days; better than the naive forecast with 95 % confidence at ${better.join(", ")}.`), drifts);
}

function within(coverage) {
  if (!coverage) return "–";
  return coverage.low == null ? percent(coverage.value, 0) : `${percent(coverage.value, 0)} ± ${(100 * (coverage.high - coverage.value)).toFixed(0)}`;
}

function skill(value) {
  if (value == null) return "–";
  const span = document.createElement("span");
  span.className = value > 0 ? "good" : "bad";
  span.textContent = signed(value / 100);
  return span;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function fill(element, ...children) {
  element.replaceChildren(...children);
}

function note(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "note";
  paragraph.textContent = text;
  return paragraph;
}

function facts(pairs) {
  const list = document.createElement("dl");
  pairs.forEach(([name, value]) => {
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = name;
    text.textContent = value;
    list.append(term, text);
  });
  return list;
}

function table(head, rows) {
  const element = document.createElement("table");
  const top = element.createTHead().insertRow();
  head.forEach((name) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    top.append(cell);
  });
  const body = element.createTBody();
  rows.forEach(([cells, current]) => {
    const row = body.insertRow();
    if (current) row.setAttribute("aria-current", "true");
    cells.forEach((cell) => row.insertCell().append(cell));
  });
  return element;
}
