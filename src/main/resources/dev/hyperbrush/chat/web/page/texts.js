// The page's words, in the language that the server chose from the browser's list.

let words = {};

export async function loadTexts() {
  const response = await fetch("/api/texts");
  words = await response.json();
}

/** The text of a key, with {0}, {1} ... filled in. */
export function t(key, ...values) {
  return (words[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index] ?? "");
}

const language = document.documentElement.lang;

export function time(instant) {
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(language, style).format(date);
}

export function seconds(millis) {
  const digits = millis < 10_000 ? 1 : 0;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  return t("seconds", number.format(millis / 1000));
}

export const number = (value) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);

export const percent = (value) => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(value);
