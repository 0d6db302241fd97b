// What the page knows about jobs; the parts of the page that show them listen here.

import { seconds, t } from "./texts.js";

const known = new Map();
const listeners = new Set();

export const active = (job) => job.state === "queued" || job.state === "running";

/** The settings in one line, with the time it took. */
export function facts(job) {
  return [
    job.model,
    `${job.width}x${job.height}`,
    t("steps", job.steps),
    job.scheduler,
    job.guidance > 1 && t("guidance", job.guidance),
    ...job.loras,
    job.negative && t("avoiding", job.negative),
    job.millis && seconds(job.millis),
  ]
    .filter(Boolean)
    .join(" · ");
}

const order = (job) => (job.state === "queued" ? 0 : job.state === "running" ? 1 : 2);

export const jobs = {
  get: (id) => known.get(id),
  all: () => [...known.values()].sort((a, b) => b.id - a.id),
  active: () => jobs.all().filter(active),

  onChange(listener) {
    listeners.add(listener);
  },

  /** Takes in what the server says of a job; live, when it has just happened. */
  put(job, live = false) {
    const before = known.get(job.id);
    if (before && !live && order(job) < order(before)) {
      return; // an answer that was overtaken by events
    }
    // Only events of progress bring these.
    const { step = 0, preview } = before ?? {};
    known.set(job.id, { step, preview, ...job });
    listeners.forEach((listener) => listener(job, before, live));
  },

  progress({ id, step, steps, preview }) {
    const job = known.get(id);
    if (job && active(job)) {
      jobs.put({ ...job, state: "running", step, steps, preview: preview ?? job.preview });
    }
  },

  place({ id, ...place }) {
    const job = known.get(id);
    if (job?.state === "queued") {
      jobs.put({ ...job, ...place });
    }
  },

  remove(id) {
    const before = known.get(id);
    if (known.delete(id)) {
      listeners.forEach((listener) => listener(null, before));
    }
  },
};
