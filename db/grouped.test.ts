import { expect, test } from "vitest";
import { grouped } from "./grouped";

test("calls made at once are one statement, and each gets its own result", async () => {
  const groups: number[][] = [];
  const double = grouped(async (items: readonly number[]) => {
    groups.push([...items]);
    return items.map((item) => item * 2);
  });
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(groups).toEqual([[1, 2, 3]]);
  expect(await double(4)).toBe(8);
  expect(groups).toEqual([[1, 2, 3], [4]]);
});

test("while two statements are under way the rest waits, and then goes together", async () => {
  const groups: string[][] = [];
  const gates: (() => void)[] = [];
  const pass = grouped(async (items: readonly string[]) => {
    groups.push([...items]);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items;
  });
  const first = pass("a");
  await expect.poll(() => groups.length).toBe(1);
  const second = pass("b");
  await expect.poll(() => groups.length).toBe(2);
  const others = ["c", "d", "e"].map(pass);
  gates[0]?.();
  expect(await first).toBe("a");
  await expect.poll(() => groups.length).toBe(3);
  expect(groups).toEqual([["a"], ["b"], ["c", "d", "e"]]);
  gates[1]?.();
  gates[2]?.();
  expect(await Promise.all([second, ...others])).toEqual(["b", "c", "d", "e"]);
});

test("a call that fails takes none of its group with it", async () => {
  const halve = grouped(async (items: readonly number[]) => {
    if (items.some((item) => item % 2 === 1)) throw new Error("odd");
    return items.map((item) => item / 2);
  });
  const settled = await Promise.allSettled([2, 3, 4].map(halve));
  expect(settled.map((each) => (each.status === "fulfilled" ? each.value : "failed"))).toEqual([
    1,
    "failed",
    2,
  ]);
});
