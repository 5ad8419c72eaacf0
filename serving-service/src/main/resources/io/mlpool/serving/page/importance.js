/** What the live version leans on. All texts are set as text: names come from outside. */
import { get } from "/page/api.js";

const SHOWN = 6;

let shown = "";

/** Shows the features whose loss would be felt most; nothing where it was not measured, as of the naive forecast, which leans on nothing. A version never changes: it is asked about once. */
export async function showImportance(element, model, { version, manifest }) {
  const asked = manifest?.algorithm === "naive" ? "" : `/models/${model}/versions/${version}/importance`;
  if (asked === shown) return;
  shown = asked;
  let measured = null;
  try {
    if (asked) measured = await get(asked);
  } catch {
    // The rest of the page does not need it.
  }
  if (asked !== shown) return;
  element.replaceChildren(...(measured ? panel(measured) : []));
  if (!measured) shown = "";
}

function panel({ families, trees }) {
  const felt = families.filter((one) => one.rise > 1.96 * one.standard_error).slice(0, SHOWN);
  const most = felt.length ? felt[0].percent : 1;
  const list = document.createElement("dl");
  list.className = "bars";
  felt.forEach((one) => list.append(text("dt", one.name), bar(one.percent / most, `+${one.percent.toFixed(2)} %`)));
  const note = text("p", felt.length === 0
    ? "No family of features makes a difference that is told from chance."
    : `How much its loss rises without a family of features, on held-out data.${leading(trees)}`);
  note.className = "note";
  return [text("h3", "What it leans on"), list, note];
}

const leading = (trees) => (trees.length === 0 ? "" : ` Its trees lean most on ${trees.slice(0, 3).map((one) => one.name).join(", ")}.`);

function bar(share, label) {
  const cell = text("dd", label);
  cell.style.setProperty("--share", `${Math.round(100 * share)}%`);
  return cell;
}

function text(tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}
