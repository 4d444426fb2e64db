import { connection } from "next/server";
import { services } from "@/app/_server/services";
import { getReadiness } from "@/lib/api/health";

export async function GET(): Promise<Response> {
  await connection();
  const readiness = getReadiness.answer.parse(await services().health.readiness());
  return Response.json(readiness, {
    status: readiness.status === "ok" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
