import { useEffect, useState } from "react";
import useSWR from "swr/whole";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { subscribeToUserEvents } from "@/app/_client/events/told-events";
import {
  changeSummary,
  deleteSummary,
  getSummary,
  type StandingSummary,
  writeSummary,
} from "@/lib/api/summaries";

export type Summary = NonNullable<StandingSummary["summary"]>;
type Deed = "write" | "change" | "forget";

/**
 * What sums up a chat's messages before one of them, and what can be done with it. Read again when something of the chat
 * has changed, here or on another device.
 */
export function useSummary(chatId: string, before: string) {
  const { data, mutate } = useSWR(["summary", chatId, before], () =>
    api(getSummary, { params: { chatId }, query: { before } }),
  );
  const [doing, setDoing] = useState<Deed | null>(null);
  const [done, setDone] = useState<Deed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  // What begins changes no summary, and where none is wanted there is nothing to hear of.
  const isOff = data?.isOn === false;
  useEffect(
    () =>
      subscribeToUserEvents((event) => {
        if (isOff || event.type === "generation-started") return;
        const isOfChat = "chatId" in event && event.chatId === chatId;
        if (event.type === "resync" || isOfChat) void mutate();
      }),
    [chatId, mutate, isOff],
  );

  /** `false` when it failed: then `problem` says why, and nothing has changed. */
  async function act(deed: Deed, change: () => Promise<StandingSummary | undefined>): Promise<boolean> {
    setDoing(deed);
    setDone(null);
    setProblem(null);
    try {
      const standing = await change();
      await (standing ? mutate(standing, { revalidate: false }) : mutate());
      setDone(deed);
      return true;
    } catch (cause) {
      setProblem(toFailure(cause).message);
      return false;
    } finally {
      setDoing(null);
    }
  }

  return {
    standing: data,
    doing,
    done,
    problem,

    write: () => act("write", () => api(writeSummary, { params: { chatId }, body: { before } })),

    change: ({ throughMessageId }: Summary, text: string) =>
      act("change", async () => {
        const params = { chatId, messageId: throughMessageId };
        await api(changeSummary, { params, body: { text } });
        return undefined;
      }),

    forget: ({ throughMessageId }: Summary) =>
      act("forget", async () => {
        await api(deleteSummary, { params: { chatId, messageId: throughMessageId } });
        return undefined;
      }),
  };
}
