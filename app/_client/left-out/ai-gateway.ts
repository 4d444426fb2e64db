/**
 * Stands in for `@ai-sdk/gateway` in the browser (see next.config.ts). The SDK imports it as its
 * default provider, which only a server ever asks: 30 kB of a page that talks to our own API.
 */
export class GatewayError extends Error {
  static isInstance(): boolean {
    return false;
  }
}

export class GatewayAuthenticationError extends GatewayError {}

export const gateway = {};

export function createGateway(): object {
  return gateway;
}
