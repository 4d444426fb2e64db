import { expect, test } from "vitest";
import { trustedOrigins } from "./trusted-origins";

test("the published address is trusted by its origin, whatever path it has", () => {
  const origins = trustedOrigins({ appUrl: "https://chat.example.org/start", host: "localhost", port: 3000 });
  expect(origins).toEqual(["https://chat.example.org", "http://localhost:3000", "http://127.0.0.1:3000"]);
});

test("the address that the server listens on is trusted besides the published one", () => {
  const at = (host: string) => trustedOrigins({ appUrl: "https://chat.example.org", host, port: 8080 });
  expect(at("192.168.1.5")).toContain("http://192.168.1.5:8080");
  expect(at("::1")).toContain("http://[::1]:8080");
});

test("listening on every interface makes no origin of it", () => {
  for (const host of ["0.0.0.0", "::"]) {
    expect(trustedOrigins({ appUrl: "http://localhost:3000", host, port: 3000 })).toEqual([
      "http://localhost:3000",
      "http://127.0.0.1:3000",
    ]);
  }
});

test("an origin is written as browsers send it: without the default port", () => {
  expect(trustedOrigins({ appUrl: "http://Chat.Example.org:80", host: "localhost", port: 80 })).toEqual([
    "http://chat.example.org",
    "http://localhost",
    "http://127.0.0.1",
  ]);
});
