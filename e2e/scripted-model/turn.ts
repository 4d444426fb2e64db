import type { ChatMessage, ChatRequest, DeclaredTool } from "./chat-request.ts";
import { applyDirectives } from "./directives.ts";
import { knownQuestions } from "./known-questions.ts";
import { namedModel } from "./named-models.ts";
import { sampleArguments } from "./sample-arguments.ts";
import { plainScript, type Script } from "./script.ts";
import { scriptedText } from "./scripted-text.ts";

/** What one request is answered with. */
export type Turn = {
  script: Script;
  /** Not empty when this turn calls tools instead of speaking. */
  toolCalls: { name: string; arguments: string }[];
  /** The prompt that the turn answers: with it the failures of `times` are counted. */
  prompt: string;
  isPrefill: boolean;
};

/**
 * The script that `model` plays for a prompt: the model's own, changed by the prompt's directives.
 *
 * @throws DirectiveError when a directive cannot be played
 */
export function scriptFor(model: string, prompt: string): Script {
  return resolve(model, prompt, "");
}

export function turnFor({ model, messages, tools }: ChatRequest): Turn {
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const prompt = messages[asked]?.text ?? "";
  const since = messages.slice(asked + 1);
  const toolResult = since.findLast(({ role }) => role === "tool")?.text ?? "";
  const script = resolve(model, prompt, toolResult);

  const last = since.at(-1);
  if (last?.role === "assistant" && !last.callsTools) {
    const rest = isWhole(script, last.text) ? silent(script) : (remainder(script, last.text) ?? script);
    return { script: rest, toolCalls: [], prompt, isPrefill: true };
  }
  const continued = continuedTurn(model, messages.slice(0, asked), prompt);
  if (continued !== null) return continued;

  const rounds = since.filter(({ callsTools }) => callsTools).length;
  const toolCalls = rounds < script.toolRounds ? callsOf(script, tools) : [];
  return { script, toolCalls, prompt, isPrefill: false };
}

function resolve(model: string, prompt: string, toolResult: string): Script {
  const own = applyDirectives(plainScript, `[[${namedModel(model)?.script ?? ""}]]`).script;
  const { script, rest } = applyDirectives(own, knownQuestions.get(prompt) ?? prompt);
  if (script.text.kind === "echo") return { ...script, text: { kind: "literal", text: rest } };
  if (script.text.kind !== "tool-result") return script;
  const text = toolResult === "" ? "There was no tool to call." : `The tool answered:\n\n${toolResult}`;
  return { ...script, text: { kind: "literal", text } };
}

/**
 * A plain "continue" after an answer that stopped half-way gets the rest of that answer,
 * as a model would give it that was told to go on exactly where it stopped.
 */
function continuedTurn(model: string, before: readonly ChatMessage[], prompt: string): Turn | null {
  const partial = before.at(-1);
  const question = before.at(-2);
  if (partial?.role !== "assistant" || question?.role !== "user") return null;
  if (!/\bcontinue\b/i.test(prompt) || applyDirectives(plainScript, prompt).hasDirectives) return null;
  const script = remainder(resolve(model, question.text, ""), partial.text);
  return script && { script, toolCalls: [], prompt: question.text, isPrefill: false };
}

function remainder(script: Script, partial: string): Script | null {
  const text = scriptedText(script);
  if (partial === "" || partial === text || !text.startsWith(partial)) return null;
  const rest = text.slice(Math.max(0, partial.length - script.overlapCharacters));
  return { ...script, text: { kind: "literal", text: rest }, tokens: null, reasoningTokens: 0 };
}

function isWhole(script: Script, text: string): boolean {
  return text !== "" && text === scriptedText(script);
}

function silent(script: Script): Script {
  return { ...script, text: { kind: "literal", text: "" }, tokens: null, reasoningTokens: 0 };
}

function callsOf({ toolCalls }: Script, tools: readonly DeclaredTool[]): Turn["toolCalls"] {
  return toolCalls.flatMap((call) => {
    const name = call.name ?? tools[0]?.name;
    if (name === undefined) return [];
    const declared = tools.find((tool) => tool.name === name);
    const made = () => JSON.stringify(sampleArguments(declared?.parameters) ?? {});
    return [{ name, arguments: call.arguments ?? made() }];
  });
}
