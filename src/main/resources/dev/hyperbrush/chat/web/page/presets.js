// Named sets of options and words: listed, saved, changed, shared.

import { actionButton } from "./answer.js";
import { h, here } from "./dom.js";
import { flagsOf } from "./line.js";
import { folded, listPanel, verbBook } from "./panel.js";
import { address, go, view } from "./router.js";
import { t } from "./texts.js";

/**
 * @param useLine puts a line into the prompt box
 * @param onPresets gets the names of all presets whenever they are listed
 */
export function startPresets(verbs, { useLine, onPresets }) {
  const verb = verbBook(verbs);
  const save = verb("preset save");
  if (!save) return;
  const panel = listPanel({
    verb: verb("preset list"),
    extra: (card) => [
      actionButton({ name: "use", label: t("presetUse") }, () => useLine(`--preset ${card.title}`)),
      actionButton({ name: "edit", label: t("presetEdit") }, () => go(address(["presets"], { edit: card.title, ...valuesOf(card, save) }))),
      // Whoever may not delete a preset may not rename it either.
      ...(card.buttons.length ? [actionButton({ name: "rename", label: t("presetRename") }, (event) => rename(event.currentTarget, card.title))] : []),
    ],
    onLoad: (reply) => onPresets(reply.cards.map((card) => card.title)),
  });
  panel.load(); // the prompt box offers them

  /** The form for the new name opens in the place of the button. */
  function rename(button, name) {
    const renamer = verb("preset rename");
    const input = h("input", { type: "text", required: true, value: name, maxLength: 40, "aria-label": t("presetRename"), spellcheck: false });
    const form = h("form", { class: "in-place" }, input, h("button", { type: "submit", class: "action" }, t("save")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await panel.use(renamer, { [renamer.argumentName]: `${name} ${input.value}` });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        form.replaceWith(button);
        button.focus();
      }
    });
    button.replaceWith(form);
    input.select();
  }

  view("presets", (element, _, query) => {
    here(t("navPresets"));
    const { edit, line, ...given } = Object.fromEntries(query);
    const values = line === undefined ? given : fromLine(line, verbs);
    const editing = edit !== undefined;
    const form = folded(
      {
        verb: save,
        label: editing ? t("presetChange", edit) : t("presetNew"),
        submit: t("save"),
        fixed: editing ? { [save.argumentName]: edit, replace: "on" } : {},
        values,
        open: query.size > 0,
      },
      (reply) => {
        panel.done(reply);
        if (query.size > 0) go("#/presets");
      },
    );
    element.replaceChildren(h("h1", { tabIndex: -1 }, t("navPresets")), panel.element, h("section", { class: "panel" }, form));
    panel.load();
    if (query.size > 0) form.querySelector("textarea, input")?.focus();
  });
}

/** What a preset keeps, as the form to save it has it. */
const valuesOf = (card, save) =>
  Object.fromEntries(card.fields.filter(({ name }) => save.options.some((option) => option.name === name)).map(({ name, value }) => [name, value]));

/** The flags of a line, and its words as those of the preset. */
function fromLine(line, verbs) {
  const options = verbs.find((each) => each.name === "imagine").options;
  const flags = flagsOf(line, options);
  const words = flags.reduceRight((rest, flag) => `${rest.slice(0, flag.start)}${rest.slice(flag.end)}`, line);
  return { ...Object.fromEntries(flags.map((flag) => [flag.option.name, flag.value])), text: words.replace(/\s+/g, " ").trim() };
}
