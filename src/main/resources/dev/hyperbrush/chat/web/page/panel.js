// A part of a view that lists something with a verb, and offers what can be done about it.

import { answerParts, answerPlace, speaksForItself } from "./answer.js";
import { api } from "./api.js";
import { h } from "./dom.js";
import { verbForm } from "./form.js";

/** The verbs of this server, for panels; a panel whose verb it does not have is left out. */
export const verbBook = (verbs) => (name) => verbs.find((each) => each.name === name);

/**
 * A panel that shows what a verb answers and asks anew whenever something was done.
 *
 * @param title above it; none where the view has only this
 * @param verb to ask; without one, the panel only has forms
 * @param values to ask with, as a function
 * @param forms what can be done: { verb, label, only, fixed, values, open }
 * @param extra gives a card's own buttons
 * @param onSpoken gets answers whose jobs are drawn now
 * @param onLoad gets every answer that is listed
 */
export function listPanel({ title, hint, verb, values = () => ({}), forms = [], extra, onSpoken, onLoad }) {
  const heading = h("h2", { tabIndex: -1 }, title ?? "");
  heading.hidden = !title;
  const listed = h("div", { class: "listed" });
  const done = (reply) => {
    if (onSpoken && speaksForItself(reply)) {
      onSpoken(reply);
      return;
    }
    said.show({ ...reply, cards: [], text: reply.text.split("\n", 1)[0] });
    load();
  };
  const said = answerPlace();
  const element = h("section", { class: "panel" }, heading, hint && h("p", { class: "intro" }, hint), said.element, listed, forms.map((form) => folded(form, done)));

  let asked = 0;
  async function load() {
    if (!verb) return;
    const mine = ++asked;
    try {
      const reply = await api.form(verb.name, values());
      if (mine === asked) show(reply);
    } catch (error) {
      if (mine === asked) said.fail(error);
    }
  }

  /** Buttons that ask the same verb turn the page; others do something. */
  function show(reply) {
    const at = [...listed.querySelectorAll("button")].indexOf(document.activeElement);
    const onReply = (answer, button) => (button?.verb === verb.name ? show(answer) : done(answer));
    const text = reply.cards.length || reply.jobs.length ? "" : reply.text;
    listed.replaceChildren(...answerParts({ ...reply, text }, onReply, said.fail, extra));
    if (at >= 0) {
      const buttons = listed.querySelectorAll("button");
      (buttons[Math.min(at, buttons.length - 1)] ?? heading).focus({ preventScroll: true });
    }
    onLoad?.(reply);
  }

  /** Does something else, and says what came of it. */
  const use = (other, given) => api.form(other.name, given).then(done, said.fail);

  return { element, load, done, use };
}

/** A form that unfolds; it folds and empties itself when it was obeyed. */
export function folded({ verb, label, open = false, submit = label, ...about }, done) {
  const place = answerPlace();
  const fresh = () =>
    verbForm(verb, {
      ...about,
      submit,
      onReply: (reply) => {
        place.clear();
        form.replaceWith((form = fresh()));
        if (!open) {
          details.open = false;
          details.firstElementChild.focus();
        }
        done(reply);
      },
      onError: place.fail,
    });
  let form = fresh();
  const details = h("details", { class: "folded", open }, h("summary", {}, label), form, place.element);
  return details;
}
