"use client";

import { X } from "lucide-react";
import { useRef } from "react";
import useSWR from "swr/whole";
import { contextLabel, priceLabel } from "@/app/_chat/models/model-labels";
import { useModels } from "@/app/_chat/models/use-models";
import { api } from "@/app/_client/api";
import { keyNames } from "@/app/_client/page/shortcuts";
import { focusToPage } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { getSettings } from "@/lib/api/settings";
import { t } from "@/lib/i18n/model-settings-translator";

/** Also those that are no longer offered: only the person knows whether they may come back. */
export function FavouriteModels() {
  const { catalogue, error: listError, setFavourite } = useModels();
  const { data: settings, error, mutate } = useSWR("settings", () => api(getSettings));
  const list = useRef<HTMLUListElement>(null);

  async function remove(id: string) {
    await setFavourite(id, false);
    await mutate();
    // The button that was pressed goes, and the focus must not go with it.
    list.current?.focus();
  }

  if ((error && !settings) || (listError && !catalogue))
    return <p className="text-sm text-danger">{t("model.failed")}</p>;
  if (!settings || !catalogue) return <p className="text-sm text-ink-faint">{t("state.loading")}</p>;
  const { favourites } = settings.models;
  if (favourites.length === 0)
    return (
      <p className="text-sm text-ink-faint text-pretty">
        {t("modelSettings.noFavourites")}
        <span className="pointer-coarse:hidden">
          {` ${t("modelSettings.noFavouritesKeys", { keys: keyNames("Mod+D").join(" ") })}`}
        </span>
      </p>
    );
  return (
    <ul
      ref={(element) => {
        list.current = element;
        return focusToPage(element);
      }}
      tabIndex={-1}
      aria-label={t("modelSettings.favourites")}
      className="divide-y divide-line rounded-lg border border-line"
    >
      {favourites.map((id) => {
        const model = catalogue.items.find((each) => each.id === id);
        const about = model
          ? [priceLabel(model), contextLabel(model)].filter(Boolean).join(" · ")
          : t("modelSettings.notOffered");
        return (
          <li key={id} className="flex items-center gap-3 py-1.5 ps-4 pe-1.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{model?.name ?? id}</span>
              <span className="block truncate text-ink-soft">{about}</span>
            </span>
            <IconButton
              icon={X}
              size="small"
              label={t("modelSettings.unstar", { name: model?.name ?? id })}
              onClick={() => void remove(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
