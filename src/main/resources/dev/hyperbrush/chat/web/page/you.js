// What concerns oneself: own defaults, language, other platforms, what is kept.

import { actionButton, answerPlace, cardOf } from "./answer.js";
import { api } from "./api.js";
import { h, here } from "./dom.js";
import { folded, listPanel, verbBook } from "./panel.js";
import { view } from "./router.js";
import { settingsEditor } from "./settings.js";
import { t } from "./texts.js";

export function startYou(verbs) {
  const verb = verbBook(verbs);
  const parts = [ownDefaults(verb), listPanel({ title: t("queueAndQuota"), verb: verb("queue") }), language(verb), platforms(verb), kept(verb)];
  view("you", (element) => {
    here(t("navYou"));
    if (!element.childElementCount) {
      element.append(h("h1", { tabIndex: -1 }, t("navYou")), ...parts.map((part) => part.element));
    }
    parts.forEach((part) => part.load());
  });
}

function ownDefaults(verb) {
  const me = verb("defaults me");
  const editor = settingsEditor({
    options: me.options.filter((option) => option.name !== "unset"),
    read: () => api.form(me.name, {}),
    write: async ({ changed, cleared }) => [await api.form(me.name, { ...changed, ...(cleared.length && { unset: cleared.join(" ") }) })],
    effective: () => api.form("settings show", {}),
  });
  return { element: h("section", { class: "panel" }, h("h2", {}, t("ownDefaults")), h("p", { class: "intro" }, t("ownDefaultsHow")), editor.element), load: editor.load };
}

/** The page's own words change with it, so the page is fetched anew. */
function language(verb) {
  const place = answerPlace({ onPressed: () => location.reload() });
  return {
    element: h("section", { class: "panel" }, h("h2", {}, t("language")), place.element),
    load: () => api.form(verb("language").name, {}).then((reply) => place.show({ ...reply, text: "" }), place.fail),
  };
}

/** A code is only made when it is asked for: each ends the one before. */
function platforms(verb) {
  const link = verb("link");
  const place = answerPlace();
  const ask = actionButton({ name: "link", label: t("linkCode") }, () => api.form(link.name, { new: "on" }).then(place.show, place.fail));
  return {
    element: h(
      "section",
      { class: "panel" },
      h("h2", {}, t("platforms")),
      h("p", { class: "intro" }, t("platformsHow")),
      h("div", { class: "actions" }, ask),
      place.element,
      folded({ verb: link, label: t("linkEnter"), submit: t("send"), only: [] }, place.show),
      folded({ verb: verb("unlink"), label: t("unlink"), submit: t("send") }, place.show),
    ),
    load() {},
  };
}

/** What is kept about oneself; its buttons hand it out and erase it. */
function kept(verb) {
  const place = answerPlace();
  const card = h("div", {});
  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, t("kept")),
    card,
    h(
      "div",
      { class: "actions" },
      actionButton({ name: "download", label: t("exportAll") }, () => api.form("export", {}).then(place.show, place.fail)),
      actionButton({ name: "delete", label: t("forgetMe") }, () => api.form("forget-me", {}).then(place.show, place.fail)),
    ),
    place.element,
  );
  const load = async () => {
    const reply = await api.form(verb("about").name, {}).catch(place.fail);
    const person = reply?.cards.at(-1);
    if (person) card.replaceChildren(cardOf({ ...person, title: "", buttons: [] }));
  };
  return { element, load };
}
