// Which view is shown: the part of the address behind the "#", so that a reload, a bookmark and the
// back button lead there. "#/" is the prompt box.

import { byId, h, here } from "./dom.js";

const views = new Map();
const scrolled = new Map();
let shown = "";

/**
 * Declares a view.
 *
 * @param name the first part of its addresses
 * @param show is called with its element, the parts behind the name and the query, whenever it is
 *     gone to
 */
export function view(name, show) {
  const element = h("section", { class: "view", hidden: true });
  element.dataset.view = name;
  byId("main").append(element);
  views.set(name, { element, show });
}

export function startRouter() {
  history.scrollRestoration = "manual"; // a browser would scroll before the view is there
  addEventListener("hashchange", () => arrive());
  arrive(true);
}

export const go = (address) => (location.hash = address);

/** An address of a view; parts are escaped, and empty ones of the query left out. */
export function address(parts, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return `#/${parts.map(encodeURIComponent).join("/")}${search.size ? `?${search}` : ""}`;
}

/** Changes the address of the view that is shown, without going anywhere. */
export function rename(to) {
  history.replaceState(history.state, "", to);
  shown = to;
}

function arrive(first = false) {
  const hash = location.hash;
  if (!first && !/^(#\/.*)?$/.test(hash)) {
    return; // a place within the view, like that of the skip link
  }
  scrolled.set(shown, scrollY);
  shown = hash;
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name, ...parts] = path.split("/").map(decoded);
  const { element, show } = views.get(name) ?? {};
  document.documentElement.dataset.view = element ? name : "draw";
  for (const [each, { element: other }] of views) {
    other.hidden = each !== name;
  }
  for (const link of document.querySelectorAll(".nav a")) {
    if (link.dataset.view === (element ? name : "draw")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  here("");
  show?.(element, parts, new URLSearchParams(query));
  const back = history.state?.seen;
  history.replaceState({ seen: true }, "");
  scrollTo(0, back ? (scrolled.get(hash) ?? 0) : 0);
  if (!first) {
    (element?.querySelector("h1") ?? byId("prompt")).focus({ preventScroll: true });
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone per cent sign
  }
}
