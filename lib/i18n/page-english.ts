/** What the pages for failures say. They load on every page, and the other texts must not load along once more. */
export const pageEnglish = {
  "app.name": "Parley",
  "action.retry": "Try again",
  "page.errorTitle": "This page could not be shown",
  "page.errorText": "Something went wrong on our side. Your chats are safe; try again.",
  "page.toStart": "To the start page",
  "page.errorDigest": "For the logs: {digest}",
} as const;
