/** The pool's public API, as any program would use it. */

const STORED = "mlpool-key";

/** The service cannot be reached, or refuses. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const get = (path) => call(path, {});

export const post = (path, body) =>
  call(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

export const hasKey = () => Boolean(sessionStorage.getItem(STORED));

/** Kept as long as the tab is open. */
export function useKey(key) {
  sessionStorage.setItem(STORED, key);
}

async function call(path, options) {
  const key = sessionStorage.getItem(STORED);
  const headers = { ...options.headers, ...(key ? { "X-API-Key": key } : {}) };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers, signal: AbortSignal.timeout(10_000) });
  } catch {
    throw new ApiError("The service does not answer", 0);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(words(body, answer.status), answer.status);
  return body;
}

function words(body, status) {
  const detail = body.detail;
  if (Array.isArray(detail)) return detail.map((one) => one.msg).join("; ");
  return typeof detail === "string" ? detail : `The service answers with status ${status}`;
}
