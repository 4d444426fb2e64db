export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(null, { status: 204 });
}

export async function POST(request: Request): Promise<Response> {
  const { message } = await request.json();
  const answered = await fetch(`${process.env.UPSTREAM}/chat/completions`, {
    method: "POST",
    headers: { Authorization: "Bearer sk-or-scripted", "Content-Type": "application/json" },
    body: JSON.stringify({
      model: "scripted/burst",
      stream: true,
      messages: [{ role: "user", content: message.parts[0].text }],
    }),
    cache: "no-store",
    signal: request.signal,
  });
  return new Response(answered.body, {
    status: answered.status,
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
    },
  });
}
