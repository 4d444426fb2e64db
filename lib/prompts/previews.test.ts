import { expect, test } from "vitest";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelProvider } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { installationSettingsSchema, personSettingsSchema } from "@/lib/settings/settings";
import { standingOf } from "@/lib/usage/standing";
import { nobody } from "./cast";
import { createPromptComposer } from "./composer";
import { createPreviews } from "./previews";
import { createTokenCounter } from "./token-counter";

const unspent = { spentMicros: 0, heldMicros: 0 };
const ada = { userId: "ada", isGuest: false, isAdministrator: false };

test("the totals alone are those of the whole, system prompt included, without its texts", async () => {
  const { preview } = previews("Be brief. ".repeat(400));
  const wanted = { id: "chat", text: "Hello", totalsOnly: false };
  const { pieces, request, ...totals } = await preview(ada, wanted);
  expect([pieces.length, request]).toEqual([2, "body"]);
  expect(totals.promptTokens).toBeGreaterThan(800);
  expect(await preview(ada, { ...wanted, totalsOnly: true })).toEqual({
    ...totals,
    pieces: [],
    request: null,
  });
});

test("a limit refuses in the preview what it would refuse when it is sent, and nothing else", async () => {
  const question = { id: "chat", text: "Hello", totalsOnly: true };
  const dear = { inputPrice: 0, outputPrice: 1, maxOutputTokens: 10_000 };
  const over = async (leftMicros: number, prices: Partial<CatalogueModel>) =>
    (await previews("", { leftMicros, prices }).preview(ada, question)).isOverLimit;
  // An answer of usual length would cost 800, and one worth beginning costs 500.
  expect([await over(600, dear), await over(499, dear), await over(0, { ...dear, outputPrice: 0 })]).toEqual([
    false,
    true,
    false,
  ]);
});

function previews(
  systemPrompt: string,
  { leftMicros, prices }: { leftMicros?: number; prices?: Partial<CatalogueModel> } = {},
) {
  const counter = createTokenCounter({ load: () => Promise.reject(new Error("no tokenizer")) });
  const person = personSettingsSchema.parse({ prompt: { systemPrompt } });
  const provider: ModelProvider = {
    id: "p",
    async *stream() {},
    bodyOf: async () => "body",
    listModels: async () => [plainModel({ id: "m", provider: "p", ...prices })],
    check: async () => {},
  };
  return createPreviews({
    chats: { branch: async () => null, isSomebodyElses: async () => false },
    records: { findAsked: async () => null },
    composer: createPromptComposer({
      settings: {
        ofPerson: async () => person,
        ofInstallation: async () => installationSettingsSchema.parse({}),
      },
      cast: nobody,
      counter,
    }),
    models: directoryOf(provider),
    ledger: {
      standings: async () =>
        leftMicros === undefined
          ? []
          : [standingOf("person", { limitMicros: leftMicros, period: "day" }, unspent, new Date())],
    },
    counter,
  });
}
