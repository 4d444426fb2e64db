const charactersMax = 65_536;

/** The text of a body that is only read to learn what went wrong: bounded, and what came of it when it breaks. */
export async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader && text.length < charactersMax) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status alone says enough, and whoever aborted the body knows that they did.
  } finally {
    reader?.cancel().catch(() => {});
  }
  return text;
}
