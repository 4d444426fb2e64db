import { isIP } from "node:net";

/** Set by the server's entry on every request to the address of the socket, over whatever the client sent. */
export const clientAddressHeader = "x-parley-client-address";

/**
 * Who counts as one client for limits: an IPv4 address, or the /64 network of an IPv6 address,
 * which is what one household or one rented machine has to itself. `null` when nobody knows.
 *
 * `X-Forwarded-For` is believed as far as our own proxies wrote it: each appends the address that
 * it was called from, so behind n of them the client is the n-th entry from the right, and what
 * stands further left is the client's own claim. A list too short or an entry that is no address did
 * not come through all of them: then it is the socket that counts.
 */
export function clientAddress(headers: Headers, trustProxyHops: number): string | null {
  const socket = normalised(headers.get(clientAddressHeader) ?? "");
  if (trustProxyHops === 0) return socket;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",");
  return normalised(forwarded.at(-trustProxyHops) ?? "") ?? socket;
}

function normalised(text: string): string | null {
  const address = withoutPort(text.trim());
  switch (isIP(address)) {
    case 4:
      return address;
    case 6:
      return networkOf(address);
    default:
      return null;
  }
}

/** Some proxies write `192.0.2.1:50123` and `[2001:db8::1]:50123`. */
function withoutPort(address: string): string {
  const match = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? /^([^:]+):\d+$/.exec(address);
  return match?.[1] ?? address;
}

function networkOf(address: string): string {
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  const isMappedIpv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMappedIpv4) return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::`;
}

function groupsOf(address: string): number[] {
  const [withoutZone = ""] = address.split("%");
  // URL parsing turns every spelling into one: lower case, and a dotted end into two groups.
  const [left = "", right] = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1).split("::");
  const [before, after] = [left, right ?? ""].map((side) => (side === "" ? [] : side.split(":")));
  const given = [...(before ?? []), ...(after ?? [])];
  const zeros = Array.from({ length: 8 - given.length }, () => "0");
  return [...(before ?? []), ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16));
}
