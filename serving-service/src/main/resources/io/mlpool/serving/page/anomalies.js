/** Anomalies of the asset as marks on its candles. */
import { createSeriesMarkers } from "/page/vendor/lightweight-charts-5.2.1.mjs";
import { get } from "/page/api.js";
import { percent, seconds } from "/page/format.js";
import { color } from "/page/theme.js";

const AGAIN = 15_000;
const MOST = 600;

export class AnomalyMarks {
  #markers;
  #legend;
  #what = "";
  #looked = 0;
  #found = [];

  constructor(series, legend) {
    this.#markers = createSeriesMarkers(series, []);
    this.#legend = legend;
  }

  /** Looks every quarter of a minute, but at once for another series; a pool that finds none shows none. */
  async follow(asset, interval, from) {
    const what = `asset=${encodeURIComponent(asset)}&interval=${interval}`;
    if (what === this.#what && Date.now() - this.#looked < AGAIN) return;
    if (what !== this.#what) this.#show([], interval);
    this.#what = what;
    this.#looked = Date.now();
    const answer = await get(`/anomalies?${what}&from=${from}&limit=${MOST}`).catch(() => null);
    if (what === this.#what && answer) this.#show(answer.anomalies.filter((one) => Date.parse(one.at) > Date.parse(from)), interval);
  }

  #show(found, interval) {
    this.#found = marks(found, interval);
    this.#legend.hidden = found.length === 0;
    this.paint();
  }

  /** Takes the colours of the theme. */
  paint() {
    this.#markers.setMarkers(this.#found.map((mark) => ({ ...mark, color: color("--accent") })));
  }
}

/** Oldest first, as the chart wants them; the newest few say what was unusual. */
function marks(found, interval) {
  return found.toReversed().map((one, i) => ({
    time: Math.floor(Date.parse(one.at) / 1000) - seconds(interval),
    position: "belowBar",
    shape: "arrowUp",
    size: 0.5 + one.grade,
    text: i < found.length - 5 ? "" : `${one.dimension.replace("_", " ")} ${percent(one.attribution[one.dimension] ?? 1, 0)}`,
  }));
}
