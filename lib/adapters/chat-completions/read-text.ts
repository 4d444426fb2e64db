const charactersMax = 65_536;

/** The text of a body that is only read to learn what went wrong: bounded, and what came of it when it breaks. */
export async function readText(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const piece of body ?? []) {
      text += decoder.decode(piece, { stream: true });
      if (text.length >= charactersMax) break;
    }
  } catch {
    // The status alone says enough, and whoever aborted the body knows that they did.
  }
  return text;
}
