/** Candles, the fan of the newest forecasts, and the forecasts made before beside what happened. */
import { CandlestickSeries, LineSeries, createChart, createSeriesMarkers } from "/page/vendor/lightweight-charts-5.2.1.mjs";
import { Band } from "/page/band.js";
import { price, seconds } from "/page/format.js";
import { color } from "/page/theme.js";

const FAN = [["0.05", "0.95", 0.16], ["0.1", "0.9", 0.17], ["0.25", "0.75", 0.25]];
const quiet = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false };

export class Chart {
  #chart;
  #candles;
  #past;
  #median;
  #naive;
  #misses;
  #bands = FAN.map(() => new Band());
  #pastBand = new Band();
  #shown = "";

  constructor(element) {
    this.#chart = createChart(element, {
      autoSize: true,
      crosshair: { mode: 0 },
      localization: { priceFormatter: price },
      timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 2 },
    });
    this.#past = this.#chart.addSeries(LineSeries, { ...quiet, lineWidth: 1 });
    this.#candles = this.#chart.addSeries(CandlestickSeries, { borderVisible: false });
    this.#median = this.#chart.addSeries(LineSeries, { ...quiet, lineWidth: 2 });
    this.#naive = this.#chart.addSeries(LineSeries, { ...quiet, lineWidth: 1, lineStyle: 1 });
    this.#candles.attachPrimitive(this.#pastBand);
    this.#bands.forEach((band) => this.#candles.attachPrimitive(band));
    this.#misses = createSeriesMarkers(this.#candles, []);
  }

  /** For what is drawn on them. */
  get candles() {
    return this.#candles;
  }

  /** Takes the colours of the theme. */
  paint() {
    const line = color("--line");
    this.#chart.applyOptions({
      layout: { background: { color: color("--ground") }, textColor: color("--dim"), fontFamily: "system-ui, sans-serif" },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line },
    });
    this.#candles.applyOptions({ upColor: color("--up"), wickUpColor: color("--up"), downColor: color("--down"), wickDownColor: color("--down") });
    this.#median.applyOptions({ color: color("--accent") });
    this.#naive.applyOptions({ color: color("--dim") });
    this.#past.applyOptions({ color: color("--past") });
  }

  /**
   * Shows them.
   *
   * @param what names the series: when it changes, the newest part is moved into view
   * @param interval of the candles; a forecast for a time stands at the candle that closes then
   * @param forecasts one for each horizon, of the newest candle
   * @param past forecasts of one horizon that were made before
   */
  show({ what, interval, candles, forecasts, past }) {
    const bar = seconds(interval);
    const bars = candles.map((one) => ({ time: epoch(one.open_time), open: one.open, high: one.high, low: one.low, close: one.close }));
    this.#candles.setData([...bars, ...ahead(bars.at(-1)?.time, forecasts, bar)]);
    this.#fan(forecasts, bar);
    this.#history(past, bars, bar);
    if (what !== this.#shown && bars.length > 0) {
      this.#shown = what;
      this.#chart.timeScale().setVisibleLogicalRange({ from: bars.length - 110, to: bars.length + longest(forecasts, bar) + 2 });
    }
  }

  #fan(forecasts, bar) {
    const first = forecasts[0];
    const start = first ? [{ time: epoch(first.as_of) - bar, price: first.last_price }] : [];
    const points = forecasts.map((one) => ({ time: epoch(one.target_time) - bar, of: one }));
    const ends = points.map(({ time, of }) => ({ time, value: of.predicted_price }));
    const line = start.map(({ time, price: value }) => ({ time, value }));
    this.#median.setData([...line, ...ends]);
    this.#naive.setData([...line, ...points.slice(-1).map(({ time, of }) => ({ time, value: of.naive_price }))]);
    FAN.forEach(([low, high, opacity], i) => this.#bands[i].set(
      [...start.map(({ time, price: at }) => ({ time, low: at, high: at })),
        ...points.map(({ time, of }) => ({ time, low: of.quantiles[low], high: of.quantiles[high] }))],
      `rgba(${color("--band")}, ${opacity})`));
  }

  #history(past, bars, bar) {
    const known = new Set(bars.map((one) => one.time));
    const points = past.map((one) => ({ time: epoch(one.target_time) - bar, of: one }))
      .filter(({ time }) => known.has(time))
      .sort((a, b) => a.time - b.time);
    this.#past.setData(points.map(({ time, of }) => ({ time, value: of.predicted_price })));
    this.#pastBand.set(points.map(({ time, of }) => ({ time, low: of.quantiles["0.05"], high: of.quantiles["0.95"] })), withOpacity(color("--past"), "1f"));
    this.#misses.setMarkers(points.filter(({ of }) => of.inside_interval === false)
      .map(({ time }) => ({ time, position: "aboveBar", shape: "circle", color: color("--down"), size: 0.6 })));
  }
}

/** Empty places for the bars up to the longest horizon, so that the fan has something to stand on. */
function ahead(last, forecasts, bar) {
  if (last === undefined || forecasts.length === 0) return [];
  const from = epoch(forecasts[0].as_of) - bar;
  return Array.from({ length: longest(forecasts, bar) }, (_, i) => ({ time: from + (i + 1) * bar })).filter(({ time }) => time > last);
}

function longest(forecasts, bar) {
  return Math.round(Math.max(0, ...forecasts.map((one) => seconds(one.horizon))) / bar);
}

const withOpacity = (hex, opacity) => hex + opacity;
const epoch = (iso) => Math.floor(Date.parse(iso) / 1000);
