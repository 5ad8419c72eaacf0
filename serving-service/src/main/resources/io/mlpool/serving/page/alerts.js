/** What fires at the moment, worst first. All texts are set as text: names of assets and labels come from outside. */
import { get } from "/page/api.js";
import { age } from "/page/format.js";

const SHOWN = 8;
const WORST = ["critical", "warning", "info"];
const MARKS = { critical: "bad", warning: "warn", info: "note" };

/** Reads and shows; who may not read alerts, or a pool without them, sees none and everything else as always. */
export async function showAlerts(element) {
  try {
    element.replaceChildren(...panel(await worst()));
  } catch {
    element.replaceChildren(text("p", "note", "Alerts cannot be read at the moment."));
  }
}

/** One more than is shown, where there are so many. Mild ones are asked for only while there is room: thousands of them must not hide the bad ones. */
async function worst() {
  const found = [];
  for (const severity of WORST) {
    if (found.length > SHOWN) break;
    const { alerts } = await get(`/alerts?state=firing&severity=${severity}&limit=${SHOWN + 1}`);
    found.push(...alerts);
  }
  return found;
}

function panel(alerts) {
  if (alerts.length === 0) return [text("p", "note", "Nothing fires.")];
  const list = document.createElement("ul");
  list.className = "alerts";
  list.replaceChildren(...alerts.slice(0, SHOWN).map(item));
  return alerts.length > SHOWN ? [list, text("p", "note", "and more")] : [list];
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
