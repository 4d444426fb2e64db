import { z } from "zod";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const exportFormats = ["json", "markdown"] as const;

export const exportChats = operation({
  method: "GET",
  path: "/api/export",
  summary:
    "All of the person's chats as a file: as JSON with every version, archive and trash included, or as Markdown what is visible.",
  params: nothing,
  query: z.object({ format: z.enum(exportFormats).default("json") }),
  body: nothing,
  answer: z.never(),
});
