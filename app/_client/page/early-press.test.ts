import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepPresses } from "./early-press";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Element", Button);
  return () => vi.useRealTimers();
});

afterEach(() => vi.unstubAllGlobals());

test("what was pressed early is done at once where the page can", () => {
  const button = new Button(false);
  openPage({ pressed: button });
  expect([button.clicks, button.attributes.size]).toEqual([1, 0]);
  vi.runAllTimers();
  expect(button.clicks).toBe(1);
});

test("what was pressed in a part of the page that comes later is done once, when that is there", () => {
  const button = new Button(true);
  openPage({ pressed: button });
  vi.advanceTimersByTime(500);
  expect([button.clicks, button.attributes.get("aria-busy")]).toEqual([0, "true"]);
  button.wake();
  vi.runAllTimers();
  expect([button.clicks, button.attributes.size]).toEqual([1, 0]);
});

test("what is pressed later in a part that still sleeps is done once, however often it is pressed", () => {
  const button = new Button(true);
  const { press } = openPage();
  press(button);
  vi.advanceTimersByTime(100);
  press(button);
  expect([button.clicks, button.attributes.get("aria-busy")]).toEqual([0, "true"]);
  button.wake();
  vi.runAllTimers();
  expect([button.clicks, button.attributes.size]).toEqual([1, 0]);
  press(button);
  expect(button.clicks).toBe(2);
});

test("of two that are pressed while they sleep the last is done", () => {
  const [first, last] = [new Button(true), new Button(true)];
  const { press } = openPage();
  press(first);
  press(last);
  first.wake();
  last.wake();
  vi.runAllTimers();
  expect([first.clicks, last.clicks]).toEqual([0, 1]);
  expect([first.attributes.size, last.attributes.size]).toEqual([0, 0]);
});

test("who presses something that acts at once does not wait for what still sleeps any more", () => {
  const [asleep, awake] = [new Button(true), new Button(false)];
  const { press } = openPage();
  press(asleep);
  press(awake);
  asleep.wake();
  vi.runAllTimers();
  expect([asleep.clicks, awake.clicks, asleep.attributes.size]).toEqual([0, 1, 0]);
});

test("a part that never comes, or is gone, is not waited for without end, and nothing is done to it", () => {
  const never = new Button(true);
  openPage({ pressed: never });
  vi.runAllTimers();
  expect([never.clicks, never.attributes.size]).toEqual([0, 0]);
  const gone = new Button(true);
  openPage({ pressed: gone });
  gone.isConnected = false;
  gone.wake();
  vi.runAllTimers();
  expect(gone.clicks).toBe(0);
});

/** A page whose scripts have just come. */
function openPage({ pressed = null }: { pressed?: Button | null } = {}) {
  let hold = (_press: unknown) => {};
  vi.stubGlobal("window", {
    earlyPress: { take: () => pressed },
    addEventListener(_type: string, listener: typeof hold) {
      hold = listener;
    },
  });
  keepPresses();
  return {
    press(target: Button) {
      let isHeld = false;
      hold({
        target,
        preventDefault() {},
        stopPropagation() {
          isHeld = true;
        },
      });
      if (!isHeld) target.click();
    },
  };
}

/** A button as it is in a page: until its part is taken over, no event reaches it. */
class Button extends EventTarget {
  isConnected = true;
  attributes = new Map<string, string>();
  clicks = 0;
  #isAsleep: boolean;

  constructor(isAsleep: boolean) {
    super();
    this.#isAsleep = isAsleep;
    for (const type of ["click", "auxclick"])
      this.addEventListener(type, (event) => this.#isAsleep && event.stopImmediatePropagation());
    this.addEventListener("click", () => {
      this.clicks += 1;
    });
  }
  wake() {
    this.#isAsleep = false;
  }
  closest() {
    return this;
  }
  setAttribute(name: string, value: string) {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string) {
    this.attributes.delete(name);
  }
  click() {
    this.dispatchEvent(new Event("click"));
  }
}
