// Starts the parts of the page and keeps them fed with what happens on the server.

import { connectActions } from "./actions.js";
import { api, listen } from "./api.js";
import { keepChoices } from "./choices.js";
import { startCommands } from "./commands.js";
import { addToLine, clearMessages, offerPresets, showError, showReply, startComposer, useLine } from "./composer.js";
import { byId, toast } from "./dom.js";
import { refreshEnded, startEnded } from "./ended.js";
import { pictures, refresh, startGallery } from "./gallery.js";
import { startGuide } from "./guide.js";
import { startHistory } from "./history.js";
import { jobs } from "./jobs.js";
import { closeLightbox, startLightbox } from "./lightbox.js";
import { queueMoved, startModeration } from "./moderation.js";
import { startPicture } from "./picture.js";
import { startPresets } from "./presets.js";
import { go, startRouter } from "./router.js";
import { startStage } from "./stage.js";
import { loadTexts } from "./texts.js";
import { startYou } from "./you.js";

await loadTexts();

/** Pictures are asked for and drawn in one place; whatever leads to one leads there. */
function draw(show) {
  closeLightbox();
  if (document.documentElement.dataset.view !== "draw") go("#/");
  show();
}
const watch = (reply) => draw(() => showReply(reply, true));

connectActions({
  useLine: (line) => draw(() => useLine(line)),
  showReply: watch,
  showError: (error) => {
    closeLightbox();
    report(error);
  },
});
startStage();
startEnded();
startGallery();
startLightbox(pictures);
startTheme();
startShortcuts();

for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => useLine(example.textContent));
}
byId("error-close").addEventListener("click", clearMessages);
byId("reply-close").addEventListener("click", clearMessages);

let lostSince;
let refreshChoices = () => {};
listen({
  onOpen: () => {
    clearTimeout(lostSince);
    byId("lost").hidden = true;
    catchUp().catch((error) => {
      // Lost again: that is said already, and the next connect catches up.
      if (error.code !== "OFFLINE") report(error);
    });
    refreshChoices();
  },
  onJob: (job) => jobs.put(job, true),
  onProgress: (progress) => jobs.progress(progress),
  onMoved: queueMoved,
  onPlace: (place) => jobs.place(place),
  onRemoved: (id) => jobs.remove(id),
  onLost: () => {
    clearTimeout(lostSince);
    lostSince = setTimeout(() => (byId("lost").hidden = false), 1500);
  },
});

api
  .verbs()
  .then((verbs) => {
    startComposer(verbs);
    startGuide(verbs);
    startHistory(verbs);
    startPicture(verbs);
    startPresets(verbs, { useLine: (line) => draw(() => addToLine(line)), onPresets: offerPresets });
    startYou(verbs);
    startModeration(verbs);
    startCommands(verbs, watch);
    startRouter();
    refreshChoices = keepChoices(verbs);
    document.documentElement.dataset.ready = "true";
  })
  .catch(report);

/** After every connect: jobs may have ended and pictures come while nobody listened. */
async function catchUp() {
  const unsure = jobs.active().map((job) => job.id);
  await Promise.all([refresh(), refreshEnded()]);
  await Promise.all(
    unsure.map((id) =>
      api.job(id).then((job) => jobs.put(job, true), (error) => {
        if (error.status === 404) jobs.remove(id);
      }),
    ),
  );
}

/** Beside the prompt box where that is what one sees, else in passing. */
function report(error) {
  if (document.documentElement.dataset.view === "draw") showError(error);
  else toast(error.message);
}

function startTheme() {
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Storage is switched off: the choice lasts until the page is left.
    }
  });
}

function startShortcuts() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, dialog");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      draw(() => byId("prompt").focus());
    } else if (event.key === "Escape" && !event.target.closest("dialog")) {
      clearMessages();
    }
  });
}
