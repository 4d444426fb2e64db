/** As large as a gallery shows at most, on a fine screen. */
const pixelsAcrossMax = 1_536;

/**
 * A picture as a card file can have it: a PNG as it is, anything else that the browser can show drawn anew. Rejects
 * for what is no picture.
 */
export async function pictureAsPng(file: Blob): Promise<Blob> {
  if (file.type === "image/png") return file;
  const bitmap = await createImageBitmap(file);
  try {
    const scale = Math.min(1, pixelsAcrossMax / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((drawn) => (drawn ? resolve(drawn) : reject(new Error("not drawn"))), "image/png"),
    );
  } finally {
    bitmap.close();
  }
}
