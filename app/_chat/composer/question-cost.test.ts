import { afterEach, expect, test, vi } from "vitest";
import { questionCost } from "./question-cost";

afterEach(() => vi.unstubAllGlobals());

test("a question is priced by the tokens that it would be sent with, and refused where it would not be", async () => {
  const estimated: string[] = [];
  const asked = { id: "chat", parentId: "answer", model: "m", settings: {} };
  const totals = { pieces: [], separator: "", leftOut: null, isEstimate: true, contextLength: null };
  vi.stubGlobal("fetch", async (url: string, { body }: { body?: string }) => {
    if (url === "/api/prompt/preview") {
      expect(JSON.parse(body ?? "")).toEqual({ ...asked, text: "Hi", totalsOnly: true });
      const view = {
        model: "m",
        promptTokens: 9_000,
        answerReserveTokens: 0,
        fits: true,
        lore: null,
        request: null,
      };
      return Response.json({ ...totals, ...view, isOverLimit: true });
    }
    estimated.push(url);
    return Response.json({ model: "m", range: null, limit: null });
  });
  expect(await questionCost(asked, "Hi")).toMatchObject({ isOverLimit: true });
  expect(estimated).toEqual(["/api/usage/estimate?chat=chat&model=m&inputTokens=9000"]);
});
