/**
 * At which of our origins the browser is that asks, by its `Host`: what it names is believed only where it is
 * one of them. Otherwise the first, which is where the app is published.
 */
export function ownOrigin(headers: Headers, [published = "", ...others]: readonly string[]): string {
  const host = headers.get("host");
  return others.find((origin) => new URL(origin).host === host) ?? published;
}
