import { prerender } from "react-dom/static";
import { expect, test } from "vitest";
import { createChatSession, type StoredChat } from "@/app/_client/session/chat-session";
import { ModelButton } from "./model-button";
import type { ModelChoice } from "./model-choice";

const choice: ModelChoice = {
  byDefault: { id: "some/default", name: "Default" },
  chosen: { id: "some/first", name: "First" },
  lost: null,
  answered: [],
  isOffline: false,
  unread: [],
};

test("the button names what will answer, wherever it was chosen", async () => {
  const session = createChatSession("chat", { ...stored, model: "some/first" });
  expect(await drawn(session)).toContain(">First<");
  session.chosen.choose({ id: "some/other", name: "Other" });
  expect(await drawn(session)).toContain(">Other<");
  session.chooseOnce({ id: "some/once", name: "Once more" });
  expect(await drawn(session)).toContain(">Once more<");
  session.chosen.forgetOnce();
  expect(await drawn(session)).toContain(">Other<");
  session.chosen.adopt("some/default");
  expect(await drawn(session)).toContain(">Default<");
});

test("a chat that has chosen none names the default, and one whose model has no name here its id", async () => {
  const none = { ...choice, chosen: null };
  expect(await drawn(createChatSession("chat", stored), none)).toContain(">Default<");
  const unnamed = createChatSession("chat", { ...stored, model: "ep_home/far/away" });
  expect(await drawn(unnamed, none)).toContain(">far/away<");
});

test("what this browser kept of a new chat is not what the page begins with, as the server draws it", async () => {
  const session = createChatSession("chat", null);
  session.chosen.takeUp({ id: "some/kept", name: "Kept" });
  expect(session.chosen.next()).toBe("some/kept");
  expect(await drawn(session, { ...choice, chosen: null })).toContain(">Default<");
});

const stored: StoredChat = {
  messages: [],
  earlierCursor: null,
  forks: [],
  model: null,
  settings: {},
  isAnswering: false,
  readAt: 0,
};

async function drawn(session: ReturnType<typeof createChatSession>, models = choice): Promise<string> {
  const { prelude } = await prerender(<ModelButton session={session} models={Promise.resolve(models)} />);
  return new Response(prelude).text();
}
