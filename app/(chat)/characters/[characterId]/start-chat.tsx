"use client";

import { MessageSquarePlus } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { useCharacterActions } from "@/app/(chat)/characters/use-character-actions";
import { t } from "@/lib/i18n/characters-translator";

export function StartChat({ characterId }: { characterId: string }) {
  const { startChat } = useCharacterActions(() => {});
  return (
    <Button size="small" look="quiet" onClick={() => startChat(characterId)}>
      <MessageSquarePlus aria-hidden className="size-4" />
      {t("characters.startChat")}
    </Button>
  );
}
