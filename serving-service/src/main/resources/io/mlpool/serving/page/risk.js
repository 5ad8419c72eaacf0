/** How risky the asset is, and what that is made of. */
import { get } from "/page/api.js";
import { percent, time } from "/page/format.js";

const AGAIN = 30_000;
const SHOWN = 6;

export class RiskPanel {
  #section;
  #body;
  #asset = null;
  #looked = 0;

  constructor(section, body) {
    this.#section = section;
    this.#body = body;
  }

  /** Looks at most every half minute, but at once for another asset; hides itself while nothing is known. */
  async follow(asset) {
    if (asset === this.#asset && Date.now() - this.#looked < AGAIN) return;
    if (asset !== this.#asset) this.#section.hidden = true;
    this.#asset = asset;
    this.#looked = Date.now();
    const answer = await get(`/risk/${encodeURIComponent(asset)}`).catch(() => null);
    if (asset !== this.#asset) return;
    const known = answer?.horizons.length > 0;
    this.#section.hidden = !known;
    if (known) this.#body.replaceChildren(...answer.horizons.flatMap(risk));
  }
}

function risk({ risk, since_yesterday, trend, reasons }) {
  const parts = [scale(risk, since_yesterday), bars(risk)];
  if (trend.length > 2) parts.push(line(trend));
  if (risk.capped_by) parts.push(text("note bad", `At least ${risk.capped_by.floor}: ${risk.capped_by.meaning}.`));
  if (reasons.length > 0) parts.push(text("note warn", `Not to be trusted: ${reasons.join("; ")}.`));
  return parts;
}

function scale(risk, before) {
  const row = text("risk", "");
  const score = text("score", risk.score.toFixed(0));
  const change = before ? `${before.change >= 0 ? "+" : "−"}${Math.abs(before.change).toFixed(0)} since yesterday` : "";
  const fall = risk.event ? `a fall of ${percent(risk.event.drawdown, 0)}, or of ${percent(risk.event.locked_fall, 0)} of what is locked,` : "a severe loss";
  const words = text("note", `of 100, ${percent(risk.probability)} for ${fall} within ${risk.horizon}. As of ${time(risk.as_of)} UTC. ${change}`);
  row.append(score, words);
  return row;
}

/** The largest factors: to the right raises the risk, to the left lowers it. */
function bars(risk) {
  const shown = risk.factors.slice(0, SHOWN);
  const largest = Math.max(0.01, ...shown.map((one) => Math.abs(one.contribution)));
  const list = document.createElement("ul");
  list.className = "factors";
  shown.forEach((one) => {
    const item = document.createElement("li");
    const bar = document.createElement("i");
    const share = (50 * Math.abs(one.contribution)) / largest;
    bar.className = one.contribution >= 0 ? "raises" : "lowers";
    bar.style.width = `${share}%`;
    bar.style.left = one.contribution >= 0 ? "50%" : `${50 - share}%`;
    const track = document.createElement("b");
    track.append(bar);
    item.title = `${one.meaning} ${one.contribution >= 0 ? "Raises" : "Lowers"} the log odds by ${Math.abs(one.contribution).toFixed(2)}.`;
    item.append(text("", one.factor.replaceAll("_", " ")), track);
    list.append(item);
  });
  return list;
}

/** The score of the last days. */
function line(trend) {
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  svg.setAttribute("viewBox", "0 0 100 24");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "trend");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Score of ${trend.length} days, from ${trend[0].score.toFixed(0)} to ${trend.at(-1).score.toFixed(0)}`);
  const points = document.createElementNS(name, "polyline");
  points.setAttribute("points", trend.map((one, i) => `${(100 * i) / (trend.length - 1)},${24 - 0.24 * one.score}`).join(" "));
  svg.append(points);
  return svg;
}

function text(kind, words) {
  const element = document.createElement(kind.startsWith("note") ? "p" : kind ? "div" : "span");
  if (kind) element.className = kind;
  element.textContent = words;
  return element;
}
