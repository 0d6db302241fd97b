// One picture, large, with all there is to know about it. A <dialog>, so focus and Esc are right.

import { actionsOf } from "./actions.js";
import { byId, h, say } from "./dom.js";
import { facts, jobs } from "./jobs.js";
import { t, time } from "./texts.js";

const dialog = byId("lightbox");
const image = byId("lightbox-image");
const SWIPE = 50;

let shown = null;
let opener = -1; // the place of the tile that was clicked
let pictures = () => [];

/** @param inOrder gives what the arrow keys walk through, as { job, picture } */
export function startLightbox(inOrder) {
  pictures = inOrder;
  byId("lightbox-close").addEventListener("click", () => dialog.close());
  byId("lightbox-left").addEventListener("click", () => walk(-1));
  byId("lightbox-right").addEventListener("click", () => walk(1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") walk(-1);
    if (event.key === "ArrowRight") walk(1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    shown = null;
    // What opened the sheet is gone when its picture was deleted: the next tile gets the focus.
    if (document.activeElement === document.body) {
      const all = tiles();
      (all[Math.min(opener, all.length - 1)] ?? byId("prompt")).focus();
    }
  });
  let touched = null;
  image.addEventListener("pointerdown", (event) => (touched = event.clientX));
  image.addEventListener("pointerup", (event) => {
    const moved = event.clientX - touched;
    if (Math.abs(moved) > SWIPE) walk(moved > 0 ? -1 : 1);
  });
  jobs.onChange((job, before) => {
    const { job: mine, picture } = shown ?? {};
    if (mine?.id !== (job ?? before).id) return;
    if (!job) dialog.close();
    else if (JSON.stringify(job.buttons) !== JSON.stringify(before?.buttons)) keepingFocus(() => show({ job, picture }));
  });
}

/** A button that is made anew keeps the focus of the one in its place. */
function keepingFocus(change) {
  const buttons = () => [...byId("lightbox-actions").querySelectorAll(".action")];
  const at = buttons().indexOf(document.activeElement);
  change();
  buttons()[at]?.focus();
}

export function openLightbox(jobId, index) {
  const job = jobs.get(jobId);
  const picture = job?.pictures.find((each) => each.index === index);
  if (!picture) {
    return;
  }
  show({ job, picture });
  if (!dialog.open) {
    opener = tiles().indexOf(document.activeElement);
    dialog.showModal();
    byId("lightbox-close").focus();
  }
}

const tiles = () => [...document.querySelectorAll(".tile")];

export const closeLightbox = () => dialog.close();

function show({ job, picture }) {
  shown = { job, picture };
  image.src = picture.url;
  image.alt = job.prompt;
  image.width = picture.width;
  image.height = picture.height;
  say(byId("lightbox-prompt"), job.prompt);
  byId("lightbox-facts").replaceChildren(
    ...[
      [t("factSeed"), String(picture.seed)],
      [t("factSettings"), facts(job)],
      [t("factTime"), time(job.created)],
      [t("factCommand"), commandLine(job.line)],
    ]
      .filter(([, value]) => value)
      .flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
  byId("lightbox-notices").replaceChildren(...job.notices.map((notice) => h("li", {}, notice)));
  byId("lightbox-actions").replaceChildren(actionsOf(job, picture));
  byId("lightbox-left").disabled = !neighbour(-1);
  byId("lightbox-right").disabled = !neighbour(1);
}

/** The line with every flag in one piece, which the hyphens would let fall apart. */
export const commandLine = (line) => line.split(/(--[\w-]+)/).map((part, i) => (i % 2 ? h("span", { class: "flag" }, part) : part));

function neighbour(direction) {
  const all = pictures();
  const at = all.findIndex(({ job, picture }) => job.id === shown.job.id && picture.index === shown.picture.index);
  return at < 0 ? undefined : all[at + direction];
}

function walk(direction) {
  const next = neighbour(direction);
  if (next) show(next);
}
