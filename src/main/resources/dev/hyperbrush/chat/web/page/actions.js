// The buttons under a picture. What a button does on the server is its action code, nothing else.

import { api } from "./api.js";
import { h, icon, toast } from "./dom.js";
import { jobs } from "./jobs.js";
import { t } from "./texts.js";

const handlers = {};

/** Who fills the prompt box, and who shows an answer: the composer says so at start. */
export function connectActions({ useLine, showReply, showError }) {
  Object.assign(handlers, { useLine, showReply, showError });
}

/** All buttons of a job, and what is for one picture of it, when it is one. */
export function actionsOf(job, picture) {
  const buttons = job.buttons;
  return h(
    "div",
    { class: "actions", role: "group", "aria-label": t("actions") },
    buttons.filter((button) => button.verb !== "delete").map(pressButton),
    job.line && [
      labelled("use", t("use"), () => handlers.useLine(job.line)),
      labelled("copy", t("copy"), () => copy(job.line)),
    ],
    picture && downloadLink(picture),
    buttons.filter((button) => button.verb === "delete").map((button) => deleteButton(job, button)),
  );
}

function labelled(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: `action ${name}`, onclick, ...more }, icon(name), label);
}

export function pressButton(button) {
  return labelled(button.verb, button.label, (event) => press(button.action, event.currentTarget));
}

function downloadLink(picture) {
  const href = `${picture.url}?download`;
  return h("a", { class: "action download", href, download: "" }, icon("download"), t("download"));
}

/** Asks once more in the same place; nothing is lost by one slip of the finger. */
function deleteButton(job, button) {
  const several = job.pictures.length > 1;
  const question = several ? t("deleteAskAll", job.pictures.length) : t("deleteAsk");
  const ask = labelled("delete", button.label, () => {
    const yes = h(
      "button",
      { type: "button", class: "action danger", onclick: () => press(button.action, yes, job) },
      t("deleteYes"),
    );
    const no = h("button", { type: "button", class: "action", onclick: () => back() }, t("deleteNo"));
    const confirm = h("span", { class: "confirm" }, h("span", {}, question), yes, no);
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
    no.focus();
  });
  return ask;
}

export async function press(action, button, deleted) {
  button.disabled = true;
  try {
    const reply = await api.press(action);
    if (deleted) {
      jobs.remove(deleted.id);
    }
    if (reply.jobs.length) {
      handlers.showReply(reply);
    } else {
      toast(reply.text);
    }
  } catch (error) {
    handlers.showError(error);
  } finally {
    button.disabled = false;
  }
}

async function copy(line) {
  try {
    await navigator.clipboard.writeText(line);
    toast(t("copied"));
  } catch {
    // No clipboard without https or permission: the prompt box is the next best place to copy from.
    handlers.useLine(line);
  }
}
