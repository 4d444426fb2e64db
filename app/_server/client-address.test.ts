import { expect, test } from "vitest";
import { clientAddress } from "./client-address";

function addressOf(sent: { socket?: string; forwarded?: string; hops?: number }): string | null {
  const headers = new Headers();
  if (sent.socket !== undefined) headers.set("x-parley-client-address", sent.socket);
  if (sent.forwarded !== undefined) headers.set("x-forwarded-for", sent.forwarded);
  return clientAddress(headers, sent.hops ?? 0);
}

test("without a proxy the socket decides, whatever the client claims", () => {
  expect(addressOf({ socket: "203.0.113.7", forwarded: "198.51.100.1" })).toBe("203.0.113.7");
  expect(addressOf({ socket: "203.0.113.7", forwarded: "198.51.100.1, 198.51.100.2" })).toBe("203.0.113.7");
});

test("behind n proxies the n-th entry from the right is the client", () => {
  const forwarded = "198.51.100.66, 203.0.113.7, 10.0.0.2";
  expect(addressOf({ socket: "10.0.0.3", forwarded, hops: 1 })).toBe("10.0.0.2");
  expect(addressOf({ socket: "10.0.0.3", forwarded, hops: 2 })).toBe("203.0.113.7");
});

test("a client behind a proxy cannot choose its address by sending entries of its own", () => {
  const honest = addressOf({ socket: "10.0.0.2", forwarded: "203.0.113.7", hops: 1 });
  const forged = addressOf({ socket: "10.0.0.2", forwarded: "198.51.100.1,203.0.113.7", hops: 1 });
  expect(forged).toBe(honest);
});

test("a header that did not come through every proxy counts for nothing", () => {
  expect(addressOf({ socket: "203.0.113.7", forwarded: "198.51.100.1", hops: 2 })).toBe("203.0.113.7");
  expect(addressOf({ socket: "203.0.113.7", hops: 1 })).toBe("203.0.113.7");
  expect(addressOf({ socket: "203.0.113.7", forwarded: "unknown", hops: 1 })).toBe("203.0.113.7");
  expect(addressOf({ socket: "203.0.113.7", forwarded: "", hops: 1 })).toBe("203.0.113.7");
});

test("an IPv4 address is the same client in its IPv6 spellings", () => {
  for (const socket of [
    "203.0.113.7",
    "::ffff:203.0.113.7",
    "::FFFF:cb00:7107",
    "0:0:0:0:0:ffff:203.0.113.7",
  ]) {
    expect(addressOf({ socket }), socket).toBe("203.0.113.7");
  }
});

test("the addresses of one /64 network are one client, those of the next are another", () => {
  const network = "2001:db8:1:2::";
  for (const socket of [
    "2001:db8:1:2::1",
    "2001:DB8:0001:0002:ffff:ffff:ffff:ffff",
    "2001:db8:1:2:0:0:192.0.2.1",
    "2001:db8:1:2::1%eth0",
  ]) {
    expect(addressOf({ socket }), socket).toBe(network);
  }
  expect(addressOf({ socket: "2001:db8:1:3::1" })).toBe("2001:db8:1:3::");
  expect(addressOf({ socket: "::1" })).toBe("0:0:0:0::");
});

test("a port that a proxy wrote behind the address is no part of it", () => {
  expect(addressOf({ forwarded: "203.0.113.7:50123", hops: 1 })).toBe("203.0.113.7");
  expect(addressOf({ forwarded: "[2001:db8:1:2::1]:50123", hops: 1 })).toBe("2001:db8:1:2::");
  expect(addressOf({ forwarded: "[2001:db8:1:2::1]", hops: 1 })).toBe("2001:db8:1:2::");
});

test("an address that nobody knows is nobody's", () => {
  expect(addressOf({})).toBeNull();
  expect(addressOf({ socket: "localhost" })).toBeNull();
  expect(addressOf({ socket: "203.0.113.7, 198.51.100.1" })).toBeNull();
  expect(addressOf({ socket: "1.2.3.4.5" })).toBeNull();
});
