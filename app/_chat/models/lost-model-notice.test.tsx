import { prerender } from "react-dom/static";
import { expect, test } from "vitest";
import LostModelNotice from "./lost-model-notice";

test("a model that wants a key leads to the keys, and one that is gone to no settings", async () => {
  expect(await drawn("key_missing")).toContain('href="/settings/keys"');
  expect(await drawn("not_listed")).not.toContain("href");
});

async function drawn(reason: "key_missing" | "not_listed"): Promise<string> {
  const lost = { reason, replacement: null };
  const { prelude } = await prerender(<LostModelNotice name="Model" lost={lost} onChoose={() => {}} />);
  return new Response(prelude).text();
}
