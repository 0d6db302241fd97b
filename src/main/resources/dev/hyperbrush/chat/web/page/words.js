// How the server cuts a line into words (command/Words.java) and tells flags by their dashes
// (command/Dashes.java, Flags.java): the same rules, so that the controls show what will be drawn.

const HYPHENS = "-\u2010\u2011\u2212\uFE63\uFF0D";
const LONG_DASHES = "\u2012\u2013\u2014\u2015\uFE58";
const DASHES = HYPHENS + LONG_DASHES;

const OPENING = '"“„«';
/** What closes each of OPENING: English, German and French ways. */
const CLOSING = ['"', "”", "“”", "»"];
const BEHIND_QUOTE = ",.;:!?)";

const SPACE = /[^\S\uFEFF]/;

/** The words of a line: { typed, meant, quoted, start, end }; a quoted span that begins like a word is one. */
export function cut(line, offset = 0) {
  const neverClosed = new Set(); // kinds of quotes, so that no search runs twice
  const words = [];

  /** The quote that closes a span opened at start; -1 when none opens or none closes. */
  function closing(start) {
    const kind = start < line.length ? OPENING.indexOf(line[start]) : -1;
    if (kind < 0 || neverClosed.has(kind)) {
      return -1;
    }
    for (let at = start + 1; at < line.length; at++) {
      if (line[at] === "\\") {
        at++;
      } else if (CLOSING[kind].includes(line[at]) && endsWord(line, at + 1)) {
        return at;
      }
    }
    neverClosed.add(kind);
    return -1;
  }

  /** Where a word that is not quoted ends; the value of --flag="a b" belongs to it. */
  function plainEnd(start) {
    const dashed = DASHES.includes(line[start]);
    let at = start;
    while (at < line.length && !SPACE.test(line[at])) {
      const close = dashed && line[at] === "=" ? closing(at + 1) : -1;
      at = (close < 0 ? at : close) + 1;
    }
    return at;
  }

  for (let start = 0; start < line.length; start++) {
    if (SPACE.test(line[start])) {
      continue;
    }
    const close = closing(start);
    const end = plainEnd(close < 0 ? start : close);
    const typed = line.slice(start, end);
    const alone = close >= 0 && end === close + 1;
    words.push({ typed, meant: alone ? unescaped(line.slice(start + 1, close)) : typed, quoted: close >= 0, start: offset + start, end: offset + end });
    start = end - 1;
  }
  return words;
}

/** Nothing but punctuation may follow a closing quote: an inch or an apostrophe closes nothing. */
const endsWord = (line, next) => next === line.length || SPACE.test(line[next]) || BEHIND_QUOTE.includes(line[next]);

/** \" and \\ stand for the sign; any other backslash is one. */
const unescaped = (inside) => inside.replace(/\\(["\\])/g, "$1");

/** The text as one word that means it exactly. */
export const quote = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;

const FLAG = new RegExp(`^[${DASHES}]+(\\p{L}[^=]*)`, "u");

/** Whether a value means itself without quotes, wherever it stands. */
export const readsAsItself = (text) => !SPACE.test(text) && !FLAG.test(text) && !/["“”„«»'‘’]/.test(text);

/** The flag that a word is: { option, attached }, where attached is the word behind its equals sign; null for text. */
export function flagOf(word, options) {
  const [dashed, name] = FLAG.exec(word.typed) ?? [];
  const option = name && optionNamed(name, options);
  if (!option) {
    return null;
  }
  const behind = word.typed.slice(dashed.length + 1);
  return { option, attached: word.typed[dashed.length] === "=" ? (cut(behind)[0] ?? EMPTY) : null };
}

const EMPTY = { typed: "", meant: "", quoted: true };

/** Letter case, hyphens and underscores within a name do not matter. */
export const optionNamed = (name, options) => options.find((each) => each.names.some((known) => normal(known) === normal(name)));

const normal = (name) => name.toLowerCase().replace(/[-_]/g, "");

/** What looks like the beginning of a flag while it is typed; a single hyphen may yet become anything. */
export const BEGINS_FLAG = `(?:[${DASHES}]{2,}|[${LONG_DASHES}])`;
