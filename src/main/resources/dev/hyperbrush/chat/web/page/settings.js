// Editing what is set in one scope: a field for everything that can be set, empty where the scopes
// around decide.

import { answerPlace } from "./answer.js";
import { api } from "./api.js";
import { h } from "./dom.js";
import { fieldsFor, setValue, valueOf } from "./fields.js";
import { t } from "./texts.js";

let made = 0;

/**
 * An editor of settings.
 *
 * @param options of the verb that sets them
 * @param read asks for what is set
 * @param write sets { changed: values by name, cleared: names }, answers with the replies
 * @param effective asks for what holds in the end and which scope says so, for below the fields
 * @param telling whether to show that; its cards are the groups in any case
 */
export function settingsEditor({ options, read, write, effective, telling = true }) {
  const id = `settings-${++made}`;
  const place = answerPlace({ onPressed: () => load() });
  const inputs = new Map();
  const holds = new Map();
  const body = h("div", { class: "setting-groups" });
  const save = h("button", { type: "submit", class: "send", disabled: true }, t("save"));
  const form = h("form", { class: "settings-form", autocomplete: "off" }, body, h("div", { class: "send-row" }, save));
  let before = {};

  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => (save.disabled = !isChanged()));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const now = typed();
    const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (before[name] ?? "")));
    const cleared = Object.keys(before).filter((name) => inputs.has(name) && !(name in now));
    save.disabled = true;
    try {
      place.show(joined(await write({ changed, cleared })));
      await load();
    } catch (error) {
      place.fail(error);
      save.disabled = false;
    }
  });

  const typed = () => Object.fromEntries([...inputs].map(([name, input]) => [name, valueOf(input)]).filter(([, value]) => value));
  const isChanged = () => [...inputs].some(([name, input]) => valueOf(input) !== (before[name] ?? ""));

  let asked = 0;
  async function load() {
    const mine = ++asked;
    try {
      const [set, all] = await Promise.all([read(), effective()]);
      if (mine !== asked) return; // something was changed since
      before = factsOf(set);
      if (inputs.size === 0) build(all.cards);
      const behind = factsOf(all);
      for (const [name, input] of inputs) {
        setValue(input, before[name] ?? "");
        holds.get(name).textContent = telling && behind[name] !== "–" ? (behind[name] ?? "") : "";
      }
      save.disabled = true;
    } catch (error) {
      place.fail(error);
    }
  }

  /** In the groups in which the server shows what holds; what is in none comes last. */
  function build(cards) {
    const left = new Map(options.map((option) => [option.name, option]));
    const groups = cards.map((card) => ({ title: card.title, options: card.fields.map(({ name }) => take(left, name)).filter(Boolean) }));
    groups.push({ title: "", options: [...left.values()] });
    const several = groups.filter((group) => group.options.length).length > 1;
    body.replaceChildren(
      ...groups
        .filter((group) => group.options.length)
        .map((group) => h("fieldset", {}, several && group.title && h("legend", {}, group.title.replace(/:$/, "")), h("div", { class: "verb-form" }, group.options.map(row)))),
    );
  }

  function row(option) {
    const fieldId = `${id}-${option.name}`;
    const [input, offers] = fieldsFor(option, fieldId);
    const line = h("p", { class: "holds", id: `${fieldId}-holds` });
    inputs.set(option.name, input);
    holds.set(option.name, line);
    input.setAttribute("aria-describedby", line.id);
    if (input.localName === "select") input.options[0].textContent = "";
    else input.placeholder = option.repeatable ? input.placeholder : "";
    return h("div", { class: option.kind === "text" ? "row wide" : "row" }, h("label", { for: fieldId, title: option.help }, option.label), input, offers, line);
  }

  return { element: h("div", { class: "settings-editor" }, form, place.element), load };
}

/** What an answer says of each thing, by name. */
const factsOf = (reply) => Object.fromEntries(reply.cards.flatMap((card) => card.fields.map(({ name, value }) => [name, value])));

function take(left, name) {
  const option = left.get(name);
  left.delete(name);
  return option;
}

/** Several answers as one. */
const joined = (replies) =>
  replies.reduce((all, reply) => ({ ...reply, text: `${all.text}\n${reply.text}`, cards: [...all.cards, ...reply.cards] }));
