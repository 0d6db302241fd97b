// A classic script in the head: what has to be known before the first paint, so that nothing jumps.
(() => {
  const root = document.documentElement;
  root.dataset.view = /^#\/([a-z]+)/.exec(location.hash)?.[1] ?? "draw";
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") {
      root.dataset.theme = chosen;
    }
  } catch {
    // Storage is switched off: the system's colours it is.
  }
})();
