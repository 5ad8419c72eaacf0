/** The page: what is chosen, what is shown of it, and when it is looked at again. */
import { showAlerts } from "/page/alerts.js";
import { AnomalyMarks } from "/page/anomalies.js";
import { get, hasKey, post, useKey } from "/page/api.js";
import { Chart } from "/page/chart.js";
import { Choice } from "/page/choice.js";
import { showExperiments } from "/page/experiments.js";
import { age, money, percent, price, seconds, signed, time } from "/page/format.js";
import { showImportance } from "/page/importance.js";
import { forecastPanel, modelPanel, performancePanel, trackPanel } from "/page/panels.js";
import { RiskPanel } from "/page/risk.js";
import { watchTheme } from "/page/theme.js";

const LOOK = 3_000;
const LIKED = "bitcoin";
const at = (id) => document.getElementById(id);

const chosen = new URLSearchParams(location.hash.slice(1));
const state = { assets: [], models: [], asset: chosen.get("asset"), interval: chosen.get("interval"), horizon: chosen.get("horizon"), known: "", shown: null, failing: null };

const chart = new Chart(at("chart"));
const anomalies = new AnomalyMarks(chart.candles, at("anomalies-legend"));
const risk = new RiskPanel(at("risk-section"), at("risk"));
const intervals = new Choice(at("intervals"), (interval) => choose({ interval, horizon: null }));
const horizons = new Choice(at("horizons"), (horizon) => choose({ horizon }));

watchTheme(at("theme"), () => {
  chart.paint();
  anomalies.paint();
  if (state.shown) chart.show(state.shown);
});
at("asset").addEventListener("change", () => {
  const found = find(at("asset").value);
  if (found) {
    at("asset").value = found;
    choose({ asset: found });
  } else at("asset").value = state.asset ?? "";
});
at("asset").addEventListener("focus", (event) => event.target.select());
at("key").addEventListener("close", () => {
  useKey(at("key-text").value);
  look();
});
document.addEventListener("visibilitychange", () => document.hidden || look());

let timer;
let looks = 0;
look();

function choose(change) {
  Object.assign(state, change, { known: "" });
  look();
}

/** Looks whether something is new, and shows it; then again after a while. */
async function look() {
  clearTimeout(timer);
  const mine = ++looks;
  const outdated = () => mine !== looks;
  try {
    await refresh(outdated);
    if (outdated()) return;
    showAlerts(at("alerts"));
    showExperiments(at("experiments-section"), at("experiments"));
    recovered();
  } catch (error) {
    if (outdated()) return;
    failed(error);
  }
  if (!document.hidden) timer = setTimeout(look, LOOK);
}

/** Another choice may be made while an answer is on its way: what it was for is not shown then. */
async function refresh(outdated) {
  if (state.assets.length === 0 || state.models.length === 0) await meet();
  if (outdated() || state.assets.length === 0 || live().length === 0) return;
  const model = settle();
  risk.follow(state.asset);
  mark();
  const asked = { asset: state.asset, interval: state.interval };
  const answer = await post("/predict/batch", { requests: model.live.champion.horizons.map((horizon) => ({ ...asked, horizon })) });
  if (outdated()) return;
  const forecasts = answer.results.filter((one) => one.prediction).map((one) => one.prediction);
  const known = [state.asset, state.interval, state.horizon, forecasts[0]?.as_of, forecasts[0]?.model.version].join();
  status(forecasts, answer.results);
  if (known === state.known) return;
  await show(forecasts, model, outdated);
  if (!outdated()) state.known = known;
}

/** Only what stands on a candle that is shown. */
function mark() {
  const oldest = state.shown?.what === `${state.asset} ${state.interval}` && state.shown.candles[0];
  if (oldest) anomalies.follow(state.asset, state.interval, oldest.open_time);
}

async function meet() {
  const [assets, models] = await Promise.all([get("/assets"), get("/models")]);
  state.assets = assets.assets;
  state.models = models.models;
  at("assets").replaceChildren(...state.assets.map((one) => new Option(one.name === one.asset ? one.symbol.toUpperCase() : `${one.name} ${one.symbol.toUpperCase()}`, one.asset)));
  if (state.assets.length === 0) {
    empty("No candles yet", "The pool knows no asset. Ingest brings them in by itself, or send a file: ./mlpool import BTCUSDT-1h.csv.gz");
  } else if (live().length === 0) {
    empty("No model is live yet", "Training makes one from the candles there are: ./mlpool train --interval 1h. This page shows it as soon as it is live.");
    state.models = [];
  } else {
    at("empty").hidden = true;
    document.querySelector("main").hidden = false;
  }
}

