"use client";

import { Laptop, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { showToast } from "@/app/_ui/toasts";
import { endOtherSessions, endSession, type SignedInDevice } from "@/lib/api/account";
import { t } from "@/lib/i18n/settings-translator";
import { timeAgo } from "./time-ago";

/** `now` is the server's: the first drawing and the next must agree. */
export function DeviceList({ devices, now }: { devices: readonly SignedInDevice[]; now: number }) {
  const router = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [isEndingAll, setEndingAll] = useState(false);
  const shown = devices.filter(({ id }) => !ended.has(id));
  const others = shown.filter(({ isCurrent }) => !isCurrent);

  async function end(call: Promise<unknown>, ids: readonly string[], text: string) {
    try {
      await call;
      setEnded((before) => new Set([...before, ...ids]));
      showToast(text);
      // The button that was pressed goes, and the focus must not go with it.
      list.current?.focus();
      router.refresh();
    } catch (cause) {
      const { error } = toFailure(cause);
      // Signed out from elsewhere meanwhile: what was wanted is so.
      if (error.type === "not_found") return router.refresh();
      showToast(error.message);
    }
  }

  async function endAll() {
    setEndingAll(true);
    const ids = others.map(({ id }) => id);
    await end(api(endOtherSessions), ids, t("settings.othersSignedOut"));
    setEndingAll(false);
  }

  return (
    <>
      <ul
        ref={list}
        tabIndex={-1}
        aria-label={t("settings.devices")}
        className="divide-y divide-line rounded-lg border border-line"
      >
        {shown.map((device) => (
          <Device
            key={device.id}
            device={device}
            now={now}
            onEnd={() =>
              end(
                api(endSession, { params: { sessionId: device.id } }),
                [device.id],
                t("settings.deviceSignedOut", { device: nameOf(device) }),
              )
            }
          />
        ))}
      </ul>
      {others.length === 0 ? (
        <p className="mt-3 text-sm text-ink-faint">{t("settings.onlyDevice")}</p>
      ) : (
        <Button className="mt-4" aria-disabled={isEndingAll} onClick={isEndingAll ? undefined : endAll}>
          {isEndingAll ? t("state.working") : t("settings.signOutOthers")}
        </Button>
      )}
    </>
  );
}

interface DeviceProps {
  device: SignedInDevice;
  now: number;
  onEnd(): Promise<void>;
}

function Device({ device, now, onEnd }: DeviceProps) {
  const [isEnding, setEnding] = useState(false);
  const name = nameOf(device);
  const Icon = mobileSystems.has(device.system ?? "") ? Smartphone : Laptop;

  async function end() {
    setEnding(true);
    await onEnd();
    setEnding(false);
  }

  return (
    <li className="flex items-center gap-3.5 px-4 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-ink-faint" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">{name}</p>
        <p className="mt-0.5 flex flex-wrap gap-x-2 text-ink-soft">
          {device.isCurrent ? (
            <span className="font-medium text-accent">{t("settings.thisDevice")}</span>
          ) : (
            <time dateTime={device.usedAt}>
              {t("settings.lastUsed", { time: timeAgo(Date.parse(device.usedAt), now) })}
            </time>
          )}
          {device.address && <span className="[overflow-wrap:anywhere]">{device.address}</span>}
        </p>
      </div>
      {!device.isCurrent && (
        <Button
          look="quiet"
          size="small"
          aria-label={t("settings.signOutDevice", { device: name })}
          aria-disabled={isEnding}
          onClick={isEnding ? undefined : end}
        >
          {isEnding ? t("state.working") : t("user.signOut")}
        </Button>
      )}
    </li>
  );
}

const mobileSystems: ReadonlySet<string> = new Set(["iPhone", "iPad", "Android"]);

function nameOf({ browser, system }: SignedInDevice): string {
  if (browser && system) return t("settings.device", { browser, system });
  return browser ?? system ?? t("settings.unknownDevice");
}
