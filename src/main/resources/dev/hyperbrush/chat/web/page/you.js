// What concerns oneself: own defaults, language, other platforms, what is kept.

import { answerPlace } from "./answer.js";
import { api } from "./api.js";
import { h, here } from "./dom.js";
import { listPanel, verbBook } from "./panel.js";
import { view } from "./router.js";
import { settingsEditor } from "./settings.js";
import { t } from "./texts.js";

export function startYou(verbs) {
  const verb = verbBook(verbs);
  const parts = [ownDefaults(verb)].filter(Boolean);
  if (parts.length === 0) return;
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
  if (!me) return null;
  const editor = settingsEditor({
    options: me.options.filter((option) => option.name !== "unset"),
    read: () => api.form(me.name, {}),
    write: async ({ changed, cleared }) => [await api.form(me.name, { ...changed, ...(cleared.length && { unset: cleared.join(" ") }) })],
    effective: () => api.form("settings show", {}),
  });
  return { element: h("section", { class: "panel" }, h("h2", {}, t("ownDefaults")), h("p", { class: "intro" }, t("ownDefaultsHow")), editor.element), load: editor.load };
}
