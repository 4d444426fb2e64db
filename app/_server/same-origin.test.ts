import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { requireSameOrigin } from "./same-origin";

const trusted = ["https://chat.example.org", "http://localhost:3000"];

function typeOfRefusal(headers: Record<string, string>): string | null {
  try {
    requireSameOrigin(new Headers(headers), trusted);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.type : "not an AppError";
  }
}

test("our own pages pass", () => {
  expect(typeOfRefusal({ origin: "https://chat.example.org", "sec-fetch-site": "same-origin" })).toBeNull();
  expect(typeOfRefusal({ origin: "http://localhost:3000" })).toBeNull();
});

test("a page of any other origin is refused, however alike it looks", () => {
  for (const origin of [
    "https://evil.example",
    "http://chat.example.org",
    "https://chat.example.org:8443",
    "https://chat.example.org.evil.example",
    "https://evil.example/https://chat.example.org",
    "https://sub.chat.example.org",
    "http://localhost:3001",
    "null",
    "",
  ]) {
    expect(typeOfRefusal({ origin }), origin).toBe("forbidden");
  }
});

test("what the browser says of the page counts where it sends no origin", () => {
  expect(typeOfRefusal({ "sec-fetch-site": "cross-site" })).toBe("forbidden");
  expect(typeOfRefusal({ "sec-fetch-site": "same-site" })).toBe("forbidden");
  expect(typeOfRefusal({ "sec-fetch-site": "same-origin" })).toBeNull();
  expect(typeOfRefusal({ "sec-fetch-site": "none" })).toBeNull();
});

test("a trusted page on another of our origins may call across", () => {
  expect(typeOfRefusal({ origin: "http://localhost:3000", "sec-fetch-site": "cross-site" })).toBeNull();
});

test("a client that is no browser passes", () => {
  expect(typeOfRefusal({})).toBeNull();
  expect(typeOfRefusal({ "user-agent": "curl/8.14.1" })).toBeNull();
});
