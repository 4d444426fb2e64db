"use client";

// Layout and pages come in by one door: with one each, what they share would be packed, and loaded, twice.
export { ChatShell } from "./chat-shell";
export { ChatView } from "./chat-view";
export { NewChat } from "./new-chat";
