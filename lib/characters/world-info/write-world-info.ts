import { isObject, type Lorebook } from "@/lib/characters/card";
import { asideName, worldEntryOf } from "./world-entry";

/** As SillyTavern takes world info. What the book says besides stands beside the entries, as it came. */
export function writeWorldInfo({ entries, extensions, ...book }: Lorebook): string {
  const uids = uidsOf(entries);
  const { [asideName]: aside, ...others } = extensions;
  const world = {
    ...book,
    ...(Object.keys(others).length > 0 && { extensions: others }),
    ...(isObject(aside) ? aside : {}),
    entries: Object.fromEntries(
      entries.map((entry, index) => {
        const uid = uids[index] ?? index;
        return [uid, worldEntryOf(entry, uid)];
      }),
    ),
  };
  return `${JSON.stringify(world, null, 2)}\n`;
}

/** Each entry's own number where it has one that no other has, else the next free one. */
function uidsOf(entries: Lorebook["entries"]): number[] {
  const taken = new Set<number>();
  const own = entries.map(({ id }) => {
    const uid = typeof id === "number" && Number.isInteger(id) && id >= 0 && !taken.has(id) ? id : null;
    if (uid !== null) taken.add(uid);
    return uid;
  });
  let next = 0;
  return own.map((uid) => {
    if (uid !== null) return uid;
    while (taken.has(next)) next++;
    taken.add(next);
    return next;
  });
}
