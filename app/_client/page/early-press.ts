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

/**
 * Does what was pressed last before the page could, as soon as that part of the page can. From then on the same for
 * buttons in parts whose own scripts come later. Gives the way to stop that.
 */
export function keepPresses(): () => void {
  const button = window.earlyPress?.take();
  delete window.earlyPress;
  if (button) pressOnceAlive(button);
  window.addEventListener("click", holdIfAsleep, true);
  return () => window.removeEventListener("click", holdIfAsleep, true);
}

let waitingFor: HTMLButtonElement | null = null;

function holdIfAsleep(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (isAlive(button)) {
    forget();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  if (button !== waitingFor) pressOnceAlive(button);
}

function forget(): void {
  waitingFor?.removeAttribute("aria-busy");
  waitingFor = null;
}

/** Only the last: who presses something else has gone on. */
function pressOnceAlive(button: HTMLButtonElement): void {
  forget();
  waitingFor = button;
  button.setAttribute("aria-busy", "true");
  look(waitsMax);

  function look(waits: number): void {
    if (waitingFor !== button) return;
    const canAct = button.isConnected && isAlive(button);
    if (button.isConnected && !canAct && waits > 0) return void setTimeout(() => look(waits - 1), waitMs);
    forget();
    if (canAct) button.click();
  }
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
