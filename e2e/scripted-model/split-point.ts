/** Where to cut a frame in two: inside its first character of several bytes, else in its middle. */
export function splitPoint(bytes: Uint8Array): number {
  const lead = bytes.findIndex((byte) => byte >= 0xc0);
  return lead === -1 ? bytes.length >> 1 : lead + 1;
}
