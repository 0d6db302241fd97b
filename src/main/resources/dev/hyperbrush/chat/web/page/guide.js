// The help sheet, made from what the verbs declare.

import { byId, h } from "./dom.js";
import { address } from "./router.js";
import { t } from "./texts.js";

export function startGuide(verbs) {
  const sheet = byId("help-sheet");
  byId("help").addEventListener("click", () => sheet.showModal());
  byId("help-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
  });
  byId("help-content").addEventListener("click", (event) => {
    if (event.target.closest("a")) sheet.close();
  });
  byId("help-content").append(
    ...verbs.map((verb) =>
      h(
        "section",
        {},
        h("h3", {}, h("a", { href: address(["commands", verb.name]), title: t("asForm") }, h("code", {}, `/${verb.name}`)), " ", h("i", {}, verb.argument), " ", h("span", {}, verb.help)),
        verb.options.length > 0 &&
          h(
            "dl",
            {},
            verb.options.flatMap((option) => [
              h("dt", {}, h("code", {}, `--${option.name}`)),
              h("dd", {}, option.help, option.allowed && h("span", { class: "allowed" }, ` ${option.allowed}`)),
            ]),
          ),
      ),
    ),
    h(
      "section",
      {},
      h("h3", {}, t("shortcuts")),
      h(
        "dl",
        {},
        [
          ["/", "keySlash"],
          ["Enter", "keyEnter"],
          ["Shift + Enter", "keyShiftEnter"],
          ["↑ ↓", "keyUp"],
          ["--", "keyFlags"],
          ["← →", "keyArrows"],
          ["Esc", "keyEsc"],
        ].flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(text))]),
      ),
    ),
  );
}
