/** What only the server says: in pages that it draws alone, and in files that it writes. */
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
  "shell.kept": "It is kept here, and stands in the field of a new chat when you are back.",
  "page.toStart": "To the start page",
} as const;
