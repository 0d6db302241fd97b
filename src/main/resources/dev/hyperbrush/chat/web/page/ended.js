// What ended without a picture, until the person has taken note of it: also over a reload.

import { useAgain } from "./actions.js";
import { api } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { active, jobs } from "./jobs.js";
import { onStage, stateText } from "./stage.js";
import { t } from "./texts.js";

const section = byId("ended");
const list = byId("ended-list");
const unseen = new Set();
const rows = new Map();

export function startEnded() {
  jobs.onChange((job, before, live) => {
    if (!job) {
      unseen.delete(before.id);
    } else if ((before ? active(before) : live) && ["failed", "cancelled"].includes(job.state)) {
      unseen.add(job.id);
    }
    arrange();
  });
  byId("ended-all").addEventListener("click", () => [...rows.keys()].forEach(dismiss));
}

/** After every connect: what ended while nobody listened. */
export async function refreshEnded() {
  const ended = await api.ended();
  ended.forEach((job) => unseen.add(job.id));
  ended.forEach((job) => jobs.put(job));
  arrange();
}

/** Newest first; what the stage shows need not be said twice. */
function arrange() {
  const shown = [...unseen].filter((id) => jobs.get(id) && !onStage(id)).sort((a, b) => b - a);
  for (const [id, row] of rows) {
    if (!shown.includes(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  shown.forEach((id, i) => {
    if (!rows.has(id)) {
      rows.set(id, row(jobs.get(id)));
    }
    if (list.children[i] !== rows.get(id)) {
      list.insertBefore(rows.get(id), list.children[i] ?? null);
    }
  });
  section.hidden = shown.length === 0;
  byId("ended-all").hidden = shown.length < 2;
}

function row(job) {
  const element = h(
    "li",
    {},
    h(
      "div",
      { class: "what" },
      h("p", { class: "prompt" }, job.prompt),
      h("p", { class: "state" }, stateText(job), " ", job.error && h("code", { class: "code" }, job.error.code)),
    ),
    useAgain(job),
    h(
      "button",
      { type: "button", class: "round dismiss", "aria-label": t("dismiss"), title: t("dismiss"), onclick: () => dismiss(job.id) },
      icon("close"),
    ),
  );
  element.dataset.job = job.id;
  return element;
}

async function dismiss(id) {
  unseen.delete(id);
  arrange();
  try {
    await api.dismiss(id);
  } catch {
    // It comes back with the next reload, and can be dismissed then.
  }
}
