import { expect, test } from "vitest";
import type { ChatMessage } from "./chat-message";
import { createLastLook } from "./last-look";

test("who sees the answer end has seen all of it", () => {
  const { look } = reader();
  expect(look.hasSeenAll()).toBe(true);
});

test("who leaves after the last word has seen all of it, though its end is told later", () => {
  const { look, leave, write } = reader();
  write("All of it.", "streaming");
  leave();
  write("All of it.", "complete");
  expect(look.hasSeenAll()).toBe(true);
});

test("who leaves before the last word has not", () => {
  const { look, leave, write } = reader();
  write("All of", "streaming");
  leave();
  write("All of it.", "complete");
  expect(look.hasSeenAll()).toBe(false);
});

test("what comes while nobody looks is not seen, whatever else happens then", () => {
  const { look, leave, write } = reader();
  write("All of", "streaming");
  leave();
  write("All of it.", "streaming");
  look.turned();
  write("All of it.", "complete");
  expect(look.hasSeenAll()).toBe(false);
});

test("who had left before the answer began has not", () => {
  const { look, leave, write } = reader();
  leave();
  write("", "complete");
  expect(look.hasSeenAll()).toBe(false);
});

function reader() {
  let isVisible = true;
  let message: ChatMessage | undefined;
  const look = createLastLook({ last: () => message, isVisible: () => isVisible });
  return {
    look,
    leave() {
      isVisible = false;
      look.turned();
    },
    write(text: string, status: "streaming" | "complete") {
      message = { id: "answer", role: "assistant", parts: [{ type: "text", text }], metadata: { status } };
    },
  };
}
