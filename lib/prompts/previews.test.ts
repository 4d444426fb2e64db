import { expect, test } from "vitest";
import { plainModel } from "@/lib/models/catalogue";
import type { ModelProvider } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { installationSettingsSchema, personSettingsSchema } from "@/lib/settings/settings";
import { nobody } from "./cast";
import { createPromptComposer } from "./composer";
import { createPreviews } from "./previews";
import { createTokenCounter } from "./token-counter";

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

function previews(systemPrompt: string) {
  const counter = createTokenCounter({ load: () => Promise.reject(new Error("no tokenizer")) });
  const person = personSettingsSchema.parse({ prompt: { systemPrompt } });
  const provider: ModelProvider = {
    id: "p",
    async *stream() {},
    bodyOf: async () => "body",
    listModels: async () => [plainModel({ id: "m", provider: "p" })],
    check: async () => {},
  };
  return createPreviews({
    chats: { branch: async () => null, isSomebodyElses: async () => false },
    records: {
      findAsked: async () => null,
      changeSummary: async () => false,
      deleteSummary: async () => false,
    },
    composer: createPromptComposer({
      settings: {
        ofPerson: async () => person,
        ofInstallation: async () => installationSettingsSchema.parse({}),
      },
      cast: nobody,
      counter,
    }),
    models: directoryOf(provider),
    ledger: { standings: async () => [] },
    counter,
  });
}
