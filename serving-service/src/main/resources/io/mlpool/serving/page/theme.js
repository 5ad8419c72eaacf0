/** Dark or light: what the system prefers until somebody switches, which is remembered. */

const STORED = "mlpool-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

export function watchTheme(button, changed) {
  const show = () => {
    document.documentElement.dataset.theme = localStorage.getItem(STORED) ?? (system.matches ? "dark" : "light");
    changed();
  };
  button.addEventListener("click", () => {
    localStorage.setItem(STORED, document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}

/** A colour of the style sheet. */
export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
