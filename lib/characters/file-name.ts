const lengthMax = 80;

/** The `filename` parameters of a download (RFC 6266): plain letters for all, and the name as it is for most. */
export function fileNameOf(name: string, extension: string): string {
  const bare = Array.from(name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, " ").trim())
    .slice(0, lengthMax)
    .join("");
  const plain = bare
    .replace(/[^A-Za-z0-9 ._-]/g, "")
    .replace(/^[. ]+|[. ]+$/g, "")
    .replace(/ +/g, " ");
  const encoded = encodeURIComponent(bare || "character").replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain || "character"}.${extension}"; filename*=UTF-8''${encoded}.${extension}`;
}
