// The line as it is typed: finding the flags in it, and changing one without touching the rest.

import { BEGINS_FLAG, cut, flagOf, optionNamed, quote, readsAsItself } from "./words.js";

const NEGATIVE = "negative";
const PROMPT = "prompt:";

/** The flags of a line, in order: { option, value, start, end }; options that are not known are left out. */
export function flagsOf(line, options) {
  const words = withNegativeFlag(cut(line)).map((word) => ({ ...word, flag: flagOf(word, options) }));
  return words.flatMap((word, i) => {
    if (!word.flag) {
      return [];
    }
    const nextFlag = words.findIndex((each, at) => at > i && each.flag);
    const behind = words.slice(i + 1, nextFlag < 0 ? words.length : nextFlag);
    const { value, count } = valueOf(word.flag, behind);
    return { option: word.flag.option, value, start: word.start, end: count ? behind[count - 1].end : word.end };
  });
}

/** What to avoid is written "Negative prompt: ..." elsewhere. */
function withNegativeFlag(words) {
  return words.flatMap((word, i) => {
    if (isNegative(word, words[i + 1])) {
      return { ...word, typed: `--${NEGATIVE}`, end: words[i + 1].start + PROMPT.length };
    }
    return i && isNegative(words[i - 1], word) ? cut(word.typed.slice(PROMPT.length), word.start + PROMPT.length) : word;
  });
}

const isNegative = (word, next) => word.typed.toLowerCase() === NEGATIVE && next?.typed.toLowerCase().startsWith(PROMPT);

/** The value of a flag and how many of the words behind it belong to it: for text all, else one or a known name. */
function valueOf({ option, attached }, behind) {
  if (option.kind === "text") {
    return { value: meaning(attached ? [attached, ...behind] : behind).trim(), count: behind.length };
  }
  if (attached) {
    return { value: meaning([attached]), count: 0 };
  }
  if (option.kind === "flag") {
    return { value: "on", count: 0 };
  }
  for (let count = behind.length; count > 1; count--) {
    const value = meaning(behind.slice(0, count));
    if (option.choices.includes(value)) {
      return { value, count };
    }
  }
  return { value: meaning(behind.slice(0, 1)), count: Math.min(behind.length, 1) };
}

function meaning(words) {
  if (words.length === 1 && words[0].quoted) {
    return words[0].meant;
  }
  return words
    .map((word) => word.typed)
    .join(" ")
    .replace(/^['‘’](.+)['‘’]$/s, "$1");
}

/** The value that a line gives to an option, the last one where it gives several; "" for none. */
export function valueIn(line, option, options) {
  return flagsOf(line, options).findLast((flag) => flag.option.name === option.name)?.value ?? "";
}

/** The line with an option set to a value; an empty value takes the flag away. */
export function withValue(line, option, value, options) {
  const flag = flagsOf(line, options).findLast((each) => each.option.name === option.name);
  const written = value === "" ? "" : write(option, value);
  if (!flag) {
    return written ? `${line.trimEnd()} ${written}`.trimStart() : line;
  }
  const before = line.slice(0, flag.start).trimEnd();
  const after = line.slice(flag.end).trimStart();
  return [before, written, after].filter(Boolean).join(" ");
}

function write(option, value) {
  if (option.kind === "flag") {
    return `--${option.name}`;
  }
  return `--${option.name} ${readsAsItself(value) ? value : quote(value)}`;
}

/** The verb that a line begins with; of two words where there is one (command/VerbList.java). */
export function verbIn(line, verbs) {
  const [, first, second] = /^\s*\/([a-z-]+)(?:\s+(\S+))?/i.exec(line.toLowerCase()) ?? [];
  const named = (name) => verbs.find((verb) => verb.name === name);
  return named(`${first} ${second}`) ?? named(first);
}

const FLAG_TYPED = new RegExp(`(?:^|\\s)(${BEGINS_FLAG}([\\w-]*))$`);
const VALUE_TYPED = new RegExp(`(?:^|\\s)${BEGINS_FLAG}([A-Za-z][\\w-]*)[ =]([^\\s"“„«]*)$`);

/** One word, or two; a second one that begins with a dash is a flag. */
const VERB_TYPED = /^\/([a-z-]*(?: (?:[a-z][a-z-]*)?)?)$/i;

/** What is being typed at the caret that can be completed: { kind, typed, start }, or null. */
export function completionAt(line, caret, options) {
  const before = line.slice(0, caret);
  const verb = VERB_TYPED.exec(before);
  if (verb) {
    return { kind: "verb", typed: verb[1].toLowerCase(), start: 0 };
  }
  const flag = FLAG_TYPED.exec(before);
  if (flag) {
    return { kind: "flag", typed: flag[2].toLowerCase(), start: caret - flag[1].length };
  }
  const value = VALUE_TYPED.exec(before);
  const option = value && optionNamed(value[1], options);
  if (option?.choices.length) {
    return { kind: "value", option, typed: value[2].toLowerCase(), start: caret - value[2].length };
  }
  return null;
}
