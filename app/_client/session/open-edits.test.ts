import { beforeEach, expect, test, vi } from "vitest";
import { personHere } from "@/app/_client/person/person-here";
import { createStorageInMemory } from "@/app/_client/testing/storage-in-memory";
import { createOpenEdits } from "./open-edits";

const kept = createStorageInMemory();

vi.stubGlobal("window", { addEventListener() {} });
vi.stubGlobal("localStorage", kept);
personHere.arrive("ada");

beforeEach(() => {
  for (const key of Object.keys(kept)) delete kept[key];
});

test("what was typed in a message's place is there on the next page, of that message alone", () => {
  type(createOpenEdits("chat"), "one", "Rather this");
  const next = createOpenEdits("chat");
  expect(next.openEdit("one")).toBeNull();
  expect(next.beginEdit("one", "As it was").text).toBe("Rather this");
  expect(next.beginEdit("two", "As it was").text).toBe("As it was");
  expect(createOpenEdits("another").beginEdit("one", "As it was").text).toBe("As it was");
});

test("what was saved or given up leaves nothing behind, whatever its field still says", () => {
  const edits = createOpenEdits("chat");
  const typed = type(edits, "one", "Rather this");
  edits.endEdit("one");
  typed.keep();
  expect(typed.isUnsaved()).toBe(false);
  expect(kept).toEqual({});
  expect(edits.beginEdit("one", "As it was").text).toBe("As it was");
});

test("beginning an edit that is open goes on with it, and words that come back stand before the newer ones", () => {
  const edits = createOpenEdits("chat");
  const typed = type(edits, "one", "Newer");
  expect(edits.beginEdit("one", "As it was")).toBe(typed);
  const again = edits.beginEdit("one", "As it was", "Former");
  expect(again.text).toBe("Former\n\nNewer");
  expect(again.id).not.toBe(typed.id);
  again.keep();
  typed.keep();
  expect(createOpenEdits("chat").beginEdit("one", "As it was").text).toBe("Former\n\nNewer");
});

test("a text that was put back as it was is not kept", () => {
  const edits = createOpenEdits("chat");
  const typed = type(edits, "one", "Rather this");
  typed.text = "As it was";
  typed.keep();
  expect(kept).toEqual({});
});

function type(edits: ReturnType<typeof createOpenEdits>, messageId: string, text: string) {
  const typed = edits.beginEdit(messageId, "As it was");
  typed.text = text;
  typed.keep();
  return typed;
}
