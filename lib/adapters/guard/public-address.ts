import ipaddr from "ipaddr.js";

/** Azure's and other clouds' hosts for the machine itself, at addresses that look like everybody's. */
const machineAddresses: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Whether an address is one of the open internet. Only what is known to be is: loopback, private and link-local
 * networks, those of carriers, metadata services, multicast, reserved ranges and IPv6 that carries IPv4
 * (NAT64, 6to4, Teredo) are not, and neither is what is no address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // An IPv4 address that is written as IPv6 is what it stands for.
  const address = ipaddr.process(text);
  if (machineAddresses.has(address.toString()) || address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(globalUnicast);
}

/** All that has been given out so far (RFC 4291, IANA); `::7f00:1` is not among it. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");
