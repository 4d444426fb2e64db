/**
 * Choices that look like chance and are always the same: the n-th choice of one kind under one seed. What is
 * chosen anew with each question would move the beginning of the prompt, and no cache would hold.
 */
export function createChooser(seed: string): (what: string, count: number) => number {
  const taken = new Map<string, number>();
  return (what, count) => {
    const times = taken.get(what) ?? 0;
    taken.set(what, times + 1);
    return count < 1 ? 0 : hash(`${seed}\n${times}\n${what}`) % count;
  };
}

/** FNV-1a with a last mix, so that neighbours do not choose alike. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
