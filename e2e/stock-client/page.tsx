import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, type UIMessage } from "ai";
import { createRoot } from "react-dom/client";

declare global {
  interface Window {
    /** The hook as it is at the last drawing, for the test to use as an app's own buttons would. */
    chat: ReturnType<typeof useChat>;
  }
}

/** What an app that knows nothing of Parley but its address would write. */
function StockClient({ id, messages }: { id: string; messages: UIMessage[] }) {
  const chat = useChat({
    id,
    messages,
    resume: true,
    transport: new DefaultChatTransport({ api: "/api/chat" }),
  });
  window.chat = chat;
  return (
    <>
      <output aria-label="Status">{chat.status}</output>
      {chat.messages.map((message) => (
        <article key={message.id} id={message.id} aria-label={message.role}>
          {message.parts.map((part) => (part.type === "text" ? part.text : ""))}
        </article>
      ))}
      {chat.error && <p role="alert">{chat.error.message}</p>}
    </>
  );
}

const chatId = new URLSearchParams(window.location.search).get("chat") ?? "";
const stored = await fetch(`/api/chats/${chatId}/messages?path=active`);
const messages = stored.ok ? (await stored.json()).items : [];
const place = document.createElement("main");
document.body.append(place);
createRoot(place).render(<StockClient id={chatId} messages={messages} />);
