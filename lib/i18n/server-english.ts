/** What only the server says: in pages that it draws alone, in files that it writes, and in the failures that it answers with. */
export const serverEnglish = {
  "app.description": "Your own chat over any model, that does not lose a word.",
  "export.title": "Chats from Parley",
  "export.person": "You",
  "export.file": "File: {name}",
  "export.toolDone": "Tool call: {name}",
  "export.toolFailed": "Tool call: {name} (failed)",
  "export.toolNotRun": "Tool call: {name} (not run)",
  "export.cut": "This answer is not complete.",
  "page.notFoundTitle": "There is nothing here",
  "page.notFoundText": "The address may be mistyped, or what was here is gone.",
  "page.chatNotFoundTitle": "This chat is not here",
  "page.chatNotFoundText": "It may be deleted, or it belongs to somebody else.",
  "shell.title": "Parley cannot be reached",
  "shell.text":
    "Your chats are safe on the server, and answers go on being written. This page comes back by itself with the connection.",
  "shell.write": "A question for later",
  "shell.kept":
    "It is kept here for whoever was signed in last, and stands in the field of their next new chat.",
  "error.invalid_request": "The request was not understood. Check what was sent and try again.",
  "error.not_found": "This does not exist, or it is not yours.",
  "error.generation_active": "An answer is still being written in this chat. Wait for it or stop it first.",
  "error.conflict": "This was changed elsewhere meanwhile.",
  "error.gone": "This is no longer here.",
  "error.too_large": "This is too large to send.",
  "error.unsupported": "This kind of content cannot be used here.",
  "error.rate_limited": "Too many requests. Wait a moment and try again.",
  "error.quota_exceeded": "The limit for this period has been reached.",
  "error.unavailable": "Parley cannot answer right now. Try again in a moment.",
  "error.key_missing": "There is no key for this model. Enter one of your own.",
  "error.key_invalid": "The provider did not accept the key. Check that it is complete and still valid.",
  "error.provider_credits": "The provider account has no credit left. Add credit or choose a free model.",
  "error.provider_rate_limited":
    "The provider is limiting requests for this model. Wait a moment or choose another model.",
  "error.provider_unavailable":
    "The model is not available at the moment. Try again or choose another model.",
  "error.provider_timeout": "The model took too long to answer. Try again or choose another model.",
  "error.provider_refused": "The provider refused this request for its content.",
  "error.context_too_long":
    "The conversation is too long for this model. Start a new chat or choose a model with a larger context.",
  "error.noRoom":
    "This question takes about {needed, #|#} tokens, and the model has room for {room, #|#}. Shorten it or choose a model with a larger context.",
  "error.private_address":
    "This server is in a private network. The administrator of this Parley can allow it under Settings, Models.",
  "error.fallback_not_offered":
    "One of the models to try next is not offered. Take it out of this chat’s parameters.",
  "error.model_not_offered": "This model is no longer offered. Choose another one.",
  "error.answer_too_long": "The answer did not come to an end and was cut off. What had arrived is kept.",
} as const;
