/**
 * The origins whose pages may act for a signed-in person: where the app is published, and
 * where the server itself listens. An interface that stands for all (`0.0.0.0`, `::`) names
 * no origin that a browser could be trusted for.
 */
export function trustedOrigins(server: { appUrl: string; host: string; port: number }): string[] {
  const hosts = [server.host, "localhost", "127.0.0.1"].filter((host) => !everyInterface.has(host));
  const listening = hosts.map((host) => `http://${host.includes(":") ? `[${host}]` : host}:${server.port}`);
  return [...new Set([server.appUrl, ...listening].map((url) => new URL(url).origin))];
}

const everyInterface: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);
