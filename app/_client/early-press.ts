declare global {
  interface Window {
    earlyPress?: { take(): HTMLButtonElement | null };
  }
}

/**
 * For the page's beginning: a button that is pressed before the scripts are there is kept for them, and shows that it was
 * felt. Without this the press would be lost, or worse: the browser would send a form by itself, a password in its address.
 */
export const keepEarlyPress = `{
  let pressed = null;
  const keep = (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    pressed?.removeAttribute("aria-busy");
    pressed = button;
    button.setAttribute("aria-busy", "true");
  };
  addEventListener("click", keep, true);
  window.earlyPress = {
    take() {
      removeEventListener("click", keep, true);
      pressed?.removeAttribute("aria-busy");
      return pressed;
    },
  };
}`;

/** Does what was pressed last before the page could. */
export function doEarlyPress(): void {
  const button = window.earlyPress?.take();
  delete window.earlyPress;
  if (button?.isConnected) button.click();
}
