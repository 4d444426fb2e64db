import { getLiveness } from "@/lib/api/health";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(getLiveness.answer.parse({ status: "ok" }), {
    headers: { "Cache-Control": "no-store" },
  });
}
