/** Signs in so many guests. An app without accounts gives none, and its chats go without a cookie. */
export async function signInGuests(url: URL, count: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let number = 0; number < count; number++) {
    const response = await fetch(new URL("/api/auth/sign-in/anonymous", url), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    await response.arrayBuffer();
    const given = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    if (!response.ok || given.length === 0) break;
    cookies.push(given.join("; "));
  }
  return cookies;
}
