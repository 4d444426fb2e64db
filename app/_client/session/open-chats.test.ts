import { expect, test, vi } from "vitest";
import { createId } from "@/lib/chats/id";
import { learnEverywhere, openChat } from "./open-chats";

const nothing = () => {};

vi.stubGlobal("document", {
  visibilityState: "visible",
  addEventListener: nothing,
  removeEventListener: nothing,
});
vi.stubGlobal("window", { addEventListener: nothing, removeEventListener: nothing });
vi.stubGlobal("navigator", { onLine: true });

test("a chat in which something happened while it was not open here is read again when its page is older", async () => {
  const read: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    read.push(url);
    return Response.json({ items: [], nextCursor: null, forks: [] });
  });
  const [touched, untouched] = [createId(), createId()];
  learnEverywhere({ type: "generation-started", chatId: touched, generationId: "g", messageId: "m" });
  openChat(untouched, page()).attach();
  const close = openChat(touched, page()).attach();
  await vi.waitFor(() => expect(read).toEqual([expect.stringContaining(`/api/chats/${touched}/messages`)]));
  close();
  openChat(touched, page()).attach();
  await new Promise((resolve) => setImmediate(resolve));
  expect(read).toHaveLength(1);
});

function page() {
  return {
    messages: [],
    earlierCursor: null,
    forks: [],
    model: null,
    settings: {},
    isAnswering: false,
    readAt: 0,
  };
}
