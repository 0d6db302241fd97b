// What keeps order: settings by scope, rules, what is held, bans, changes, the queue. Each is an address.

import { answerPlace } from "./answer.js";
import { api } from "./api.js";
import { h, here } from "./dom.js";
import { listPanel, verbBook } from "./panel.js";
import { address, view } from "./router.js";
import { settingsEditor } from "./settings.js";
import { number, percent, t } from "./texts.js";

export function startModeration(verbs) {
  const verb = verbBook(verbs);
  const sections = [settings(verb), rules(verb), review(verb), bans(verb), changes(verb), audit(verb), queue(verb)].filter(Boolean);
  if (sections.length === 0) return;
  view("moderation", (element, [name], query) => {
    const section = sections.find((each) => each.name === name) ?? sections[0];
    here(section.title);
    element.replaceChildren(
      h("h1", { tabIndex: -1 }, t("navModeration")),
      h("nav", { class: "tabs", "aria-label": t("navModeration") }, sections.map((each) => tab(each, each === section))),
      ...section.show(query),
    );
  });
}

const tab = (section, current) => h("a", { href: address(["moderation", section.name]), "aria-current": current && "page" }, section.title);

/** A section that is one list with its forms. */
function list(name, title, about) {
  return about.verb && {
    name,
    title,
    show() {
      const panel = listPanel({ title, ...about });
      panel.load();
      return [panel.element];
    },
  };
}

// --- Settings by scope ---

function settings(verb) {
  const [show, set, unset] = ["defaults show", "defaults set", "defaults unset"].map(verb);
  return set && {
    name: "settings",
    title: t("settings"),
    show(query) {
      const scope = scopeOf(query);
      const editor = settingsEditor({
        options: set.options.filter((option) => !SCOPES.includes(option.name)),
        read: () => api.form(show.name, scope),
        write: ({ changed, cleared }) => writeAll(set, unset, scope, changed, cleared),
        effective: () => api.form("settings show", {}),
        telling: "everywhere" in scope, // what holds elsewhere is not to be asked from here
      });
      editor.load();
      return [h("section", { class: "panel" }, chooser(query), editor.element)];
    },
  };
}

const SCOPES = ["everywhere", "server", "channel", "role"];

async function writeAll(set, unset, scope, changed, cleared) {
  const replies = [];
  if (Object.keys(changed).length) replies.push(await api.form(set.name, { ...changed, ...scope }));
  if (cleared.length) replies.push(await api.form(unset.name, { [unset.argumentName]: cleared.join(" "), ...scope }));
  return replies;
}

/** The scope that the address names, as verbs are told of it. */
function scopeOf(query) {
  const named = SCOPES.slice(1).filter((name) => query.get(name));
  return named.length ? Object.fromEntries(named.map((name) => [name, query.get(name)])) : { everywhere: "on" };
}

const LABELS = { everywhere: "scopeEverywhere", server: "scopeServer", channel: "scopeChannel", role: "scopeRole" };

/** Everywhere, a server, or a channel or a role of one. */
function chooser(query) {
  const now = query.get("channel") ? "channel" : query.get("role") ? "role" : query.get("server") ? "server" : "everywhere";
  const kind = h("select", { id: "scope-kind", "aria-label": t("scope") }, SCOPES.map((each) => h("option", { value: each, selected: each === now }, t(LABELS[each]))));
  const server = h("input", { id: "scope-server", type: "text", value: query.get("server") ?? "", placeholder: "discord:123456789", "aria-label": t("scopeServer"), spellcheck: false });
  const inner = h("input", { id: "scope-id", type: "text", value: query.get("channel") ?? query.get("role") ?? "", placeholder: "123456789", spellcheck: false });
  const form = h("form", { class: "scope", autocomplete: "off" }, h("label", { for: "scope-kind" }, t("scope")), kind, server, inner, h("button", { type: "submit", class: "action" }, t("scopeShow")));
  const arrange = () => {
    server.hidden = kind.value === "everywhere";
    server.required = !server.hidden;
    inner.hidden = kind.value === "everywhere" || kind.value === "server";
    inner.required = !inner.hidden;
    inner.setAttribute("aria-label", t(LABELS[kind.value]));
  };
  kind.addEventListener("change", () => {
    arrange();
    if (kind.value === "everywhere") form.requestSubmit();
    else server.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const scope = kind.value === "everywhere" ? {} : { server: server.value.trim(), ...(inner.hidden ? {} : { [kind.value]: inner.value.trim() }) };
    location.hash = address(["moderation", "settings"], scope);
  });
  arrange();
  return form;
}

