// The prompt box: the same /imagine line as everywhere, with controls that write its flags.

import { answerParts, speaksForItself } from "./answer.js";
import { api } from "./api.js";
import { byId, h, say } from "./dom.js";
import { fieldsFor, setValue, valueOf } from "./fields.js";
import { jobs } from "./jobs.js";
import { completionAt, valueIn, verbIn, withValue } from "./line.js";
import { address, go } from "./router.js";
import { t } from "./texts.js";

const REMEMBERED = 100;

const box = byId("prompt");
const errorBox = byId("error");
const replyBox = byId("reply");
const suggestions = byId("suggestions");

let verbs = [];
let options = [];
let controls = [];

export function startComposer(declared) {
  verbs = declared;
  options = verbs.find((verb) => verb.name === "imagine")?.options ?? [];
  controls = options
    .filter((option) => option.common)
    .sort((a, b) => place(a) - place(b))
    .map(control);
  byId("controls").append(...controls.map((each) => each.element));
  byId("save-preset").hidden = !verbs.some((verb) => verb.name === "preset save");
  byId("save-preset").addEventListener("click", () => go(address(["presets"], { line: box.value.trim() || " " })));
  const details = byId("settings");
  details.open = matchMedia("(min-width: 48rem)").matches;

  box.addEventListener("input", lineChanged);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", closeSuggestions);
  box.addEventListener("click", suggest);
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    draw();
  });
  lineChanged();
}

let presets = null;

/** Offers presets among the settings, as soon as there are any. */
export function offerPresets(names) {
  const option = options.find((each) => each.name === "preset");
  if (!option) return;
  option.choices = names; // while one types --preset
  controls = controls.filter((each) => each !== presets);
  presets?.element.remove();
  presets = names.length ? control({ ...option, kind: "select", repeatable: false }) : null;
  if (presets) {
    controls.push(presets);
    byId("presets").prepend(presets.element);
    presets.read();
  }
}

/** Puts a line into the box, ready to be changed. */
export function useLine(line) {
  setLine(line.replace(/^\/imagine\s+/, ""));
  box.focus();
  box.scrollIntoView({ block: "center" });
}

/** Puts a flag behind what stands in the box. */
export function addToLine(flag) {
  useLine(`${box.value.trimEnd()} ${flag} `.trimStart());
}

function setLine(line) {
  box.value = line;
  lineChanged();
}

function lineChanged() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  controls.forEach((each) => each.read());
  suggest();
}

// --- Drawing ---

let sending = false;

async function draw() {
  const line = box.value.trim();
  if (sending) {
    return;
  }
  sending = true;
  closeSuggestions();
  byId("composer").setAttribute("aria-busy", "true");
  try {
    const reply = await api.command(line);
    remember(line);
    showReply(reply, /^\s*(?!\/)|^\s*\/imagine\b/i.test(line));
    // The line stays, selected: typing starts a new one, Enter draws once more, an arrow edits it.
    if (document.activeElement === box) {
      box.select();
    }
  } catch (error) {
    showError(error);
  } finally {
    sending = false;
    byId("composer").removeAttribute("aria-busy");
  }
}

/** Shows an answer; where a job shows itself, only what else there is to know about it. */
export function showReply(reply, jobsSpeak) {
  clearMessages();
  reply.jobs.forEach((job) => jobs.put(job));
  const shown = jobsSpeak && reply.jobs.length > 0 ? { ...reply, text: "", jobs: [], cards: [] } : reply;
  const parts = answerParts(shown, (answer) => showReply(answer, speaksForItself(answer)), showError);
  if (parts.length) {
    byId("reply-parts").replaceChildren(...parts);
    replyBox.hidden = false;
  }
}

export function showError(error) {
  clearMessages();
  say(byId("error-text"), error.message);
  say(byId("error-code"), error.code ?? "");
  errorBox.hidden = false;
}

export function clearMessages() {
  errorBox.hidden = true;
  replyBox.hidden = true;
}

// --- Earlier lines ---

let recalled = -1;
let draft = "";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem("lines")) ?? [];
  } catch {
    return [];
  }
}

function remember(line) {
  recalled = -1;
  const lines = [line, ...remembered().filter((each) => each !== line)].slice(0, REMEMBERED);
  try {
    localStorage.setItem("lines", JSON.stringify(lines));
  } catch {
    // Storage is full or switched off: only the recall of earlier lines is lost.
  }
}

/** Steps through earlier lines: 1 is older, -1 newer; behind the newest is what was being typed. */
function recall(direction) {
  const lines = remembered();
  let next = recalled + direction;
  if (recalled === -1 && lines[0] === box.value) {
    next++; // the line that was just drawn still stands there
  }
  if (next < -1 || next >= lines.length) {
    return false;
  }
  if (recalled === -1) {
    draft = box.value;
  }
  recalled = next;
  setLine(recalled === -1 ? draft : lines[recalled]);
  closeSuggestions();
  box.setSelectionRange(box.value.length, box.value.length);
  return true;
}

