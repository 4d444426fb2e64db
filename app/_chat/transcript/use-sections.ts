import { useState } from "react";
import type { ChatMessage } from "@/app/_client/session/chat-message";

export interface SectionOfMessages {
  /** The same for as long as the section holds the same place, whatever is loaded before it. */
  key: number;
  start: number;
  end: number;
}

/** Divides a chat into sections, counted from the message that was the first when it was opened. */
export function useSections(messages: readonly ChatMessage[]): SectionOfMessages[] {
  const [originId, setOriginId] = useState(messages[0]?.id);
  const origin = messages.findIndex(({ id }) => id === originId);
  // The first question has another version now.
  if (origin === -1 && messages[0]) setOriginId(messages[0].id);
  return sectionsFrom(Math.max(0, origin), messages.length);
}

/** `origin` is the first message of the section whose key is 0. */
export function sectionsFrom(origin: number, count: number): SectionOfMessages[] {
  const first = 0 - Math.ceil(origin / sectionLength);
  const sections: SectionOfMessages[] = [];
  for (let key = first; origin + key * sectionLength < count; key += 1) {
    const start = origin + key * sectionLength;
    sections.push({ key, start: Math.max(0, start), end: Math.min(count, start + sectionLength) });
  }
  return sections;
}

/** Some screens. */
const sectionLength = 20;
