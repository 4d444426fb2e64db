/**
 * A session lasts 30 days from its last renewal, which only Better Auth's own look-up does. It is asked once
 * a day and browser, so that whoever comes back within a month stays signed in.
 */
export async function keepSignedIn(): Promise<void> {
  const today = new Date().toDateString();
  try {
    if (localStorage.getItem(renewedKey) === today) return;
    const { ok } = await fetch("/api/auth/get-session");
    if (ok) localStorage.setItem(renewedKey, today);
  } catch {
    // Out of reach, or storage is closed to us: the next page asks again.
  }
}

const renewedKey = "parley.renewed";
