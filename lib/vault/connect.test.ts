import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { connectMsMax, createConnect } from "./connect";
import { parseMasterKey } from "./master-key";
import { createSealer } from "./sealer";

const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const visitor = { actor: ada, sessionId: "session-1" };
const wanted = {
  scope: "person",
  back: "/chat/c1",
  callbackOf: (state: string) => `https://here/${state}`,
} as const;

test("whoever agrees comes back with a code that is exchanged with the verifier, and their key is kept", async () => {
  const { connect, exchanged, kept } = underTest();
  const { state, challenge, ticket } = begin(connect);
  const finished = await connect.finish(visitor, { ticket, state, code: "code-1" });
  expect(finished).toEqual({ outcome: "connected", back: "/chat/c1" });
  expect(exchanged).toMatchObject([{ code: "code-1" }]);
  expect(
    createHash("sha256")
      .update(exchanged[0]?.verifier ?? "")
      .digest("base64url"),
  ).toBe(challenge);
  expect(exchanged[0]?.verifier).toMatch(/^[\w-]{43}$/);
  expect(kept).toEqual([["ada", "person", "openrouter", "sk-or-of-code-1"]]);
});

test("the ticket in the browser shows neither state nor verifier", () => {
  const { connect } = underTest();
  const { ticket, state } = begin(connect);
  expect(ticket).toMatch(/^[\w.-]+$/);
  const bytes = ticket.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
  expect([ticket, ...bytes].join()).not.toContain(state);
  expect([ticket, ...bytes].join()).not.toContain("ada");
});

test.each([
  ["another state", { state: "x".repeat(43) }, {}],
  ["an empty state", { state: "" }, {}],
  ["another session", {}, { sessionId: "session-2" }],
  ["another person", {}, { actor: { ...ada, userId: "bob" } }],
] as const)("with %s nothing is exchanged", async (_, brought, who) => {
  const { connect, exchanged } = underTest();
  const { ticket, state } = begin(connect);
  const finished = await connect.finish(
    { ...visitor, ...who },
    { ticket, state, code: "code-1", ...brought },
  );
  expect(finished).toEqual({ outcome: "mismatch", back: null });
  expect(exchanged).toEqual([]);
});

test("without a ticket, with a forged one or one that is too old nothing is exchanged", async () => {
  const { connect, exchanged, wait } = underTest();
  const { ticket, state } = begin(connect);
  for (const wrong of [null, "", "x", `${ticket}x`.slice(1), begin(underTest().connect).ticket]) {
    const finished = await connect.finish(visitor, { ticket: wrong, state, code: "code-1" });
    expect(finished.outcome).toBe("expired");
  }
  wait(connectMsMax + 1);
  expect(await connect.finish(visitor, { ticket, state, code: "code-1" })).toEqual({
    outcome: "expired",
    back: null,
  });
  expect(exchanged).toEqual([]);
});

test("whoever does not agree is told so, as is a code that is not good and a provider that is away", async () => {
  const { connect, kept } = underTest();
  const { ticket, state } = begin(connect);
  const finish = async (code: string | null) =>
    (await connect.finish(visitor, { ticket, state, code })).outcome;
  expect(await finish(null)).toBe("denied");
  expect(await finish("used")).toBe("refused");
  expect(await finish("away")).toBe("unreachable");
  await expect(finish("bug")).rejects.toThrow("a bug of ours");
  expect(kept).toEqual([]);
});

test("the installation is connected by its administrator alone", () => {
  const { connect } = underTest();
  expect(() => connect.begin(visitor, { ...wanted, scope: "installation" })).toThrow(AppError);
  const administrator = { ...visitor, actor: { ...ada, isAdministrator: true } };
  expect(connect.begin(administrator, { ...wanted, scope: "installation" }).url).toContain("https://there/");
});

function begin(connect: ReturnType<typeof createConnect>) {
  const { url, ticket } = connect.begin(visitor, wanted);
  const page = new URL(url);
  const state = (page.searchParams.get("callback") ?? "").split("/").at(-1) ?? "";
  return { ticket, state, challenge: page.searchParams.get("challenge") };
}

function underTest() {
  let now = 0;
  const exchanged: { code: string; verifier: string }[] = [];
  const kept: unknown[] = [];
  const current = parseMasterKey(randomBytes(32).toString("base64"));
  const connect = createConnect({
    provider: {
      pageFor: (callback, challenge) => `https://there/?${new URLSearchParams({ callback, challenge })}`,
      async exchange(code, verifier) {
        if (code === "used") throw new AppError("provider_refused", "used", { provider: "openrouter" });
        if (code === "away") throw new AppError("provider_timeout", "away", { provider: "openrouter" });
        if (code === "bug") throw new Error("a bug of ours");
        exchanged.push({ code, verifier });
        return `sk-or-of-${code}`;
      },
    },
    vault: {
      async accept({ userId }, ...given) {
        kept.push([userId, ...given]);
      },
    },
    sealer: createSealer({ current, former: [] }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => now,
  });
  return {
    connect,
    exchanged,
    kept,
    wait: (ms: number) => {
      now += ms;
    },
  };
}
