// Everything about one job, at an address of its own: what /show answers.

import { actionsOf } from "./actions.js";
import { api } from "./api.js";
import { h, here } from "./dom.js";
import { facts, jobs } from "./jobs.js";
import { commandLine, openLightbox } from "./lightbox.js";
import { address, view } from "./router.js";
import { t, time } from "./texts.js";

let canKeep = false; // its settings as a preset

export function startPicture(verbs) {
  canKeep = verbs.some((verb) => verb.name === "preset save");
  const verb = verbs.find((each) => each.name === "show");
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
    const mine = place?.hidden === false && String((job ?? before).id) === shown;
    if (mine && (live || !job || buttonsOf(job) !== buttonsOf(before))) load();
  });
  const buttonsOf = (job) => JSON.stringify(job?.buttons);

  async function load() {
    const id = shown;
    const fail = (error) => place.replaceChildren(h("h1", { tabIndex: -1 }, `#${id}`), h("p", { class: "note", role: "alert" }, error.message));
    try {
      const reply = await api.form(verb.name, { [verb.argumentName]: id });
      if (id !== shown) return;
      const [job] = reply.jobs;
      jobs.put(job);
      place.replaceChildren(...sheet(job, reply));
    } catch (error) {
      if (id === shown) fail(error);
    }
  }
}

function sheet(job, reply) {
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
        job.pictures.length > 0 && canKeep && h("a", { class: "quiet", href: address(["presets"], { from: String(job.id) }) }, t("presetSaveLine"), " …"),
      ),
    ),
    family(job, reply.cards),
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

/** Where a picture comes from and what came of it, as a tree with the settings that changed. */
function family(job, cards) {
  if (cards.length === 0) return null;
  const kin = cards.map(kinOf);
  const children = kin.filter(({ id }) => id > job.id); // asked for later than what they are made from
  const line = [...kin.filter(({ id }) => id < job.id).sort((a, b) => a.id - b.id), { id: job.id, title: `#${job.id}` }];
  // An ancestor's card says what changed towards its child, where it is shown.
  const chain = line.map((each, i) => ({ ...each, changes: line[i - 1]?.changes }));
  const self = h("li", { class: "self" }, node(chain.pop()), children.length > 0 && h("ul", {}, children.map((each) => h("li", {}, node(each)))));
  const tree = chain.reduceRight((inner, each) => h("li", {}, node(each), h("ul", {}, inner)), self);
  return h("section", { class: "family" }, h("h2", {}, t("family")), h("ul", {}, tree));
}

const kinOf = (card) => ({
  id: Number(card.buttons.find((button) => button.verb === "show")?.action.split(":")[1]),
  title: card.title,
  changes: card.fields.at(-1)?.value,
});

function node({ id, title, changes }) {
  const image = h("img", { src: `/pictures/${id}/0.png`, alt: "", loading: "lazy", width: 44, height: 44 });
  image.addEventListener("error", () => image.remove()); // not drawn yet, or not one's own
  return h(
    "a",
    { class: "kin", href: address(["picture", String(id)]) },
    image,
    h("span", { class: "kin-title" }, title),
    changes && h("span", { class: "kin-fact" }, changes),
  );
}
