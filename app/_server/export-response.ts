import type { Actor } from "@/lib/accounts/actor";
import type { ExportFormat } from "@/lib/transfer/export-chats";
import { openReading } from "./reading";
import { services } from "./services";

const encoder = new TextEncoder();

const types = {
  json: { contentType: "application/json; charset=utf-8", extension: "json" },
  markdown: { contentType: "text/markdown; charset=utf-8", extension: "md" },
} as const satisfies Record<ExportFormat, object>;

/** A file to keep. One that is cut short, by signing out for instance, is no whole one for the browser either. */
export function exportResponse(
  actor: Actor,
  format: ExportFormat,
  reader: { sessionId: string; request: Request },
): Response {
  const texts = services().exporter.export(actor, format);
  const reading = openReading(reader, () => void texts.return(undefined), null);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await texts.next();
          if (reading.signal.aborted) throw new Error("the reader has left");
          if (!next.done) return controller.enqueue(encoder.encode(next.value));
          reading.leave();
          controller.close();
        } catch (error) {
          reading.leave();
          controller.error(error);
        }
      },
      cancel: reading.leave,
    },
    { highWaterMark: 1 },
  );
  const { contentType, extension } = types[format];
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "Content-Type": contentType,
      "Content-Disposition": `attachment; filename="parley-${day}.${extension}"`,
      "Cache-Control": "no-store",
    },
  });
}
