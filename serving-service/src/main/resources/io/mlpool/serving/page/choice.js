/** A row of options of which one is chosen. */
export class Choice {
  #element;
  #changed;
  #options = [];

  constructor(element, changed) {
    this.#element = element;
    this.#changed = changed;
  }

  /** Shows these options with one chosen; leaves them alone when they are shown already. */
  show(options, chosen) {
    if (options.join() !== this.#options.join()) {
      this.#options = options;
      const legend = this.#element.querySelector("legend");
      this.#element.replaceChildren(legend, ...options.map((option) => this.#label(option)));
    }
    this.#element.querySelectorAll("input").forEach((input) => (input.checked = input.value === chosen));
  }

  #label(option) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: this.#element.id, value: option });
    input.addEventListener("change", () => this.#changed(option));
    label.append(input, option);
    return label;
  }
}
