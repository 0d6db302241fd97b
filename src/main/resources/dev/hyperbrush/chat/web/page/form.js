// A form for any verb, made from what the verb declares.

import { api } from "./api.js";
import { h } from "./dom.js";
import { fieldsFor, setValue, valueOf } from "./fields.js";

let made = 0;

/**
 * A form that asks for a verb's text and options.
 *
 * @param only names of the options to ask for; all of them when left out
 * @param fixed values that the form hands in without asking
 * @param values to begin with, by name
 * @param submit the words on its button
 * @param onReply gets the answer
 * @param onError gets the refusal
 */
export function verbForm(verb, { only, fixed = {}, values = {}, submit, onReply, onError }) {
  const id = `form-${++made}`;
  const asked = verb.options.filter((option) => !(option.name in fixed) && (!only || only.includes(option.name)));
  const inputs = new Map();
  const rows = asked.map((option) => optionRow(option, `${id}-${option.name}`, inputs));
  if (verb.argumentName && !(verb.argumentName in fixed)) {
    rows.unshift(textRow(verb, `${id}--words`, inputs));
  }
  const button = h("button", { type: "submit", class: "send" }, submit);
  const form = h("form", { class: "verb-form", autocomplete: "off" }, rows, h("div", { class: "send-row" }, button));
  for (const [name, input] of inputs) {
    if (values[name] !== undefined) setValue(input, values[name]);
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = [...inputs].map(([name, input]) => [name, valueOf(input)]).filter(([, value]) => value !== "");
    button.disabled = true;
    try {
      onReply(await api.form(verb.name, { ...Object.fromEntries(given), ...fixed }));
    } catch (error) {
      onError(error);
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

/** The text behind the verb. Enter sends it; with Shift it breaks the line. */
function textRow(verb, id, inputs) {
  const input = h("textarea", { id, rows: 1, required: verb.argumentNeeded, spellcheck: false, maxLength: 20_000 });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      input.form.requestSubmit();
    }
  });
  inputs.set(verb.argumentName, input);
  return h("div", { class: "row wide" }, h("label", { for: id }, verb.argument), input);
}

function optionRow(option, id, inputs) {
  const [input, offers] = fieldsFor(option, id);
  inputs.set(option.name, input);
  const help = option.help && h("p", { class: "help-line", id: `${id}-help` }, option.help);
  if (help) input.setAttribute("aria-describedby", `${id}-help`);
  return h(
    "div",
    { class: `row ${option.kind}${option.kind === "text" ? " wide" : ""}` },
    h("label", { for: id, title: `--${option.name}` }, option.label),
    input,
    offers,
    help,
  );
}
