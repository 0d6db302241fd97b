// What the page asks the server. A refusal becomes an ApiError with the sentence to show.

import { t } from "./texts.js";

export class ApiError extends Error {
  constructor(code, text, status) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError("OFFLINE", t("offline"), 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(body.code ?? "HTTP_" + response.status, body.text ?? t("failed"), response.status);
  }
  return body;
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const api = {
  verbs: () => call("/api/verbs"),
  command: (line) => post("/api/command", { line }),
  press: (action) => post("/api/press", { action }),
  job: (id) => call(`/api/jobs/${id}`),
  history: (search, before) => {
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    if (before) query.set("before", before);
    return call(`/api/history?${query}`);
  },
};

const FIRST_RETRY = 1_000;
const LAST_RETRY = 15_000;

/**
 * The stream of what happens. Calls onOpen after every connect, so that the page asks for what it
 * missed; a hidden tab lets go of its connection, for a browser grants only six to one server.
 */
export function listen({ onOpen, onJob, onProgress, onPlace, onRemoved, onLost }) {
  let source = null;
  let retry = FIRST_RETRY;
  let timer;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/api/events");
    source.addEventListener("hello", () => {
      retry = FIRST_RETRY;
      onOpen();
    });
    source.addEventListener("job", (event) => onJob(JSON.parse(event.data)));
    source.addEventListener("progress", (event) => onProgress(JSON.parse(event.data)));
    source.addEventListener("place", (event) => onPlace(JSON.parse(event.data)));
    source.addEventListener("removed", (event) => onRemoved(JSON.parse(event.data).id));
    source.addEventListener("error", () => {
      // The browser's own retry gives up on an error status and hammers on a refused connection.
      source.close();
      source = null;
      onLost();
      timer = setTimeout(connect, retry);
      retry = Math.min(retry * 2, LAST_RETRY);
    });
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(() => {
        source?.close();
        source = null;
      }, 60_000);
    } else if (!source) {
      connect();
    }
  });
  connect();
}
