/** What fires at the moment, worst first. All texts are set as text: names of assets and labels come from outside. */
import { get } from "/page/api.js";
import { age } from "/page/format.js";

const SHOWN = 8;
const WORST = ["critical", "warning", "info"];
const MARKS = { critical: "bad", warning: "warn", info: "note" };

/** Reads and shows; who may not read alerts, or a pool without them, sees none and everything else as always. */
export async function showAlerts(element) {
  try {
    const { alerts, next_cursor: more } = await get("/alerts?state=firing&limit=100");
    const sorted = alerts.sort((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
    element.replaceChildren(...panel(sorted, more));
  } catch {
    element.replaceChildren(text("p", "note", "Alerts cannot be read at the moment."));
  }
}

function panel(alerts, more) {
  if (alerts.length === 0) return [text("p", "note", "Nothing fires.")];
  const list = document.createElement("ul");
  list.className = "alerts";
  list.replaceChildren(...alerts.slice(0, SHOWN).map(item));
  const hidden = alerts.length - SHOWN;
  return hidden > 0 || more ? [list, text("p", "note", more ? "and more than a hundred altogether" : `and ${hidden} more`)] : [list];
}

function item(alert) {
  const line = document.createElement("li");
  line.append(text("strong", MARKS[alert.severity] ?? "note", alert.severity), ` ${alert.summary} `, text("span", "note", `${alert.rule}, for ${age(alert.fired_at)}`));
  return line;
}

function text(tag, className, content) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
