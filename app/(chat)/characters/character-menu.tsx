"use client";

import { Copy, FileImage, FileJson, MessageSquarePlus, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { urlOf } from "@/app/_client/api";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { exportCharacter } from "@/lib/api/characters";
import type { CardVersion } from "@/lib/characters/card-version";
import type { CharacterSummary } from "@/lib/characters/character";
import { t } from "@/lib/i18n/characters-translator";
import { download } from "./download";
import type { CharacterActions } from "./use-character-actions";

interface CharacterMenuProps extends OpenMenu {
  character: CharacterSummary;
  actions: CharacterActions;
}

export default function CharacterMenu({ character: { id, name }, actions, ...menu }: CharacterMenuProps) {
  const router = useRouter();
  const save = (format: "png" | "json", spec: CardVersion) => () =>
    void download(urlOf(exportCharacter.path, { characterId: id }, { format, spec }));
  return (
    <Menu {...menu} label={t("characters.options", { name })} align="end">
      <MenuItem icon={MessageSquarePlus} onSelect={() => actions.startChat(id)}>
        {t("characters.startChat")}
      </MenuItem>
      <MenuItem icon={Pencil} onSelect={() => router.push(`/characters/${id}`)}>
        {t("characters.edit")}
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => actions.duplicate(id)}>
        {t("characters.duplicate")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={FileImage} onSelect={save("png", "v3")}>
        {t("characters.exportPng")}
      </MenuItem>
      <MenuItem icon={FileJson} onSelect={save("json", "v3")}>
        {t("characters.exportJson")}
      </MenuItem>
      <MenuItem icon={FileJson} onSelect={save("json", "v2")}>
        {t("characters.exportJson2")}
      </MenuItem>
      <MenuSeparator />
      <MenuGroup label={t("characters.version1")}>
        <MenuItem icon={FileImage} onSelect={save("png", "v1")}>
          {t("characters.exportPng1")}
        </MenuItem>
        <MenuItem icon={FileJson} onSelect={save("json", "v1")}>
          {t("characters.exportJson1")}
        </MenuItem>
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={Trash2} tone="danger" onSelect={() => actions.remove(id)}>
        {t("characters.delete")}
      </MenuItem>
    </Menu>
  );
}
