// The line as it is typed: finding the flags in it, and changing one without touching the rest.

const FLAG = /(?<=^|\s)(?:--|—|–)([A-Za-z][\w-]*)/g;
const QUOTED = /"[^"]*"|“[^”]*”/g;

/** Hides what stands in quotes behind as many underscores: a flag in there is none. */
const masked = (line) => line.replace(QUOTED, (quoted) => `"${"_".repeat(quoted.length - 2)}"`);

/** The flags of a line, in order: { option, value, start, end }; options that are not known are left out. */
export function flagsOf(line, options) {
  const marks = [...masked(line).matchAll(FLAG)];
  return marks
    .map((mark, i) => {
      const name = mark[1].toLowerCase();
      const option = options.find((each) => each.names.includes(name));
      const from = mark.index + mark[0].length;
      const until = marks[i + 1]?.index ?? line.length;
      return option && { option, start: mark.index, ...valueOf(line.slice(from, until), option, from) };
    })
    .filter(Boolean);
}

/** The value behind a flag: quoted, or one word, or for free text everything up to the next flag. */
function valueOf(rest, option, from) {
  if (option.kind === "flag") {
    return { value: "on", end: from };
  }
  const form = option.kind === "text" ? /^[\s=]+("[^"]*"|“[^”]*”|\S(?:.*\S)?)/s : /^[\s=]+("[^"]*"|“[^”]*”|\S+)/;
  const found = form.exec(rest);
  if (!found) {
    return { value: "", end: from };
  }
  return { value: found[1].replace(/^["“]|["”]$/g, ""), end: from + found[0].length };
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
  const safe = value.replace(/"/g, "'");
  return /\s|--|—|–/.test(safe) ? `--${option.name} "${safe}"` : `--${option.name} ${safe}`;
}

/** What is being typed at the caret that can be completed: { kind, typed, start }, or null. */
export function completionAt(line, caret, options) {
  const before = line.slice(0, caret);
  const verb = /^\/([a-z-]*)$/i.exec(before);
  if (verb) {
    return { kind: "verb", typed: verb[1].toLowerCase(), start: 0 };
  }
  const flag = /(?:^|\s)((?:--|—|–)([\w-]*))$/.exec(before);
  if (flag) {
    return { kind: "flag", typed: flag[2].toLowerCase(), start: caret - flag[1].length };
  }
  const value = /(?:^|\s)(?:--|—|–)([A-Za-z][\w-]*)[ =]([^\s"“]*)$/.exec(before);
  const option = value && options.find((each) => each.names.includes(value[1].toLowerCase()));
  if (option?.choices.length) {
    return { kind: "value", option, typed: value[2].toLowerCase(), start: caret - value[2].length };
  }
  return null;
}
