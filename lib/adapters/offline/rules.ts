import { aboutParley } from "./about-parley";
import type { Rule } from "./answer";
import { countTo } from "./count";
import { goodbye, greeting, help, identity, thanks } from "./introduction";
import { longAnswer } from "./long-answer";
import { markdownSample } from "./markdown-sample";
import { askedBefore } from "./recall";
import { localModelSetUp, openaiSetUp, openrouterSetUp, setUp } from "./set-up";

/**
 * What the offline assistant recognises, tried from the top. A pattern fits what is meant and
 * little else: an honest "I cannot answer that" is better than an answer to another question.
 */
export const rules: readonly Rule[] = [
  { pattern: /\bwhat (?:did|have) i (?:just |already )?(?:ask|say|said|writ|wrote)/i, answer: askedBefore },
  { pattern: /\bwhat (?:was|were) my (?:\w+ )?(?:question|message)s?\b/i, answer: askedBefore },

  { pattern: /^(?:please |(?:can|could) you )?count (?:up )?(?:from (?:1|one) )?to (\d+)/i, answer: countTo },
  { pattern: /\b(?:long|longer|lengthy) (?:answer|text|reply|response|message)\b/i, answer: longAnswer },
  { pattern: /\bmarkdown\b|^(?:(?:show|give|write)\b.{0,20}\b)?sample\b/i, answer: markdownSample },
  { pattern: /^(?:show|give) (?:me )?(?:a |some )?(?:code|table|list)s?\b/i, answer: markdownSample },

  { pattern: /\bopen ?router\b/i, answer: openrouterSetUp },
  { pattern: /\b(?:ollama|lm ?studio|vllm|llama\.cpp|local model)/i, answer: localModelSetUp },
  {
    pattern: /\b(?:set|connect|add|use|key)\b.*\bopen ?ai\b|\bopen ?ai\b.*\bkey|^open ?ai\W*$/i,
    answer: openaiSetUp,
  },
  { pattern: /\bapi[ -]keys?\b|^set ?up\b|\bset (?:this|it|you|everything) up\b/i, answer: setUp },
  {
    pattern: /\b(?:set|add|enter|put|need|configure|connect|use)\b.{0,20}\b(?:key|model)s?\W*$/i,
    answer: setUp,
  },

  { pattern: /\b(?:what|how|about|tell)\b.*\bparley\b/i, answer: aboutParley },
  { pattern: /\b(?:clos|shut|leav)\w* .*\b(?:tab|browser|window|laptop|page)\b/i, answer: aboutParley },
  { pattern: /\b(?:reload|refresh)\w*\b.*\bpage\b|\bif i (?:reload|refresh)\b/i, answer: aboutParley },
  { pattern: /\bhow (?:do|can) (?:i|you) (?:stop|cancel)\b/i, answer: aboutParley },
  { pattern: /\bwhere (?:are|is) my (?:chat|message|data|answer)s?\b/i, answer: aboutParley },

  { pattern: /\bwhat (?:else )?can you (?:help|do|answer)\b|\bhow can you help\b|^help\b/i, answer: help },
  {
    pattern: /\b(?:who|what) are you\b|\bare you (?:an? )?(?:ai|bot|human|person|real|offline)\b/i,
    answer: identity,
  },
  { pattern: /\b(?:which|what) (?:ai |language )?model\b.*\b(?:you|this|answer\w*)\b/i, answer: identity },

  {
    pattern: /^(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\b[\s,]*(?:there|parley)?[\s.!?]*$/i,
    answer: greeting,
  },
  { pattern: /^(?:thanks|thank you|thx|cheers)\b.{0,30}$/i, answer: thanks },
  { pattern: /^(?:bye|goodbye|good night|see you)\b.{0,30}$/i, answer: goodbye },
];
