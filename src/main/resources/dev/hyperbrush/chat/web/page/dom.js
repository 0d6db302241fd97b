// Building the page. Everything a person or the server says goes in as text, never as markup.

/** An element; properties with a dash become attributes, "onclick" and the like listeners. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "class") {
      element.className = value;
    } else if (name.includes("-") || name === "role" || name === "list" || name === "for") {
      element.setAttribute(name, value === true ? "" : value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A symbol of icons.svg, in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** The symbols of icons.svg that buttons of their name wear. */
const ICONS = new Set(["again", "cancel", "close", "copy", "delete", "download", "edit", "favourite", "rename", "share", "undo", "use", "vary"]);

export const hasIcon = (name) => ICONS.has(name);

export const byId = (id) => document.getElementById(id);

/** Sets text only where it changed: screen readers and selections stay undisturbed. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
  element.hidden = !text;
}

const title = { doing: "", here: "" };

/** Says in the page's title what is under way. */
export const doing = (text) => entitle({ doing: text });

/** Says in the page's title where one is. */
export const here = (text) => entitle({ here: text });

function entitle(change) {
  Object.assign(title, change);
  document.title = [title.doing, title.here, "Hyperbrush"].filter(Boolean).join(" · ");
}

/** Tells screen readers, without a word on the screen. */
export function announce(text) {
  byId("announcer").textContent = text;
}

let toastTimer;

/** A short word at the bottom of the page that goes by itself. */
export function toast(text) {
  const element = byId("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => element.classList.remove("shown"), 2600);
}
