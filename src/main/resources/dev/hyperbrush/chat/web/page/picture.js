// Everything about one job, at an address of its own: what /show answers.

import { actionsOf } from "./actions.js";
import { cardList } from "./answer.js";
import { api } from "./api.js";
import { h, here } from "./dom.js";
import { facts, jobs } from "./jobs.js";
import { commandLine, openLightbox } from "./lightbox.js";
import { view } from "./router.js";
import { t, time } from "./texts.js";

export function startPicture() {
  let shown = null;
  let place;
  view("picture", (element, [id]) => {
    place = element;
    here(`#${id}`);
    if (shown !== id) element.replaceChildren();
    shown = id;
    load();
  });
  jobs.onChange((job, before, live) => {
    if (place?.hidden === false && (live || !job) && String((job ?? before).id) === shown) load();
  });

  async function load() {
    const id = shown;
    const fail = (error) => place.replaceChildren(h("h1", { tabIndex: -1 }, `#${id}`), h("p", { class: "note", role: "alert" }, error.message));
    try {
      const reply = await api.form("show", { id });
      if (id !== shown) return;
      const [job] = reply.jobs;
      jobs.put(job);
      place.replaceChildren(...sheet(job, reply, load, fail));
    } catch (error) {
      if (id === shown) fail(error);
    }
  }
}

function sheet(job, reply, reload, fail) {
  const only = job.pictures.length === 1 ? job.pictures[0] : undefined;
  return [
    h("p", { class: "way-back" }, h("a", { href: "#/history" }, t("navHistory"))),
    h(
      "article",
      { class: "full" },
      h("div", { class: job.pictures.length > 1 ? "mat many" : "mat" }, pictures(job)),
      h(
        "div",
        { class: "label" },
        h("h1", { class: "prompt", tabIndex: -1 }, job.prompt),
        h("dl", { class: "fact-list" }, settings(job, only)),
        job.notices.length > 0 && h("ul", { class: "notices" }, job.notices.map((notice) => h("li", {}, notice))),
        actionsOf(job, only),
      ),
    ),
    cardList(reply.cards, reload, fail),
  ].filter(Boolean);
}

function pictures(job) {
  if (job.pictures.length === 0) {
    return h("p", { class: "no-picture" }, job.error?.text ?? t(job.state));
  }
  return job.pictures.map((picture) =>
    h(
      "button",
      { type: "button", class: "picture", "aria-label": t("enlarge", picture.seed), onclick: () => openLightbox(job.id, picture.index) },
      h("img", { src: picture.url, alt: job.prompt, width: picture.width, height: picture.height }),
    ),
  );
}

function settings(job, only) {
  return [
    ["#", String(job.id)],
    [t("factSeed"), only && String(only.seed)],
    [t("factSettings"), facts(job)],
    [t("factTime"), time(job.created)],
    [t("factCommand"), commandLine(job.line)],
  ]
    .filter(([, value]) => value?.length)
    .flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
}
