/**
 * Where a keyboard on the screen lies over the page instead of making it smaller, as on iPhones, the page is
 * made as high as what is left. Returns how to end that.
 */
export function followKeyboard(): () => void {
  const visible = window.visualViewport;
  if (!visible) return () => {};
  const root = document.documentElement;
  const fit = () => {
    // Zoomed in, what is visible is small as well, and nothing lies over it.
    const isCovered = visible.scale < 1.1 && window.innerHeight - visible.height > keyboardPxMin;
    if (!isCovered) return root.style.removeProperty("--view-height");
    root.style.setProperty("--view-height", `${visible.height}px`);
    // To bring the field into view the browser has moved the whole page.
    window.scrollTo(0, 0);
  };
  visible.addEventListener("resize", fit);
  return () => {
    visible.removeEventListener("resize", fit);
    root.style.removeProperty("--view-height");
  };
}

/** More than the bars of a browser, less than any keyboard. */
const keyboardPxMin = 120;
