// What a verb answers, whatever the verb: text, pictures, cards with their buttons. An answer is
// built of parts that any view can place.

import { api } from "./api.js";
import { h, hasIcon, icon } from "./dom.js";
import { active, jobs } from "./jobs.js";
import { t } from "./texts.js";

/** Verbs after which something is gone; their buttons ask once more. */
const FOR_GOOD = /^(.* )?(delete|remove)$/;

const MANY = 8;

/** Whether an answer needs no words, since its jobs are seen being drawn. */
export const speaksForItself = (reply) => reply.jobs.length > 0 && reply.jobs.every(active);

/**
 * The parts of an answer, in order. With cards, only the first line of the text, and not even that
 * where it is a card's title: the others say what the cards say.
 *
 * @param onReply gets the answer to a button
 * @param onError gets why there was none
 * @param extra gives more buttons for a card
 */
export function answerParts(reply, onReply, onError, extra) {
  const first = reply.text.split("\n", 1)[0];
  const said = reply.cards.some((card) => card.title === first);
  const text = said ? "" : reply.cards.length ? first : reply.text;
  return [
    text && h("p", { class: "answer-text" }, text),
    reply.notices.length > 0 && h("ul", { class: "notices" }, reply.notices.map((notice) => h("li", {}, notice))),
    thumbnails(reply.jobs),
    cardList(reply.cards, onReply, onError, extra),
    reply.file && h("a", { class: "action download", href: reply.file.url, download: reply.file.name }, icon("download"), reply.file.name),
    reply.buttons.length > 0 && h("div", { class: "actions" }, reply.buttons.map((button) => pressable(button, onReply, onError))),
  ].filter(Boolean);
}

/** The cards of an answer as a list; null for none. */
export function cardList(cards, onReply, onError, extra) {
  return cards.length > 0 && h("ul", { class: "cards" }, cards.map((card) => h("li", {}, cardOf(card, onReply, onError, extra))));
}

/** One thing with its facts and buttons; many facts make a table. */
export function cardOf(card, onReply, onError, extra = () => []) {
  const buttons = [...extra(card), ...card.buttons.map((button) => pressable(button, onReply, onError))];
  return h(
    "article",
    { class: card.picture ? "thing pictured" : "thing" },
    card.picture && h("img", { class: "thing-picture", src: card.picture, alt: "" }),
    card.title && h("h3", { class: "thing-title" }, card.title),
    card.fields.length > 0 &&
      h(
        "dl",
        { class: card.fields.length > MANY ? "thing-facts table" : "thing-facts" },
        card.fields.map(({ name, value }) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      ),
    buttons.length > 0 && h("div", { class: "actions" }, buttons),
  );
}

/** A button that does on the server what its action says. */
export function pressable(button, onReply, onError) {
  const press = async (element) => {
    element.disabled = true;
    try {
      onReply(await api.press(button.action), button);
    } catch (error) {
      onError(error);
    } finally {
      element.disabled = false;
    }
  };
  const name = button.verb.split(" ").at(-1);
  const face = { name, label: button.label };
  return FOR_GOOD.test(button.verb)
    ? askingButton(face, { question: t("sure"), yes: button.label }, press)
    : actionButton(face, (event) => press(event.currentTarget));
}

/** A button with an icon of its name, where there is one. */
export function actionButton({ name, label }, onclick) {
  return h("button", { type: "button", class: `action ${name}`, onclick }, hasIcon(name) && icon(name), label);
}

/** Asks once more in the same place; nothing is lost by one slip of the finger. */
export function askingButton(face, { question, yes, no = t("deleteNo") }, act) {
  const ask = actionButton(face, () => {
    const sure = h("button", { type: "button", class: "action danger", onclick: () => act(sure) }, yes);
    const keep = h("button", { type: "button", class: "action", onclick: () => back() }, no);
    const confirm = h("span", { class: "confirm" }, h("span", {}, question), sure, keep);
    const back = () => {
      confirm.replaceWith(ask);
      ask.focus();
    };
    confirm.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        back();
      }
    });
    ask.replaceWith(confirm);
    keep.focus();
  });
  return ask;
}

/** Finished pictures, small; each leads to all about it. */
function thumbnails(answered) {
  const done = answered.filter((job) => job.pictures.length > 0);
  done.forEach((job) => jobs.put(job));
  return (
    done.length > 0 &&
    h(
      "div",
      { class: "thumbnails" },
      done.map((job) =>
        h(
          "a",
          { class: "thumbnail", href: `#/picture/${job.id}`, title: job.prompt },
          h("img", { src: job.pictures[0].url, alt: `#${job.id} ${job.prompt}`, loading: "lazy", width: job.pictures[0].width, height: job.pictures[0].height }),
        ),
      ),
    )
  );
}

/**
 * A place that shows one answer at a time, or why there is none; its buttons answer into it.
 *
 * @param whenSpoken gets the answers that need no words
 * @param onPressed is called when a button has answered
 */
export function answerPlace({ whenSpoken, onPressed } = {}) {
  const element = h("div", { class: "answer", role: "status", hidden: true });
  const fill = (role, parts) => {
    element.classList.toggle("refused", role === "alert");
    element.setAttribute("role", role);
    element.replaceChildren(...parts);
    element.hidden = parts.length === 0;
  };
  const pressed = (reply) => {
    place.show(reply);
    onPressed?.();
  };
  const place = {
    element,
    show(reply) {
      if (whenSpoken && speaksForItself(reply)) {
        whenSpoken(reply);
      } else {
        fill("status", answerParts(reply, pressed, place.fail));
      }
    },
    fail(error) {
      fill("alert", [h("p", { class: "answer-text" }, error.message, " ", h("code", { class: "code" }, error.code ?? ""))]);
    },
    clear: () => fill("status", []),
  };
  return place;
}
