import { beforeEach, expect, test, vi } from "vitest";
import { createStorageInMemory } from "@/app/_client/testing/storage-in-memory";

beforeEach(() => {
  vi.stubGlobal("localStorage", createStorageInMemory());
  vi.stubGlobal("sessionStorage", createStorageInMemory());
  return () => vi.unstubAllGlobals();
});

test("what was typed and not sent waits for its person, and nobody else at the browser finds it", async () => {
  const first = await openPage("first");
  first.drafts.write("new", "Dear diary");
  first.drafts.hold("other", "1", "A question that failed");
  first.leave();

  const second = await openPage("second");
  expect(second.drafts.read("new")).toBe("");
  expect(second.drafts.read("other")).toBe("");
  second.drafts.write("new", "Of the second");
  second.drafts.forgetAll();
  second.leave();

  const back = await openPage("first");
  expect(back.drafts.read("new")).toBe("Dear diary");
  expect(back.drafts.read("other")).toBe("A question that failed");
  back.leave();
  expect((await openPage("second")).drafts.read("new")).toBe("");
});

test("a guest who becomes an account keeps what was typed, also where the account has something", async () => {
  const account = await openPage("account");
  account.drafts.write("new", "From before");
  account.drafts.hold("chat", "1", "Failed before");
  account.leave();

  const guest = await openPage("guest");
  guest.drafts.write("new", "Of the guest");
  guest.drafts.write("other", "Elsewhere");
  guest.drafts.hold("chat", "2", "Failed as a guest");
  guest.leave();
  guest.noteGuest("guest", "account");

  const { drafts } = await openPage("account");
  expect(drafts.read("new")).toBe("From before\n\nOf the guest");
  expect(drafts.read("other")).toBe("Elsewhere");
  expect(drafts.read("chat")).toBe("Failed before\n\nFailed as a guest");
  expect(Object.keys(localStorage).filter((key) => key.startsWith("parley.of.guest."))).toEqual([]);
});

test("what was typed before the page had read any draft counts as left once the page goes", async () => {
  const guest = await openPage("guest", { reads: false });
  guest.drafts.write("chat", "Half a thought");
  guest.leave();
  guest.noteGuest("guest", "account");
  expect((await openPage("account")).drafts.read("chat")).toBe("Half a thought");
});

test("a tab that a guest still has open gives what was typed in it to the account when it is left", async () => {
  const guest = await openPage("guest");
  guest.drafts.write("new", "In the open tab");
  guest.noteGuest("guest", "account");
  sessionStorage.removeItem("parley.tab");
  const account = await openPage("account");
  expect(account.drafts.read("new")).toBe("");
  guest.leave();
  expect((await openPage("account")).drafts.read("new")).toBe("In the open tab");
});

test("a text that failed and is sent again from the field is not offered a second time", async () => {
  const first = await openPage("person");
  first.drafts.hold("new", "1", "Hello?");
  first.leave();

  const { drafts } = await openPage("person");
  drafts.hold("new", "2", drafts.read("new"));
  drafts.release("new", ["2"]);
  drafts.move("new", "chat");
  drafts.write("chat", "");
  expect(drafts.read("new")).toBe("");
});

/** A page that was loaded anew knows only what the storage of its tab and browser says, and shows a new chat. */
async function openPage(userId: string, { reads = true } = {}) {
  const window = new EventTarget();
  vi.stubGlobal("window", window);
  vi.resetModules();
  const { drafts } = await import("./drafts");
  const { arrive } = await import("@/app/_client/person/arrive");
  const { noteGuest } = await import("@/app/_client/person/person-here");
  arrive(userId);
  if (reads) drafts.read("new");
  return { drafts, noteGuest, leave: () => void window.dispatchEvent(new Event("pagehide")) };
}
