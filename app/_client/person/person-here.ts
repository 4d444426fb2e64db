/**
 * Whose page this is. What this browser keeps of what they write is kept under their name: whoever
 * signs in next finds none of it, and they find it when they are back.
 */
export const personHere = {
  /** Before anything of theirs is read. It holds until the page goes. */
  arrive(userId: string): void {
    here ??= userId;
    store(lastHereKey, userId);
  },

  /** Nobody is signed in: what is written without a connection is nobody's. */
  isGone(): void {
    try {
      localStorage.removeItem(lastHereKey);
    } catch {
      // Storage that is closed keeps nobody.
    }
  },

  keyPrefix(): string {
    if (here === null) throw new Error("Nobody has arrived at this page.");
    return keyPrefixOf(here);
  },

  isOfSomebodyElse(key: string): boolean {
    return key.startsWith(everybodysPrefix) && !key.startsWith(personHere.keyPrefix());
  },
};

export function keyPrefixOf(userId: string): string {
  return `${everybodysPrefix}${userId}.`;
}

export function keptKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // Storage is closed to us: nothing is kept.
  }
}

/** A guest became this account: what they had written here is the account's. */
export function noteGuest(guestId: string, accountId: string): void {
  store(guestKeyOf(accountId), guestId);
}

/** The guest that this account was at this browser. */
export function guestOf(accountId: string): string | null {
  try {
    return localStorage.getItem(guestKeyOf(accountId));
  } catch {
    return null; // Storage is closed to us: there is nothing to take over.
  }
}

const everybodysPrefix = "parley.of.";

/** The page that is shown without a connection knows nobody but by this. */
const lastHereKey = "parley.person";

let here: string | null = null;

function guestKeyOf(accountId: string): string {
  return `${keyPrefixOf(accountId)}guest`;
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage that is closed keeps no drafts either.
  }
}
