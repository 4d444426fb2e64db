import { AppError } from "@/lib/errors/app-error";

const bodyBytesMax = 8 * 1024 * 1024;
const drainedBytesMax = 32 * 1024 * 1024;

/**
 * The JSON body of a request; `{}` where there is none. Throws `unsupported` for another content
 * type, `too_large`, and `invalid_request` for what is no JSON or breaks off.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, bodyBytesMax);
  if (bytes.length === 0) return {};
  const contentType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (contentType !== "application/json")
    throw new AppError("unsupported", "the body must be application/json");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid_request", "the body is no JSON", { details: { reason: "malformed JSON" } });
  }
}

/**
 * Counted while reading: `Content-Length` is only a claim. What is too large is read to its end all
 * the same, within reason, or its connection could not be used again. Throws `too_large`.
 */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of request.body ?? []) {
      size += piece.length;
      if (size <= bytesMax) pieces.push(piece);
      else pieces.length = 0;
      if (size > bytesMax + drainedBytesMax) break;
    }
  } catch {
    // The client has left: nobody reads the answer, and nothing is wrong here.
    throw new AppError("invalid_request", "the body broke off", { details: { reason: "broken off" } });
  }
  if (size > bytesMax) throw new AppError("too_large", "body too large", { details: { bytesMax } });
  return Buffer.concat(pieces);
}

/**
 * A file that was sent: the body itself, or the first file of a form. Throws as `readBytes` does, and
 * `invalid_request` where there is none.
 */
export async function readFile(request: Request, bytesMax: number): Promise<Uint8Array> {
  const contentType = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data\b/i.test(contentType);
  const bytes = await readBytes(request, bytesMax + (isForm ? formFrameBytesMax : 0));
  const file = isForm ? await fileInForm(bytes, contentType) : bytes;
  if (file && file.length > bytesMax)
    throw new AppError("too_large", "file too large", { details: { bytesMax } });
  if (file && file.length > 0) return file;
  throw new AppError("invalid_request", "no file", { details: { reason: "there is no file in the body" } });
}

// Around the file: names, boundaries and other fields.
const formFrameBytesMax = 64 * 1024;

async function fileInForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Uint8Array | null> {
  try {
    const form = await new Response(bytes, { headers: { "Content-Type": contentType } }).formData();
    const file = [...form.values()].find((value) => typeof value !== "string");
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  } catch {
    throw new AppError("invalid_request", "broken form", { details: { reason: "malformed form" } });
  }
}
