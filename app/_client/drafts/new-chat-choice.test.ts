import { beforeEach, expect, test, vi } from "vitest";
import { createStorageInMemory } from "@/app/_client/testing/storage-in-memory";

beforeEach(() => {
  vi.stubGlobal("localStorage", createStorageInMemory());
  return () => vi.unstubAllGlobals();
});

const choice = { model: { id: "some/one", name: "One" }, settings: { temperature: 0.5 } };

test("what was chosen for a new chat waits for its person, and nobody else at the browser finds it", async () => {
  const first = await openPage("first");
  first.newChatChoice.keep(choice);
  expect((await openPage("second")).newChatChoice.read()).toBeNull();
  const back = await openPage("first");
  expect(back.newChatChoice.read()).toEqual(choice);
  back.newChatChoice.forget();
  expect(back.newChatChoice.read()).toBeNull();
  expect(Object.keys(localStorage).filter((key) => key.includes("chosen"))).toEqual([]);
});

test("the default without settings is no choice", async () => {
  const { newChatChoice } = await openPage("person");
  newChatChoice.keep(choice);
  newChatChoice.keep({ model: null, settings: {} });
  expect(newChatChoice.read()).toBeNull();
});

test("what a guest chose is the account's, unless that has chosen something itself", async () => {
  (await openPage("guest")).newChatChoice.keep(choice);
  const { newChatChoice } = await openPage("account");
  newChatChoice.inherit("guest");
  expect(newChatChoice.read()).toEqual(choice);
  const other = { ...choice, settings: {} };
  (await openPage("other-guest")).newChatChoice.keep(other);
  const account = await openPage("account");
  account.newChatChoice.inherit("other-guest");
  expect(account.newChatChoice.read()).toEqual(choice);
});

/** The same browser, at a page that was just loaded. */
async function openPage(userId: string) {
  vi.resetModules();
  const { personHere } = await import("@/app/_client/person/person-here");
  personHere.arrive(userId);
  return import("./new-chat-choice");
}
