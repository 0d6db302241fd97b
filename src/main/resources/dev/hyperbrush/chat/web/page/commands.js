// Every verb as a form: whatever can be typed can be clicked together as well.

import { answerPlace } from "./answer.js";
import { h, here } from "./dom.js";
import { verbForm } from "./form.js";
import { address, view } from "./router.js";
import { t } from "./texts.js";

/** @param whenSpoken gets the answers whose jobs are drawn now */
export function startCommands(verbs, whenSpoken) {
  view("commands", (element, [name]) => {
    const verb = verbs.find((each) => each.name === name);
    element.replaceChildren(...(verb ? one(verb, whenSpoken) : all(verbs)));
    here(verb ? `/${verb.name}` : t("commands"));
  });
}

function all(verbs) {
  const groups = Map.groupBy(verbs, (verb) => verb.permission);
  return [
    h("h1", { tabIndex: -1 }, t("commands")),
    h("p", { class: "intro" }, t("commandsHow")),
    ...["everybody", "moderator", "operator"]
      .filter((permission) => groups.has(permission))
      .flatMap((permission) => [
        groups.size > 1 && h("h2", {}, t(GROUPS[permission])),
        h("ul", { class: "verbs" }, groups.get(permission).map(link)),
      ])
      .filter(Boolean),
  ];
}

const GROUPS = { everybody: "forEverybody", moderator: "forModerators", operator: "forOperators" };

const link = (verb) =>
  h("li", {}, h("a", { href: address(["commands", verb.name]) }, h("code", {}, `/${verb.name}`), h("span", {}, verb.help)));

function one(verb, whenSpoken) {
  const place = answerPlace({ whenSpoken });
  return [
    h("p", { class: "way-back" }, h("a", { href: "#/commands" }, t("commands"))),
    h("h1", { tabIndex: -1 }, h("code", {}, `/${verb.name}`)),
    h("p", { class: "intro" }, verb.help),
    h(
      "div",
      { class: "panel" },
      verbForm(verb, { submit: t("send"), onReply: place.show, onError: place.fail }),
      place.element,
    ),
  ];
}