/** Chooses what was not chosen, or is not there. */
function settle() {
  if (!state.assets.some((one) => one.asset === state.asset)) {
    state.asset = (state.assets.find((one) => one.asset === LIKED) ?? state.assets[0]).asset;
  }
  const model = live().find((one) => one.live.champion.interval === state.interval) ?? live()[0];
  state.interval = model.live.champion.interval;
  const answered = model.live.champion.horizons;
  if (!answered.includes(state.horizon)) state.horizon = answered.at(-1);
  if (document.activeElement !== at("asset")) at("asset").value = state.asset;
  intervals.show(live().map((one) => one.live.champion.interval), state.interval);
  horizons.show(answered, state.horizon);
  history.replaceState(null, "", `#${new URLSearchParams({ asset: state.asset, interval: state.interval, horizon: state.horizon })}`);
  return model;
}

async function show(forecasts, before, outdated) {
  const query = `asset=${encodeURIComponent(state.asset)}&interval=${state.interval}`;
  const [candles, past, model] = await Promise.all([
    get(`/candles?${query}&limit=600`),
    get(`/predictions?${query}&horizon=${state.horizon}&limit=600`),
    get(`/models/${before.name}`)]);
  const champion = model.live.champion.version;
  const [version, performance, drift] = await Promise.all([
    get(`/models/${model.name}/versions/${champion}`),
    get(`/monitoring/performance?model=${model.name}&version=${champion}&variant=champion`),
    get(`/monitoring/drift?model=${model.name}&version=${champion}`)]);
  if (outdated()) return;
  state.models = state.models.map((one) => (one.name === model.name ? model : one));
  const made = past.predictions.filter((one) => one.model.variant === "champion");
  state.shown = { what: `${state.asset} ${state.interval}`, interval: state.interval, candles: candles.candles, forecasts, past: made };
  chart.show(state.shown);
  mark();
  headline(forecasts, candles.candles, candles.vs_currency);
  forecastPanel(at("forecast"), forecasts, state.horizon);
  trackPanel(at("track"), made, state.horizon);
  modelPanel(at("model"), model, version, model.live.challenger);
  showImportance(at("importance"), model.name, version);
  performancePanel(at("performance"), performance.performance, drift.models[0]);
}

function headline(forecasts, candles, currency) {
  const name = state.assets.find((one) => one.asset === state.asset)?.name ?? state.asset;
  const shown = forecasts.find((one) => one.horizon === state.horizon);
  const newest = money(candles.at(-1)?.close, currency);
  at("headline").textContent = `${name} ${newest}`;
  document.title = `${name} ${newest} · ML Pool`;
  if (!shown) return at("outlook").replaceChildren("no forecast yet");
  const median = document.createElement("strong");
  median.textContent = money(shown.predicted_price, currency);
  at("outlook").replaceChildren(`in ${shown.horizon} `, median, ` (${signed(shown.predicted_price / shown.last_price - 1)}), 8 of 10 times between `
    + `${price(shown.quantiles["0.1"])} and ${money(shown.quantiles["0.9"], currency)}, up with ${percent(shown.probability_up, 0)}`);
}

/** How fresh the data are, and what speaks against the forecast. */
function status(forecasts, results) {
  const shown = forecasts.find((one) => one.horizon === state.horizon) ?? forecasts[0];
  const doubts = shown?.reasons ?? [];
  at("doubts").hidden = doubts.length === 0;
  at("doubts").textContent = doubts.length > 0 ? `Not to be trusted: ${doubts.join("; ")}.` : "";
  if (!shown) return tell("stale", String(results[0]?.error?.detail ?? "No forecast of this asset yet"));
  const old = Date.now() - Date.parse(shown.as_of) > 2000 * seconds(state.interval);
  tell(old ? "stale" : "fresh", `Newest candle ${time(shown.as_of)} UTC, ${age(shown.as_of)} old`);
}

function failed(error) {
  if (error.status === 401 || error.status === 403) return askForKey(error);
  state.failing ??= new Date().toISOString();
  document.body.dataset.old = "";
  tell("error", `${error.message}${state.shown ? `; what is shown is from ${time(state.failing)} UTC` : ""}. Trying again.`);
}

/** Whoever gave one is told why it does not do. */
function askForKey(error) {
  tell("error", hasKey() ? error.message : "A key is needed");
  at("key-refused").hidden = !hasKey();
  at("key-refused").textContent = hasKey() ? `Not with the key that was given: ${error.message}` : "";
  if (!at("key").open) at("key").showModal();
}

function recovered() {
  if (state.failing === null) return;
  state.failing = null;
  delete document.body.dataset.old;
}

function tell(what, text) {
  at("status").dataset.state = what;
  if (at("status").textContent !== text) at("status").textContent = text;
}

function empty(title, text) {
  document.querySelector("main").hidden = true;
  at("empty").hidden = false;
  at("empty-title").textContent = title;
  at("empty-text").textContent = text;
  tell("stale", title);
}

/** Models that forecast. */
function live() {
  return state.models.filter((one) => one.live.champion?.horizons);
}

/** By key, name or symbol. */
function find(text) {
  const wanted = text.trim().toLowerCase();
  return state.assets.find((one) => [one.asset, one.name.toLowerCase(), one.symbol.toLowerCase()].includes(wanted))?.asset;
}
