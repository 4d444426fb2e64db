import { expect, test } from "vitest";
import { actorOf } from "./actor";

test("an account is what its role says", () => {
  expect(actorOf({ id: "a", isGuest: false, role: "administrator" })).toEqual({
    userId: "a",
    isGuest: false,
    isAdministrator: true,
  });
  expect(actorOf({ id: "b", isGuest: false, role: "member" }).isAdministrator).toBe(false);
});

test("a guest is never the administrator, whatever the stored role says", () => {
  expect(actorOf({ id: "g", isGuest: true, role: "administrator" }).isAdministrator).toBe(false);
});
