import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { doEarlyPress } from "./early-press";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

afterEach(() => vi.unstubAllGlobals());

test("what was pressed early is done at once where the page can", () => {
  const { button, clicks } = pressed();
  doEarlyPress();
  expect(clicks()).toBe(1);
  expect(button.attributes.size).toBe(0);
  vi.runAllTimers();
  expect(clicks()).toBe(1);
});

test("what was pressed in a part of the page that comes later is done once, when that is there", () => {
  const { button, clicks, wake } = pressed({ isAsleep: true });
  doEarlyPress();
  vi.advanceTimersByTime(500);
  expect([clicks(), button.attributes.get("aria-busy")]).toEqual([0, "true"]);
  wake();
  vi.runAllTimers();
  expect([clicks(), button.attributes.size]).toEqual([1, 0]);
});

test("a part that never comes, or is gone, is not waited for without end, and nothing is done to it", () => {
  const never = pressed({ isAsleep: true });
  doEarlyPress();
  vi.runAllTimers();
  expect([never.clicks(), never.button.attributes.size]).toEqual([0, 0]);
  const gone = pressed({ isAsleep: true });
  doEarlyPress();
  gone.button.isConnected = false;
  gone.wake();
  vi.runAllTimers();
  expect(gone.clicks()).toBe(0);
});

/** A button as it is in a page: until its part is taken over, no event reaches it. */
class Button extends EventTarget {
  isConnected = true;
  attributes = new Map<string, string>();
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

function pressed({ isAsleep = false } = {}) {
  const button = new Button();
  let asleep = isAsleep;
  let clicks = 0;
  for (const type of ["click", "auxclick"])
    button.addEventListener(type, (event) => {
      if (asleep) event.stopImmediatePropagation();
    });
  button.addEventListener("click", () => {
    clicks += 1;
  });
  vi.stubGlobal("window", { earlyPress: { take: () => button } });
  const wake = () => {
    asleep = false;
  };
  return { button, clicks: () => clicks, wake };
}
