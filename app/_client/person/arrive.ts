import { drafts } from "@/app/_client/drafts/drafts";
import { newChatChoice } from "@/app/_client/drafts/new-chat-choice";
import { guestOf, personHere } from "./person-here";

/** Opens what this browser keeps for a person, with what they wrote here as a guest. */
export function arrive(userId: string): void {
  personHere.arrive(userId);
  const guestId = guestOf(userId);
  if (guestId === null) return;
  drafts.inherit(guestId);
  newChatChoice.inherit(guestId);
}
