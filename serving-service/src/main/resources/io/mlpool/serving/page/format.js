/** Numbers and times as people read them. */

const ELLIPSIS = "–";

/** A price with as many digits as tell it from its neighbours. */
export function price(value) {
  if (value == null) return ELLIPSIS;
  const size = Math.abs(value);
  const digits = size >= 1000 ? 2 : size >= 1 ? 4 : 6;
  return value.toLocaleString("en", size >= 1 ? { minimumFractionDigits: Math.min(2, digits), maximumFractionDigits: digits }
    : { maximumSignificantDigits: digits });
}

/** The same with its currency, where one stands alone. */
export function money(value, currency = "usd") {
  return value == null ? ELLIPSIS : `${price(value)} ${currency.toUpperCase()}`;
}

export function percent(share, digits = 1) {
  return share == null ? ELLIPSIS : `${(100 * share).toFixed(digits)} %`;
}

export function signed(share, digits = 2) {
  return share == null ? ELLIPSIS : `${share >= 0 ? "+" : "−"}${Math.abs(100 * share).toFixed(digits)} %`;
}

/** Day and minute in UTC, as all times of the pool. */
export function time(iso) {
  return iso == null ? ELLIPSIS : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** How long ago, in its largest unit. */
export function age(iso, now = Date.now()) {
  const minutes = Math.max(0, Math.round((now - Date.parse(iso)) / 60_000));
  if (minutes < 90) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
}

/** Seconds of an interval or horizon: 5m, 1h, 7d. */
export function seconds(label) {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(label);
  return Number(count) * { m: 60, h: 3600, d: 86_400, w: 604_800 }[unit];
}
