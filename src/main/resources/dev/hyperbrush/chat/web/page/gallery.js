// All pictures, newest first, with search; more of them come as the end of the page comes near.

import { api } from "./api.js";
import { byId, h, say } from "./dom.js";
import { jobs } from "./jobs.js";
import { openLightbox } from "./lightbox.js";
import { onStage } from "./stage.js";
import { t } from "./texts.js";

const wall = byId("wall");
const search = byId("search");
const more = byId("more");
const tiles = new Map();

let shownIds = [];
let before = null;
let loading = null;
let generation = 0;

export function startGallery() {
  jobs.onChange((job, old) => {
    if (!job) {
      shownIds = shownIds.filter((id) => id !== old.id);
    } else if (job.state === "done" && !shownIds.includes(job.id) && !search.value.trim()) {
      shownIds.unshift(job.id);
    }
    arrange();
  });
  let typing;
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(reload, 200);
  });
  more.addEventListener("click", loadMore);
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && before && !loading) {
      loadMore();
    }
  }, { rootMargin: "600px" }).observe(more);
}

function reload() {
  generation++;
  before = null;
  shownIds = [];
  return load();
}

const loadMore = () => loading ?? load();

/** Asks for the first page anew, since what happened lately may not have been heard of. */
export function refresh() {
  if (shownIds.length === 0) {
    return reload();
  }
  return api.history(search.value.trim(), null).then((page) => {
    const last = page.before ?? 0;
    const gone = shownIds.filter((id) => id >= last && !page.jobs.some((job) => job.id === id));
    gone.forEach((id) => jobs.remove(id));
    take(page);
    arrange();
  });
}

function take(page) {
  shownIds = [...new Set([...shownIds, ...page.jobs.map((job) => job.id)])].sort((a, b) => b - a);
  page.jobs.forEach((job) => jobs.put(job));
}

function load() {
  const asked = generation;
  loading = api
    .history(search.value.trim(), before)
    .then((page) => {
      if (asked !== generation) {
        return; // a newer search is on its way
      }
      before = page.before;
      take(page);
    })
    .catch((error) => say(byId("gallery-note"), error.message))
    .finally(() => {
      if (asked === generation) {
        loading = null;
        arrange();
      }
    });
  return loading;
}

/** The pictures on the wall in order, as { job, picture }: what the arrow keys walk through. */
export function pictures() {
  return shownIds
    .map((id) => jobs.get(id))
    .filter((job) => job?.state === "done")
    .flatMap((job) => job.pictures.map((picture) => ({ job, picture })));
}

function arrange() {
  const searching = search.value.trim() !== "";
  const wanted = pictures().filter(({ job }) => searching || !onStage(job.id));
  const keys = new Set(wanted.map(key));
  for (const [id, tile] of tiles) {
    if (!keys.has(id)) {
      tile.remove();
      tiles.delete(id);
    }
  }
  wanted.forEach((each, i) => {
    const id = key(each);
    if (!tiles.has(id)) {
      tiles.set(id, tile(each));
    }
    if (wall.children[i] !== tiles.get(id)) {
      wall.insertBefore(tiles.get(id), wall.children[i] ?? null);
    }
  });
  const nothingAtAll = !searching && !loading && !before && wanted.length === 0 && byId("stage").hidden;
  byId("welcome").hidden = !nothingAtAll;
  byId("gallery").hidden = !searching && !before && wanted.length === 0;
  more.hidden = !before;
  say(byId("gallery-note"), searching && wanted.length === 0 && !loading ? t("nothingFound", search.value.trim()) : "");
}

const key = ({ job, picture }) => `${job.id}/${picture.index}`;

function tile({ job, picture }) {
  const element = h(
    "button",
    { type: "button", class: "tile", onclick: () => openLightbox(job.id, picture.index) },
    h("img", { src: picture.url, alt: "", loading: "lazy", width: picture.width, height: picture.height }),
    h("span", { class: "caption" }, job.prompt),
  );
  element.style.setProperty("--ratio", picture.width / picture.height);
  return element;
}
