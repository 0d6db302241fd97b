// What is being drawn now, and the latest picture.

import { actionsOf, pressButton } from "./actions.js";
import { announce, byId, doing, h, say } from "./dom.js";
import { active, facts, jobs } from "./jobs.js";
import { openLightbox } from "./lightbox.js";
import { t } from "./texts.js";

const stage = byId("stage");
const cards = new Map();
let latest = null;

/** Whether the stage shows this job, so that the gallery need not. */
export const onStage = (id) => cards.has(id);

export function startStage() {
  jobs.onChange((job, before, live) => {
    if (job && !active(job) && (before ? active(before) : live)) {
      latest = job.id;
      announce(job.state === "done" ? t("announceDone", job.prompt) : stateText(job));
    } else if (job && job.state === "running" && quarter(before) !== quarter(job)) {
      announce(t("step", job.step, job.steps));
    }
    if (!job && before.id === latest) {
      latest = null;
    }
    arrange();
  });
}

/** The running job first, then those that wait in their order, then the latest result. */
function arrange() {
  const shown = jobs.active().sort((a, b) => rank(a) - rank(b));
  if (latest && jobs.get(latest)) {
    shown.push(jobs.get(latest));
  }
  for (const [id, card] of cards) {
    if (!shown.some((job) => job.id === id)) {
      card.element.remove();
      cards.delete(id);
    }
  }
  shown.forEach((job, i) => {
    if (!cards.has(job.id)) {
      cards.set(job.id, card(job.id));
    }
    const { element, update } = cards.get(job.id);
    update(job);
    if (stage.children[i] !== element) {
      stage.insertBefore(element, stage.children[i] ?? null);
    }
  });
  stage.hidden = shown.length === 0;
  const running = shown.find((job) => job.state === "running" && job.steps);
  doing(running ? `${running.step}/${running.steps}` : "");
}

/** Whoever listens hears of every quarter, not of every step. */
const quarter = (job) => Math.floor((4 * (job?.step ?? 0)) / (job?.steps || 1));

const rank = (job) => (job.state === "running" ? -1 : (job.position ?? 0) + job.id / 1e15);

export function stateText(job) {
  switch (job.state) {
    case "queued":
      return [job.position > 1 ? t("waiting", job.position) : t("nextUp"), job.soon]
        .filter(Boolean)
        .join(" · ");
    case "running":
      return job.step ? t("step", job.step, job.steps) : t("starting");
    case "cancelled":
      return job.error?.text ?? t("cancelled");
    case "failed":
      return job.error?.text ?? t("failed");
    default:
      return "";
  }
}

/** One card; its parts are made once and changed, so that focus and pictures stay where they are. */
function card(id) {
  const frame = h("div", { class: "frame" });
  const forming = h("div", { class: "forming" });
  const prompt = h("h2", { class: "prompt" });
  const state = h("p", { class: "state" });
  const code = h("code", { class: "code" });
  const bar = h("progress", { class: "bar", "aria-label": t("progress") });
  const settings = h("p", { class: "facts" });
  const notices = h("ul", { class: "notices" });
  const actions = h("div", { class: "action-place" });
  const element = h(
    "article",
    { class: "work" },
    frame,
    h("div", { class: "label" }, prompt, state, code, bar, settings, notices, actions),
  );
  element.dataset.job = id;

  let shownState = null;
  function update(job) {
    element.dataset.state = job.state;
    say(prompt, job.prompt);
    say(state, stateText(job));
    say(code, job.error?.code ?? "");
    say(settings, settingsOf(job));
    bar.hidden = !active(job);
    showProgress(bar, job);
    const key = job.state + job.pictures.length;
    if (key !== shownState) {
      shownState = key;
      notices.replaceChildren(...job.notices.map((notice) => h("li", {}, notice)));
      actions.replaceChildren(active(job) ? cancelButton(job) : actionsOf(job, onlyPicture(job)));
      if (job.state === "done") {
        showPictures(frame, job);
      } else {
        frame.replaceChildren(forming);
      }
    }
    if (active(job)) {
      forming.style.setProperty("--ratio", job.width / job.height);
      showPreview(forming, job);
    }
  }
  return { element, update };
}

const onlyPicture = (job) => (job.pictures.length === 1 ? job.pictures[0] : undefined);

function settingsOf(job) {
  const only = onlyPicture(job); // where there are several, each picture carries its seed
  return only ? `${facts(job)} · ${t("seed", only.seed)}` : facts(job);
}

function showProgress(bar, job) {
  if (job.state === "running" && job.step) {
    bar.max = job.steps;
    bar.value = job.step;
  } else {
    bar.removeAttribute("value");
  }
}

function cancelButton(job) {
  const button = job.buttons.find((each) => each.verb === "cancel");
  return button && pressButton(button);
}

function showPictures(frame, job) {
  frame.classList.toggle("many", job.pictures.length > 1);
  frame.replaceChildren(
    ...job.pictures.map((picture) =>
      h(
        "button",
        { type: "button", class: "picture", "aria-label": t("enlarge", picture.seed), onclick: () => openLightbox(job.id, picture.index) },
        h("img", { src: picture.url, alt: job.prompt, width: picture.width, height: picture.height }),
        job.pictures.length > 1 && h("span", { class: "seed" }, t("seed", picture.seed)),
      ),
    ),
  );
}

/** Swaps the forming picture only when the new one is decoded, so that nothing flickers. */
async function showPreview(forming, job) {
  if (!job.preview || forming.dataset.preview === job.preview) {
    return;
  }
  forming.dataset.preview = job.preview;
  const next = h("img", { src: job.preview, alt: "" });
  next.style.setProperty("--softness", 1 - job.step / job.steps);
  try {
    await next.decode();
  } catch {
    return; // the picture has moved on
  }
  if (forming.dataset.preview === job.preview) {
    forming.replaceChildren(next);
  }
}
