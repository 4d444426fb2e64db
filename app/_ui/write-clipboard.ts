/**
 * Puts a text on the clipboard, and the same as HTML for programs that take formatted text. Gives whether
 * that worked. Pages without TLS have no clipboard; the old command still works there, for plain text.
 */
export async function writeClipboard(text: string, html: string | null = null): Promise<boolean> {
  try {
    if (html === null || typeof ClipboardItem === "undefined") await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([new ClipboardItem({ "text/plain": text, "text/html": html })]);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