const onFirstLine = () => !box.value.slice(0, box.selectionStart).includes("\n");
const onLastLine = () => !box.value.slice(box.selectionEnd).includes("\n");

// --- Suggestions while typing a flag, a verb or a value ---

let offered = [];
let chosen = 0;
let completion = null;

function suggest() {
  const caret = box.selectionStart;
  completion = document.activeElement === box && caret === box.selectionEnd && completionAt(box.value, caret, optionsOf(box.value));
  offered = completion ? candidates(completion) : [];
  chosen = 0;
  showSuggestions();
}

/** The flags of the verb that the line begins with; a line without one is a prompt. */
function optionsOf(line) {
  return /^\s*\/[a-z-]+\s/i.test(line) ? (verbIn(line, verbs)?.options ?? []) : options;
}

function candidates({ kind, typed, option }) {
  const all = {
    verb: () => verbs.map((verb) => ({ text: `/${verb.name} `, name: `/${verb.name}`, help: verb.help, keys: [verb.name] })),
    flag: () => optionsOf(box.value).map((each) => ({ text: `--${each.name} `, name: `--${each.name}`, help: each.help, keys: each.names })),
    value: () => option.choices.map((value) => ({ text: `${value} `, name: value, help: "", keys: [value.toLowerCase()] })),
  }[kind]();
  const startsSo = all.filter((each) => each.keys.some((key) => key.startsWith(typed)));
  if (startsSo.length) return startsSo;
  const hasIt = all.filter((each) => each.keys.some((key) => key.includes(typed)));
  return hasIt.length || kind !== "value" || typed.length < 3 ? hasIt : all.filter((each) => each.keys.some((key) => inOrder(key, typed)));
}

/** Whether a key has these letters, in this order, with others between. */
function inOrder(key, letters) {
  let at = 0;
  for (const letter of key) if (letter === letters[at]) at++;
  return at === letters.length;
}

function showSuggestions() {
  suggestions.replaceChildren(
    ...offered.map((each, i) =>
      h(
        "li",
        {
          id: `suggestion-${i}`,
          role: "option",
          "aria-selected": String(i === chosen),
          onpointerdown: (event) => {
            event.preventDefault(); // keeps the focus in the box
            accept(i);
          },
        },
        h("code", {}, each.name),
        h("span", {}, each.help),
      ),
    ),
  );
  const open = offered.length > 0;
  suggestions.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (open) {
    box.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    suggestions.children[chosen].scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

function closeSuggestions() {
  offered = [];
  showSuggestions();
}

function accept(i) {
  const { start } = completion;
  const text = offered[i].text;
  const caret = box.selectionStart;
  const after = box.value.slice(caret).replace(/^[^\s]*\s?/, "");
  box.value = box.value.slice(0, start) + text + after;
  box.setSelectionRange(start + text.length, start + text.length);
  lineChanged();
}

function onKey(event) {
  if (event.isComposing) {
    return; // Enter and arrows belong to the input method
  }
  const key = event.key;
  const open = offered.length > 0;
  if (key === "Enter" && event.shiftKey) {
    return;
  }
  let handled = true;
  if (open && (key === "ArrowDown" || key === "ArrowUp")) {
    chosen = (chosen + (key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length;
    showSuggestions();
  } else if (open && (key === "Tab" || (key === "Enter" && !typedOut()))) {
    accept(chosen);
  } else if (open && key === "Escape") {
    closeSuggestions();
  } else if (key === "Enter") {
    draw();
  } else if (key === "ArrowUp" && onFirstLine()) {
    handled = recall(1);
  } else if (key === "ArrowDown" && recalled >= 0 && onLastLine()) {
    handled = recall(-1);
  } else {
    handled = false;
  }
  if (handled) {
    event.preventDefault();
  }
}

/** Whether the person has written the chosen word to its end, so that Enter means "draw". */
function typedOut() {
  return offered[chosen].keys.includes(completion.typed);
}

// --- Controls: each shows what the line says, and writes the line when it is changed ---

/** Lists come first, and free text, which takes a whole row, last. */
const place = (option) => ({ select: 0, text: 2 })[option.kind] ?? 1;

function control(option) {
  const [input, offers] = fieldsFor(option, `control-${option.name}`);
  input.addEventListener("change", () => {
    setLine(withValue(box.value, option, valueOf(input), options));
    closeSuggestions();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      setLine(withValue(box.value, option, valueOf(input), options));
      draw();
    }
  });
  const element = h(
    "label",
    { class: `control ${option.kind}`, title: option.help },
    h("span", {}, option.label),
    input,
    offers,
  );
  const read = () => {
    const value = valueIn(box.value, option, options);
    if (document.activeElement !== input && valueOf(input) !== value) {
      setValue(input, value);
    }
    element.classList.toggle("set", value !== "");
  };
  return { element, read };
}
