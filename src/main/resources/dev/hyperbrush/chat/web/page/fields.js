// Input fields for what verbs declare, in the prompt box's settings and in forms.

import { h } from "./dom.js";
import { t } from "./texts.js";

/** The field for an option's value, followed by the values that it offers while one types. */
export function fieldsFor(option, id) {
  if (option.kind === "select" && !option.repeatable) {
    return [select(option, id)];
  }
  if (option.kind === "flag") {
    return [h("input", { type: "checkbox", id })];
  }
  const offers = option.choices.length > 0;
  const list = h("datalist", { id: `${id}-choices` }, option.choices.map((value) => h("option", { value })));
  const field = input(option, id);
  field.addEventListener("focus", () => list.replaceChildren(...option.choices.map((value) => h("option", { value }))));
  return [field, offers && list];
}

function select(option, id) {
  const entries = (choices) => [h("option", { value: "" }, t("auto")), ...choices.map((choice) => h("option", { value: choice }, choice))];
  const field = h("select", { id }, entries(option.choices));
  let shown = option.choices;
  field.addEventListener("focus", () => {
    if (shown.join("\n") === option.choices.join("\n")) return;
    const value = field.value;
    shown = option.choices;
    field.replaceChildren(...entries(shown));
    setValue(field, value);
  });
  return field;
}

function input(option, id) {
  const number = option.kind === "integer" || option.kind === "number";
  return h("input", {
    id,
    type: number ? "number" : option.kind === "date" ? "date" : "text",
    min: number ? option.min : undefined,
    max: number ? option.max : undefined,
    step: option.kind === "number" ? "any" : undefined,
    list: option.choices.length ? `${id}-choices` : undefined,
    placeholder: option.repeatable ? option.choices.slice(0, 2).join(", ") : t(option.name === "seed" ? "random" : option.kind === "text" ? "nothing" : "auto"),
    autocomplete: "off",
    spellcheck: false,
  });
}

/** What is in a field, as the server reads it; empty for nothing. */
export const valueOf = (field) => (field.type === "checkbox" ? (field.checked ? "on" : "") : field.value.trim());

/** Fills a field; a list gets a value that it did not have, which the server may know. */
export function setValue(field, value) {
  if (field.type === "checkbox") {
    field.checked = value !== "" && value !== "off";
    return;
  }
  if (field.localName === "select" && value && ![...field.options].some((each) => each.value === value)) {
    field.append(h("option", { value }, value));
  }
  field.value = value;
}
