import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMasterKey } from "./master-key";
import { createSealer } from "./sealer";

const context = ["credential", "c1", "person ada", "openrouter", "https://openrouter.ai/api/v1"];

test("what was sealed for a context opens in it, whatever it says", () => {
  const sealer = aSealer();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.option(fc.string())), (text, where) => {
      expect(sealer.open(sealer.seal(text, where), where)).toBe(text.toWellFormed());
    }),
  );
});

test("it opens in no other context: not another row, person, provider or address", () => {
  const sealer = aSealer();
  const sealed = sealer.seal("sk-or-secret", context);
  for (const place of context.keys()) {
    expect(sealer.open(sealed, context.with(place, `${context[place]}2`))).toBeNull();
  }
  expect(sealer.open(sealed, [...context, null])).toBeNull();
  expect(sealer.open(sealed, [context.join(",")])).toBeNull();
});

test("a single changed character, and a seal cut anywhere, is nothing and no crash", () => {
  const sealer = aSealer();
  // With the nonce and the tag a multiple of three bytes: no bit of its text is idle.
  const { masterKeyId, sealed } = sealer.seal("sk-or-a-secret", context);
  for (let place = 0; place < sealed.length; place++) {
    const other = sealed[place] === "A" ? "B" : "A";
    const changed = sealed.slice(0, place) + other + sealed.slice(place + 1);
    expect(sealer.open({ masterKeyId, sealed: changed }, context)).toBeNull();
    expect(sealer.open({ masterKeyId, sealed: sealed.slice(0, place) }, context)).toBeNull();
  }
});

test("the same key is never sealed to the same text twice, and no text shows it", () => {
  const sealer = aSealer();
  const sealed = Array.from({ length: 500 }, () => sealer.seal("sk-or-secret", context).sealed);
  expect(new Set(sealed.map((text) => text.slice(0, 19))).size).toBe(500);
  expect(sealed.every((text) => /^v1\.[\w-]+$/.test(text))).toBe(true);
  expect(Buffer.from(sealed[0] ?? "", "base64url").toString("latin1")).not.toContain("secret");
});

test("a former master key opens and does not seal; one that is not known opens nothing", () => {
  const [old, fresh] = [aMasterKey(), aMasterKey()];
  const before = createSealer({ current: old, former: [] });
  const sealed = before.seal("sk-or-secret", context);
  const after = createSealer({ current: fresh, former: [old] });
  expect(after.open(sealed, context)).toBe("sk-or-secret");
  expect(after.seal("sk-or-secret", context).masterKeyId).toBe(fresh.id);
  expect(createSealer({ current: fresh, former: [] }).open(sealed, context)).toBeNull();

  before.use({ current: fresh, former: [old] });
  expect(before.open(after.seal("another", context), context)).toBe("another");
});

test("what is carried along opens in its new context alone, and with both master keys", () => {
  const [lost, today] = [aMasterKey(), aMasterKey()];
  const there = context.with(2, "person eve");
  const sealed = createSealer({ current: lost, former: [] }).seal("sk-or-secret", context);
  const meanwhile = createSealer({ current: today, former: [] });
  const moved = meanwhile.carry(sealed, context, there);
  expect(meanwhile.open(moved, there)).toBeNull();
  expect(createSealer({ current: lost, former: [] }).open(moved, there)).toBeNull();

  const both = createSealer({ current: lost, former: [today] });
  expect(both.open(moved, there)).toBe("sk-or-secret");
  expect(both.open(moved, context)).toBeNull();
  expect(both.open({ ...moved, sealed: moved.sealed.replace("carried.", "") }, there)).toBeNull();
  expect([meanwhile, both].map(({ isKnown }) => isKnown(moved.masterKeyId))).toEqual([false, true]);
  const again = both.carry(moved, there, context);
  expect(both.open(again, context)).toBe("sk-or-secret");
});

test("the name of a master key tells keys apart and is no part of one", () => {
  const bytes = randomBytes(32);
  const key = parseMasterKey(bytes.toString("base64"));
  expect(parseMasterKey(bytes.toString("base64url"))).toEqual(key);
  expect(key.id).toMatch(/^[\w-]{12}$/);
  expect(bytes.toString("base64url")).not.toContain(key.id);
  expect(key.id).not.toBe(aMasterKey().id);
});

function aMasterKey() {
  return parseMasterKey(randomBytes(32).toString("base64"));
}

function aSealer() {
  return createSealer({ current: aMasterKey(), former: [] });
}
