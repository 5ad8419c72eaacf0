/** Experiments that run, and how their arms stand. All texts are set as text: names come from outside. */
import { get } from "/page/api.js";
import { signed } from "/page/format.js";

const SHOWN = 20;

/** Shows those that run; the section is hidden while there are none, or where they cannot be read. */
export async function showExperiments(section, element) {
  let running = [];
  try {
    const { experiments } = await get(`/experiments?limit=${SHOWN}`);
    running = experiments.filter((one) => one.state === "running");
  } catch {
    // The rest of the page does not need them.
  }
  section.hidden = running.length === 0;
  element.replaceChildren(...running.flatMap(panel));
}

function panel(experiment) {
  return [
    text("p", "", `${experiment.id}: ${experiment.model}, version ${experiment.challenger} against ${experiment.control}`),
    text("p", mark(experiment.winner), verdict(experiment)),
  ];
}

function verdict({ winner, standings }) {
  if (!standings || standings.difference.relative == null) return "No complete block of time yet.";
  const { relative, lower, upper } = standings.difference;
  const interval = lower == null ? "too early for an interval" : `${signed(lower)} to ${signed(upper)}`;
  return `Loss ${signed(relative)} (${interval}), ${winner ? `winner: ${winner}` : "no winner yet"}`;
}

const mark = (winner) => (winner === "challenger" ? "good" : winner === "control" ? "bad" : "note");

function text(tag, className, content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = content;
  return element;
}
