"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { mutate } from "swr/whole";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { showToast } from "@/app/_ui/toasts";
import { checkEndpoint, type ListedEndpoint, removeEndpoint } from "@/lib/api/endpoints";
import { t } from "@/lib/i18n/model-settings-translator";
import { EndpointDialog } from "./endpoint-dialog";
import { type Check, EndpointRow } from "./endpoint-row";

interface EndpointListProps {
  scope: ListedEndpoint["scope"];
  endpoints: readonly ListedEndpoint[];
  /** Else those that are there can only be removed. */
  mayAdd: boolean;
  isAdministrator: boolean;
}

type Opened =
  | { dialog: "form"; endpoint: ListedEndpoint | null }
  | { dialog: "remove"; endpoint: ListedEndpoint };

export function EndpointList({ scope, endpoints, mayAdd, isAdministrator }: EndpointListProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [checks, setChecks] = useState<ReadonlyMap<string, Check>>(new Map());

  function note(id: string, check: Check) {
    setChecks((before) => new Map([...before, [id, check]]));
  }

  async function check(endpointId: string) {
    note(endpointId, { status: "checking" });
    try {
      note(endpointId, await api(checkEndpoint, { params: { endpointId }, body: {} }));
      void mutate("models");
    } catch (cause) {
      note(endpointId, { status: "failed", error: toFailure(cause).error });
    }
  }

  function saved(endpoint: ListedEndpoint) {
    setOpened(null);
    router.refresh();
    void mutate("models");
    void check(endpoint.id);
  }

  async function remove({ id, name }: ListedEndpoint) {
    setOpened(null);
    try {
      await api(removeEndpoint, { params: { endpointId: id }, body: {} });
      showToast(t("endpoint.removed", { name }));
      // The button that was pressed goes, and the focus must not go with it.
      list.current?.focus();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
    router.refresh();
    void mutate("models");
  }

  return (
    <div ref={list} tabIndex={-1} className="outline-none">
      {endpoints.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("endpoint.none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {endpoints.map((endpoint) => (
            <EndpointRow
              key={endpoint.id}
              endpoint={endpoint}
              check={checks.get(endpoint.id) ?? null}
              isUsable={mayAdd}
              isAdministrator={isAdministrator}
              onCheck={() => check(endpoint.id)}
              onEdit={() => setOpened({ dialog: "form", endpoint })}
              onRemove={() => setOpened({ dialog: "remove", endpoint })}
            />
          ))}
        </ul>
      )}
      {mayAdd && (
        <Button className="mt-4" onClick={() => setOpened({ dialog: "form", endpoint: null })}>
          <Plus aria-hidden className="size-4" />
          {t("endpoint.add")}
        </Button>
      )}
      {opened?.dialog === "form" && (
        <EndpointDialog
          scope={scope}
          endpoint={opened.endpoint}
          onSaved={saved}
          onClose={() => setOpened(null)}
        />
      )}
      {opened?.dialog === "remove" && (
        <Dialog
          title={t("endpoint.removeTitle", { name: opened.endpoint.name })}
          onClose={() => setOpened(null)}
        >
          <p className="mt-2 text-sm text-ink-soft">{t("endpoint.removeText")}</p>
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button look="quiet" onClick={() => setOpened(null)}>
              {t("action.cancel")}
            </Button>
            <Button look="danger" onClick={() => void remove(opened.endpoint)}>
              {t("endpoint.remove")}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
