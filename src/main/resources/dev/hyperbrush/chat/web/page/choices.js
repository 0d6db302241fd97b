// What options offer, kept up to date: models and LoRAs come and go while a page is open.

import { api } from "./api.js";

const EVERY = 60_000;

/** Keeps the choices of these verbs' options as the server has them; presets are kept elsewhere. */
export function keepChoices(verbs) {
  const refresh = () => !document.hidden && api.verbs().then((now) => take(verbs, now), () => {});
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
  return refresh;
}

function take(verbs, now) {
  for (const verb of now) {
    const options = verbs.find((each) => each.name === verb.name)?.options ?? [];
    for (const { name, choices } of verb.options) {
      const option = options.find((each) => each.name === name);
      if (option && name !== "preset") option.choices = choices;
    }
  }
}
