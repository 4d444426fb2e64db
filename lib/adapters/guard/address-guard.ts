import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/errors/app-error";
import { isPublicAddress } from "./public-address";

/** Decides which addresses a connection may be made to. What it looked up is what is connected to: there is no second look. */
export interface AddressGuard {
  /** For a host that is an address itself, and so is never looked up. Throws `forbidden`. */
  requireAllowed(url: URL): void;
  /** For `node:http`. Fails with `forbidden` when one of the host's addresses is private. */
  lookup: LookupFunction;
}

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** `allowed`: names, addresses and ranges that may be connected to although they are private. */
export function createAddressGuard(
  { provider, allowed }: { provider: string; allowed: readonly string[] },
  resolve: Resolve = lookup,
): AddressGuard {
  const names = new Set(allowed.map(nameOf));
  const ranges = allowed.map(rangeIn).filter((range) => range !== null);

  function isAllowed(text: string): boolean {
    if (isPublicAddress(text)) return true;
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return ranges.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  }

  function refusal(host: string): AppError {
    return new AppError("forbidden", "an endpoint is in a private network", {
      provider,
      details: { reason: "private_address", host },
    });
  }

  return {
    requireAllowed({ hostname }) {
      const host = hostname.replace(/^\[|\]$/g, "");
      if (ipaddr.isValid(host) && !isAllowed(host)) throw refusal(host);
    },

    lookup(host, options, callback) {
      resolve(host, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error || !first) return callback(error ?? new Error(`${host} has no address`), []);
        // One private address among public ones is how names are turned against those who look them up.
        const isRefused = !names.has(nameOf(host)) && addresses.some(({ address }) => !isAllowed(address));
        if (isRefused) return callback(refusal(host), []);
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
  };
}

function nameOf(text: string): string {
  return text.trim().toLowerCase().replace(/\.$/, "");
}

function rangeIn(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  const range = text.trim();
  if (ipaddr.isValidCIDR(range)) return ipaddr.parseCIDR(range);
  if (!ipaddr.isValid(range)) return null;
  const address = ipaddr.process(range);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
