import { expect, test } from "vitest";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";
import { fieldsOf, settingsIn } from "./parameter-fields";

const full: ModelSettings = {
  temperature: 0.7,
  topP: 0.9,
  maxOutputTokens: 2000,
  reasoningEffort: "low",
  stop: ["END", " ###"],
  seed: 7,
  routing: {
    sort: "price",
    only: ["deepinfra", "novita"],
    ignore: ["azure"],
    fallbackModels: ["a/one", "b/two"],
  },
};
const plain = { zeroDataRetention: false, allowFallbacks: true };

test("what the form shows is what it gives back, with what it does not show", () => {
  const settings = { ...full, fromAnotherApp: true };
  const read = settingsIn(fieldsOf(settings), plain, settings);
  expect(read).toEqual({ settings });
  expect(modelSettingsSchema.safeParse("settings" in read && read.settings).success).toBe(true);
});

test("an emptied form leaves nothing but what it does not show", () => {
  expect(settingsIn(fieldsOf({}), plain, { ...full, fromAnotherApp: true })).toEqual({
    settings: { fromAnotherApp: true },
  });
});

test("switches are written down only where they differ from what is usual", () => {
  expect(settingsIn(fieldsOf({}), { zeroDataRetention: true, allowFallbacks: false }, {})).toEqual({
    settings: { routing: { zeroDataRetention: true, allowFallbacks: false } },
  });
});

test.each([
  ["temperature", "2.5"],
  ["temperature", "warm"],
  ["topP", "-1"],
  ["maxOutputTokens", "1.5"],
  ["maxOutputTokens", "0"],
  ["seed", "1e30"],
  ["stop", "a\nb\nc\nd\ne"],
  ["fallbackModels", "a b c d e f"],
] as const)("%s cannot be %s", (name, value) => {
  const read = settingsIn({ ...fieldsOf({}), [name]: value }, plain, {});
  expect(read).toEqual({ problems: { [name]: expect.any(String) } });
});

test("a comma is a decimal point, too", () => {
  expect(settingsIn({ ...fieldsOf({}), temperature: "0,7" }, plain, {})).toEqual({
    settings: { temperature: 0.7 },
  });
});
