// The buttons under a picture. What a button does on the server is its action code, nothing else.

import { actionButton, askingButton, pressable, speaksForItself } from "./answer.js";
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
      useAgain(job),
      actionButton({ name: "copy", label: t("copy") }, () => copy(job.line)),
    ],
    picture && downloadLink(picture),
    buttons.filter((button) => button.verb === "delete").map((button) => deleteButton(job, button)),
  );
}

/** Puts the line of a job into the prompt box. */
export const useAgain = (job) => actionButton({ name: "use", label: t("use") }, () => handlers.useLine(job.line));

export const pressButton = (button) => pressable(button, answered, (error) => handlers.showError(error));

/** New jobs are shown where they are drawn; what else was done is said in passing. */
function answered(reply) {
  if (speaksForItself(reply)) {
    handlers.showReply(reply);
    return;
  }
  reply.jobs.forEach((job) => jobs.put(job, true));
  toast(reply.text.split("\n", 1)[0]);
}

function downloadLink(picture) {
  const href = `${picture.url}?download`;
  return h("a", { class: "action download", href, download: "" }, icon("download"), t("download"));
}

function deleteButton(job, button) {
  const several = job.pictures.length > 1;
  const question = several ? t("deleteAskAll", job.pictures.length) : t("deleteAsk");
  return askingButton({ name: "delete", label: button.label }, { question, yes: t("deleteYes") }, async (sure) => {
    sure.disabled = true;
    try {
      const reply = await api.press(button.action);
      jobs.remove(job.id);
      toast(reply.text);
    } catch (error) {
      handlers.showError(error);
    } finally {
      sure.disabled = false;
    }
  });
}

export async function copy(line) {
  try {
    await navigator.clipboard.writeText(line);
    toast(t("copied"));
  } catch {
    // No clipboard without https or permission: the prompt box is the next best place to copy from.
    handlers.useLine(line);
  }
}
