// Loaded before the page is painted, so that it does not flash in the wrong colours.
try {
  const theme = localStorage.getItem("nabla-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's preference stands.
}
