// What the page asks the server. A refusal becomes an ApiError with the sentence to show.

import { t } from "./texts.js";

export class ApiError extends Error {
  constructor(code, text, status) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

/** Longer than any answer takes; a request that only waits for a connection must not wait in silence. */
const PATIENCE = 10_000;

async function call(path, options) {
  let response;
  let body;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    body = await response.json().catch(noJson);
  } catch {
    throw new ApiError("OFFLINE", t("offline"), 0);
  }
  if (!response.ok) {
    throw new ApiError(body.code ?? "HTTP_" + response.status, body.text ?? t("failed"), response.status);
  }
  return body;
}

/** A proxy may answer with a page of its own; anything but that is a connection that broke. */
function noJson(error) {
  if (error instanceof SyntaxError) {
    return {};
  }
  throw error;
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
  form: (verb, values) => post("/api/form", { verb, values }),
  press: (action) => post("/api/press", { action }),
  backlog: () => call("/api/backlog"),
  job: (id) => call(`/api/jobs/${id}`),
  ended: () => call("/api/ended"),
  dismiss: (id) => call(`/api/ended/${id}`, { method: "DELETE" }),
  history: (search, before) => {
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    if (before) query.set("before", before);
    return call(`/api/history?${query}`);
  },
};

const FIRST_RETRY = 1_000;
const LAST_RETRY = 15_000;

/** How long a hidden tab stays connected, so that a glance at another tab costs nothing. */
const HIDDEN_GRACE = 2_000;

/**
 * The stream of what happens. Calls onOpen after every connect, so that the page asks for what it
 * missed. A hidden tab has no connection: a browser grants only six to one server, over all tabs,
 * and with six of them taken by streams nothing else would ever be answered.
 */
export function listen({ onOpen, onJob, onProgress, onPlace, onMoved, onRemoved, onLost }) {
  let source = null;
  let retry = FIRST_RETRY;
  let timer;

  function connect() {
    letGo();
    if (document.hidden) {
      return; // being shown connects
    }
    source = new EventSource("/api/events");
    source.addEventListener("hello", () => {
      retry = FIRST_RETRY;
      onOpen();
    });
    source.addEventListener("job", (event) => onJob(JSON.parse(event.data)));
    source.addEventListener("progress", (event) => onProgress(JSON.parse(event.data)));
    source.addEventListener("moved", onMoved);
    source.addEventListener("place", (event) => onPlace(JSON.parse(event.data)));
    source.addEventListener("removed", (event) => onRemoved(JSON.parse(event.data).id));
    source.addEventListener("error", () => {
      // The browser's own retry gives up on an error status and hammers on a refused connection.
      letGo();
      if (!document.hidden) {
        onLost();
        timer = setTimeout(connect, retry);
        retry = Math.min(retry * 2, LAST_RETRY);
      }
    });
  }

  function letGo() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(letGo, HIDDEN_GRACE);
    } else if (!source) {
      connect();
    }
  });
  // A page that one has left may be kept, frozen, for the back button; it must not keep a connection.
  addEventListener("pagehide", letGo);
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
}
