// All that one has asked for, newest first, found again by what /history can be told.

import { api } from "./api.js";
import { h, here, icon, say } from "./dom.js";
import { fieldsFor, setValue, valueOf } from "./fields.js";
import { jobs } from "./jobs.js";
import { address, rename, view } from "./router.js";
import { t } from "./texts.js";

/** What the page says itself, by what is shown already. */
const PAGING = ["before", "after", "page"];

export function startHistory(verbs) {
  const verb = verbs.find((each) => each.name === "history");
  if (!verb) return;
  const list = historyList(verb);
  view("history", (element, _, query) => {
    if (!element.childElementCount) element.append(...list.parts);
    here(t("navHistory"));
    list.find(Object.fromEntries(query));
  });
}

function historyList(verb) {
  const fields = filters(verb);
  const wall = h("div", { class: "wall" });
  const note = h("p", { class: "note", role: "status", hidden: true });
  const more = h("button", { type: "button", class: "more", hidden: true, onclick: () => load() }, t("more"));
  const form = h("form", { class: "filters", role: "search", autocomplete: "off" }, fields.elements);
  const shown = new Map();
  let asked = 0; // a newer search makes older answers void
  let values = {};
  let loading = false;

  function find(given) {
    const same = JSON.stringify(given) === JSON.stringify(values);
    values = given;
    fields.fill(given);
    if (!same || shown.size === 0) restart();
    else refresh();
  }

  function restart() {
    asked++;
    shown.clear();
    wall.replaceChildren();
    loading = false;
    load();
  }

  async function load() {
    if (loading) return;
    const mine = asked;
    loading = true;
    try {
      const reply = await ask(oldest());
      if (mine !== asked) return;
      const before = shown.size;
      reply.jobs.forEach(put);
      more.hidden = shown.size === before;
      say(note, shown.size === 0 ? reply.text : "");
    } catch (error) {
      if (mine === asked) say(note, error.message);
    } finally {
      if (mine === asked) loading = false;
    }
    if (mine === asked && !more.hidden && more.getBoundingClientRect().top < innerHeight + AHEAD) load();
  }

  const oldest = () => (shown.size ? Math.min(...shown.keys()) : null);

  /** What came in the meantime; what was shown stays where it is. */
  async function refresh() {
    const mine = asked;
    const reply = await ask(null).catch(() => null);
    if (reply && mine === asked) reply.jobs.forEach(put);
  }

  /** A page far behind may hold nothing that fits: then its last button leads further. */
  async function ask(before) {
    let reply = await api.form(verb.name, before ? { ...values, before: String(before) } : values);
    const pressed = new Set();
    while (reply.jobs.length === 0 && reply.buttons.length > 0 && !pressed.has(reply.buttons.at(-1).action)) {
      pressed.add(reply.buttons.at(-1).action);
      reply = await api.press(reply.buttons.at(-1).action);
    }
    return reply;
  }

  function put(job) {
    if (!shown.has(job.id)) {
      const older = [...shown.keys()].filter((id) => id < job.id);
      shown.set(job.id, wall.insertBefore(tileOf(job), older.length ? shown.get(Math.max(...older)) : null));
    }
    jobs.put(job);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  let typing;
  form.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      values = fields.read();
      rename(address(["history"], values));
      restart();
    }, 200);
  });
  jobs.onChange((job, before) => {
    const id = (job ?? before).id;
    if (!shown.has(id)) return;
    if (job && (job.state !== before?.state || JSON.stringify(job.pictures) !== JSON.stringify(before.pictures))) {
      shown.set(id, swap(shown.get(id), tileOf(job)));
    } else if (job) {
      return; // a step of it
    } else {
      shown.get(id).remove();
      shown.delete(id);
    }
  });
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) load();
  }, { rootMargin: `${AHEAD}px` }).observe(more);

  return { find, parts: [h("h1", { tabIndex: -1 }, t("navHistory")), form, note, wall, more] };
}

/** So far below the screen more is fetched. */
const AHEAD = 600;

/** In the place of the old element, with the focus that it had. */
function swap(old, element) {
  const focused = document.activeElement === old;
  old.replaceWith(element);
  if (focused) element.focus();
  return element;
}

/** One field for the words and one for each option, but for paging. */
function filters(verb) {
  const inputs = new Map();
  const words = h("input", { type: "search", placeholder: t("search"), "aria-label": t("search"), spellcheck: false, maxLength: 500 });
  inputs.set(verb.argumentName, words);
  const elements = [h("div", { class: "filter words" }, words)];
  for (const option of verb.options.filter((each) => !PAGING.includes(each.name))) {
    const [input, offers] = fieldsFor(option, `filter-${option.name}`);
    if (input.localName === "select") input.options[0].textContent = t("any");
    else if (input.placeholder) input.placeholder = "";
    inputs.set(option.name, input);
    elements.push(h("label", { class: `filter ${option.kind}`, title: option.help }, h("span", {}, option.label), input, offers));
  }
  return {
    elements,
    read: () => Object.fromEntries([...inputs].map(([name, input]) => [name, valueOf(input)]).filter(([, value]) => value)),
    fill(values) {
      for (const [name, input] of inputs) {
        if (document.activeElement !== input && valueOf(input) !== (values[name] ?? "")) setValue(input, values[name] ?? "");
      }
    },
  };
}

function tileOf(job) {
  const [picture] = job.pictures;
  const tile = h(
    "a",
    { class: "tile", href: address(["picture", String(job.id)]) },
    picture
      ? h("img", { src: picture.url, alt: "", loading: "lazy", width: picture.width, height: picture.height })
      : h("span", { class: "no-picture" }, job.error?.text ?? t(job.state)),
    job.pictures.some((each) => each.favourite) && h("span", { class: "starred" }, icon("favourite")),
    job.pictures.length > 1 && h("span", { class: "several" }, `${job.pictures.length}`),
    h("span", { class: "caption" }, job.prompt),
  );
  tile.style.setProperty("--ratio", job.width / job.height);
  return tile;
}
