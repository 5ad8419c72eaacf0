/** A filled band between two lines over time, drawn under a series. */
export class Band {
  #points = [];
  #fill = "transparent";
  #series;
  #chart;
  #redraw = () => {};

  /** Points {time, low, high} by rising time, and the colour between. */
  set(points, fill) {
    this.#points = points;
    this.#fill = fill;
    this.#redraw();
  }

  attached({ chart, series, requestUpdate }) {
    this.#chart = chart;
    this.#series = series;
    this.#redraw = requestUpdate;
  }

  detached() {
    this.#redraw = () => {};
  }

  updateAllViews() {}

  /** Prices that the scale is to show while these places are: a series knows but its own. */
  autoscaleInfo(from, to) {
    const time = this.#chart.timeScale();
    const seen = this.#points.filter((point) => {
      const place = time.timeToIndex(point.time, true);
      return place >= from && place <= to;
    });
    if (seen.length === 0) return null;
    return { priceRange: { minValue: Math.min(...seen.map((point) => point.low)), maxValue: Math.max(...seen.map((point) => point.high)) } };
  }

  paneViews() {
    return [{ zOrder: () => "bottom", renderer: () => ({ draw: (target) => target.useMediaCoordinateSpace((at) => this.#draw(at.context)) }) }];
  }

  #draw(context) {
    const time = this.#chart.timeScale();
    const corners = this.#points
      .map((point) => ({ x: time.timeToCoordinate(point.time), low: this.#series.priceToCoordinate(point.low), high: this.#series.priceToCoordinate(point.high) }))
      .filter((corner) => corner.x !== null && corner.low !== null && corner.high !== null);
    if (corners.length < 2) return;
    context.beginPath();
    corners.forEach((corner, i) => (i === 0 ? context.moveTo(corner.x, corner.high) : context.lineTo(corner.x, corner.high)));
    corners.toReversed().forEach((corner) => context.lineTo(corner.x, corner.low));
    context.closePath();
    context.fillStyle = this.#fill;
    context.fill();
  }
}
