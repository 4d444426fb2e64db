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

/** Does what was pressed last before the page could, as soon as that part of the page can. */
export function doEarlyPress(): void {
  const button = window.earlyPress?.take();
  delete window.earlyPress;
  if (button) pressOnceAlive(button, waitsMax);
}

function pressOnceAlive(button: HTMLButtonElement, waits: number): void {
  if (!button.isConnected) return;
  const canAct = isAlive(button);
  if (canAct || waits === 0) button.removeAttribute("aria-busy");
  else button.setAttribute("aria-busy", "true");
  if (canAct) button.click();
  else if (waits > 0) setTimeout(() => pressOnceAlive(button, waits - 1), waitMs);
}

/**
 * What stands behind a loading page is taken over by its scripts later than the layout, or at once when something
 * happens there that waits for nothing. Until then React lets no event through, and does not repeat it.
 */
function isAlive(button: HTMLButtonElement): boolean {
  let isReached = false;
  const reach = () => {
    isReached = true;
  };
  // Nobody listens to this one, and no browser does anything about it.
  button.addEventListener(harmless, reach, { once: true });
  button.dispatchEvent(new Event(harmless, { bubbles: true }));
  button.removeEventListener(harmless, reach);
  return isReached;
}

const harmless = "auxclick";

const waitMs = 50;
/** Ten seconds: who pressed has gone on to something else by then. */
const waitsMax = 200;
