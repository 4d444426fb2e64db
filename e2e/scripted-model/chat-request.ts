export type ChatRequest = {
  model: string;
  messages: ChatMessage[];
  isStream: boolean;
  tools: DeclaredTool[];
  sessionId: string | null;
};

export type ChatMessage = { role: string; text: string; callsTools: boolean };

export type DeclaredTool = { name: string; parameters: unknown };

/** Thrown for a body that OpenRouter would refuse. */
export class RequestError extends Error {
  override name = "RequestError";
}

export function parseChatRequest(body: unknown): ChatRequest {
  if (!isObject(body)) throw new RequestError("The body is not a JSON object");
  const { model, messages, stream, tools, session_id: sessionId } = body;
  if (typeof model !== "string" || model === "") throw new RequestError("No models provided");
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new RequestError('Input required: specify "prompt" or "messages"');
  }
  return {
    model,
    messages: messages.map(parseMessage),
    isStream: stream === true,
    tools: Array.isArray(tools) ? tools.flatMap(parseTool) : [],
    sessionId: typeof sessionId === "string" ? sessionId : null,
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseMessage(message: unknown, index: number): ChatMessage {
  if (!isObject(message) || typeof message.role !== "string") {
    throw new RequestError(`messages.${index} has no role`);
  }
  const calls = message.tool_calls;
  return {
    role: message.role,
    text: parseText(message.content),
    callsTools: Array.isArray(calls) && calls.length > 0,
  };
}

function parseText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
}

function parseTool(tool: unknown): DeclaredTool[] {
  if (!isObject(tool) || !isObject(tool.function)) return [];
  const { name, parameters } = tool.function;
  return typeof name === "string" ? [{ name, parameters }] : [];
}