// --- Rules about words, and what they would make of a prompt ---

function rules(verb) {
  const [show, test] = [verb("policy list"), verb("policy test")];
  return show && {
    name: "rules",
    title: t("rules"),
    show() {
      const forms = [
        { verb: verb("policy add"), label: t("ruleNew") },
        { verb: verb("policy import"), label: t("ruleImport") },
        { verb: verb("policy export"), label: t("ruleExport") },
      ];
      const panel = listPanel({ title: t("rules"), verb: show, forms, onLoad: () => tester.load() });
      const tester = ruleTester(test, panel.load);
      panel.load();
      return [panel.element, tester.element];
    },
  };
}

/** How long nothing is typed before a prompt is tried. */
const TYPED = 300;

/** Tries a prompt while it is typed. */
function ruleTester(test, onPressed) {
  const place = answerPlace({ onPressed });
  const input = h("input", { id: "tester", type: "text", placeholder: t("promptHint"), autocomplete: "off", spellcheck: false });
  let timer;
  let asked = 0;
  async function load() {
    clearTimeout(timer);
    const mine = ++asked;
    const prompt = input.value.trim();
    if (!prompt) {
      place.clear();
      return;
    }
    try {
      const reply = await api.form(test.name, { [test.argumentName]: prompt });
      if (mine !== asked) return; // more was typed since
      const [outcome, ...found] = reply.text.split("\n");
      place.show({ ...reply, text: outcome, notices: [...found, ...reply.notices] });
    } catch (error) {
      if (mine === asked) place.fail(error);
    }
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, TYPED);
  });
  const row = h("div", { class: "row wide" }, h("label", { for: input.id }, t("promptLabel")), input);
  return { element: h("section", { class: "panel" }, h("h2", {}, t("ruleTry")), h("div", { class: "verb-form" }, row), place.element), load };
}

// --- What is held, who may not draw, what was done ---

const review = (verb) => list("review", t("review"), { verb: verb("review") });

const bans = (verb) => list("bans", t("bans"), { verb: verb("bans"), forms: ["ban", "timeout", "unban"].map((name) => ({ verb: verb(name), label: t(name) })) });

const audit = (verb) => list("audit", t("audit"), { verb: verb("audit") });

// --- Changes ---

const changes = (verb) => list("changes", t("changes"), { hint: t("changesHow"), verb: verb("changes") });

// --- The queue: who waits with how much work, live ---

/** Between two looks at a busy queue. */
const PAUSE = 1_000;

let watching = () => {};

/** The queue has moved, and whoever looks at it wants to see that. */
export const queueMoved = () => watching();

function queue(verb) {
  const status = verb("admin status");
  return status && {
    name: "queue",
    title: t("queue"),
    show() {
      const panel = listPanel({ title: t("operation"), verb: status });
      const people = h("div", { class: "people" });
      const load = async () => {
        panel.load();
        const all = await api.backlog().catch(() => null);
        if (all) people.replaceChildren(all.length ? peopleTable(all) : h("p", { class: "note" }, t("nobodyWaits")));
      };
      let timer = null;
      watching = () => {
        if (!people.isConnected) watching = () => {};
        else timer ??= setTimeout(() => ((timer = null), load()), PAUSE);
      };
      load();
      return [panel.element, h("section", { class: "panel" }, h("h2", {}, t("whoWaits")), h("p", { class: "intro" }, t("workUnit")), people)];
    },
  };
}

function peopleTable(all) {
  const heads = ["person", "jobs", "work", "weight", "share"];
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, t(head))))),
    h(
      "tbody",
      {},
      all.map((each) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, each.name ?? "–"),
          h("td", {}, number(each.jobs)),
          h("td", {}, number(each.work / 1e6)),
          h("td", {}, number(each.weight)),
          h("td", {}, h("meter", { value: each.share, "aria-label": t("share") }), percent(each.share)),
        ),
      ),
    ),
  );
}
