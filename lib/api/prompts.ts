import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { questionLengthMax } from "@/lib/chats/question-length";
import { modelSettingsSchema } from "@/lib/models/settings";
import { promptStates, promptViewSchema } from "@/lib/prompts/prompt-view";
import { nothing } from "./nothing";
import { operation } from "./operation";

const messageParams = z.object({ chatId: idSchema, messageId: idSchema });

export const previewPrompt = operation({
  method: "POST",
  path: "/api/prompt/preview",
  summary:
    "What a question would be sent with, piece by piece and as the body of the request. Nothing is sent or stored.",
  params: nothing,
  query: nothing,
  body: z.object({
    /** The chat's id; one that is not there yet is a new chat. */
    id: idSchema,
    /** The question; without one, what would be sent before it. */
    text: z.string().max(questionLengthMax).default(""),
    model: z.string().min(1).max(200).nullish(),
    settings: modelSettingsSchema.nullish(),
    /** Where the question goes; `null` begins a new branch, without it it goes after the visible one. */
    parentId: idSchema.nullish(),
    /** An answer to be written again, or a question to be answered again, in place of a new question. */
    messageId: idSchema.nullish(),
    /** Without the pieces and the request, for whoever asks after each pause. */
    totalsOnly: z.boolean().optional(),
  }),
  answer: promptViewSchema.extend({
    /** The limits on spending leave too little for any answer: the question would be refused. */
    isOverLimit: z.boolean(),
  }),
});

export const getPrompt = operation({
  method: "GET",
  path: "/api/chats/{chatId}/messages/{messageId}/prompt",
  summary: "What an answer was asked for with: its newest request, piece by piece and as a body.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: promptViewSchema.extend({
    /**
     * `exact`: this is what was sent. `rebuilt`: the messages are, and the rest of the request is not, because the model
     * takes other parameters by now or another provider has it. `changed`: an earlier message is no longer what it was then. `continued` and
     * `taken-over`: the answer's beginning was sent as well, which is not in the request. `unknown`: what was sent was
     * not recorded, as for answers of older versions.
     */
    state: z.enum(promptStates),
    /** The answer was gone on with, whatever else the state says. */
    isContinuation: z.boolean(),
  }),
});
