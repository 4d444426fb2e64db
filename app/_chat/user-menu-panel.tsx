"use client";

import { LifeBuoy, LogOut, Monitor, Moon, Sun, UserRoundPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { authClient } from "@/app/_client/auth-client";
import { chooseTheme, readTheme, type Theme } from "@/app/_client/preferences";
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSwitch } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";
import type { Person } from "./user-menu";

interface UserMenuPanelProps extends OpenMenu {
  person: Person;
  onSignOut(): void;
}

export default function UserMenuPanel({ person, onSignOut, ...menu }: UserMenuPanelProps) {
  const router = useRouter();
  const [theme, setTheme] = useState(readTheme);

  function choose(chosen: Theme) {
    chooseTheme(chosen);
    setTheme(chosen);
  }

  return (
    <Menu {...menu} label={t("user.menuLabel")} side="top">
      {person.canSignUp && (
        <>
          <MenuItem icon={UserRoundPlus} onSelect={() => router.push("/sign-in?mode=create")}>
            {t("user.keepChats")}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <FinishAnswers />
      <MenuSeparator />
      <MenuChoice label={t("theme.label")} value={theme} options={themeOptions} onChoose={choose} />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        {t("user.signOut")}
      </MenuItem>
    </Menu>
  );
}

/** Whether another server goes on with an answer whose server failed, at the person's cost. */
function FinishAnswers() {
  const { data, refetch } = authClient.useSession();
  const [chosen, setChosen] = useState<boolean | null>(null);

  async function choose(finishAnswers: boolean) {
    setChosen(finishAnswers);
    const { error } = await authClient.updateUser({ finishAnswers });
    if (error) {
      setChosen(null);
      showToast(t("user.notSaved"));
    }
    await refetch();
  }
  return (
    <MenuSwitch
      icon={LifeBuoy}
      checked={chosen ?? data?.user.finishAnswers ?? true}
      disabled={!data}
      onChange={choose}
    >
      {t("user.finishAnswers")}
    </MenuSwitch>
  );
}

const themeOptions = [
  { value: "system", label: t("theme.system"), icon: Monitor },
  { value: "light", label: t("theme.light"), icon: Sun },
  { value: "dark", label: t("theme.dark"), icon: Moon },
] as const;
