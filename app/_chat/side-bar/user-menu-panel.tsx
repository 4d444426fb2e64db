"use client";

import { Drama, LogOut, Monitor, Moon, Settings, Sun, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { chooseTheme, readTheme, type Theme } from "@/app/_client/preferences";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/panel-translator";
import { signOut } from "./sign-out";
import type { Person } from "./user-menu";

interface UserMenuPanelProps extends OpenMenu {
  person: Person;
  onLeaveAsGuest(): void;
  onGo(path: string): void;
}

export default function UserMenuPanel({ person, onLeaveAsGuest, onGo, ...menu }: UserMenuPanelProps) {
  const [theme, setTheme] = useState(readTheme);

  function choose(chosen: Theme) {
    chooseTheme(chosen);
    setTheme(chosen);
  }

  return (
    <Menu {...menu} label={t("user.menuLabel")} side="top">
      {person.canSignUp && (
        <>
          <MenuItem icon={UserRoundPlus} onSelect={() => onGo("/sign-in?mode=create")}>
            {t("user.keepChats")}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={Drama} onSelect={() => onGo("/characters")}>
        {t("sideBar.characters")}
      </MenuItem>
      <MenuItem icon={Settings} onSelect={() => onGo("/settings/account")}>
        {t("settings.title")}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice label={t("theme.label")} value={theme} options={themeOptions} onChoose={choose} />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => (person.isGuest ? onLeaveAsGuest() : void signOut())}>
        {t("user.signOut")}
      </MenuItem>
    </Menu>
  );
}

const themeOptions = [
  { value: "system", label: t("theme.system"), icon: Monitor },
  { value: "light", label: t("theme.light"), icon: Sun },
  { value: "dark", label: t("theme.dark"), icon: Moon },
] as const;
