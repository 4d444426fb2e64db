import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address";

test.each([
  ["this machine", ["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::"]],
  [
    "private networks",
    ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1", "fec0::1"],
  ],
  ["link-local", ["169.254.0.1", "fe80::1", "fe80::1%eth0"]],
  [
    "metadata services",
    ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
  ],
  ["carriers", ["100.64.0.1", "100.127.255.255"]],
  ["many at once", ["224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"]],
  [
    "reserved",
    [
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.1",
      "203.0.113.1",
      "240.0.0.1",
      "2001:db8::1",
      "3fff::1",
      "100::1",
      "5f00::1",
    ],
  ],
  [
    "IPv4 within IPv6",
    ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1"],
  ],
  [
    "translators and tunnels",
    ["64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001::1"],
  ],
  ["no address", ["", "localhost", "example.org", "127.1.1", "1.2.3.4.5", "::g"]],
])("not public: %s", (_, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test("what the open internet has is public, also written as IPv6", () => {
  const addresses = [
    "8.8.8.8",
    "1.1.1.1",
    "104.18.2.115",
    "::ffff:8.8.8.8",
    "2606:4700::6812:273",
    "2a00:1450:4001::200e",
  ];
  expect(addresses.filter((address) => !isPublicAddress(address))).toEqual([]);
});

test("no address of a private network is public, however it is written", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const privates = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  );
  fc.assert(
    fc.property(privates, (octets) => {
      const [a, b, c, d] = octets;
      const dotted = octets.join(".");
      const groups = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const written of [
        dotted,
        `::ffff:${dotted}`,
        `::ffff:${groups}`,
        `::${groups}`,
        `64:ff9b::${groups}`,
        `2002:${groups}::1`,
      ]) {
        if (isPublicAddress(written)) return false;
      }
      // As the URL parser reads numbers without dots, in octal and in hexadecimal.
      const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      return [whole.toString(), `0x${whole.toString(16)}`, `0${a.toString(8)}.${b}.${c}.${d}`].every(
        (host) => !isPublicAddress(new URL(`http://${host}/`).hostname),
      );
    }),
  );
});
