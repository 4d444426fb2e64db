import { notFound } from "next/navigation";
import { ChatView } from "@/app/_chat/client-entry";
import { modelChoiceOf } from "@/app/_chat/models/model-choice";
import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import type { Actor } from "@/lib/accounts/actor";
import { idSchema } from "@/lib/chats/id";
import { isAppError } from "@/lib/errors/app-error";

export default async function ChatPage({ params }: { params: Promise<{ chatId: string }> }) {
  const { chatId } = await params;
  const actor = await actorOrSignIn(`/chat/${chatId}`);
  if (!idSchema.safeParse(chatId).success) notFound();

  const catalogue = services().models.list(actor.userId);
  const readAt = Date.now();
  const { chat, page } = await readChat(actor, chatId);
  return (
    <ChatView
      key={chatId}
      chatId={chatId}
      title={chat.title}
      isInTrash={chat.deletedAt !== null}
      stored={{
        messages: page.items,
        earlierCursor: page.nextCursor,
        forks: page.forks,
        model: chat.model,
        settings: chat.settings,
        isAnswering: chat.activeGeneration !== null,
        readAt,
      }}
      models={catalogue.then((listed) =>
        modelChoiceOf(
          listed,
          chat.model,
          page.items.map(({ model }) => model),
        ),
      )}
      isAdministrator={actor.isAdministrator}
    />
  );
}

async function readChat(actor: Actor, chatId: string) {
  const { chats } = services();
  try {
    const [chat, page] = await Promise.all([
      chats.get(actor, chatId),
      chats.messages(actor, chatId, { limit: messagesShown, path: "active" }),
    ]);
    return { chat, page };
  } catch (cause) {
    if (isAppError(cause) && cause.type === "not_found") notFound();
    throw cause;
  }
}

/** Some screens more than anybody reads at once; the rest comes on demand. */
const messagesShown = 100;
