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
