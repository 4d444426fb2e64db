import { parseCookies } from "better-auth/cookies";
import { connectMsMax } from "@/lib/vault/connect";

const name = "parley.connect";
const path = "/api/keys/openrouter";

/** What is remembered of a connection that has begun. `Lax`, as the way back is a link on another site's page. */
export function connectCookie(ticket: string, isSecure: boolean): string {
  return cookie(ticket, connectMsMax / 1_000, isSecure);
}

export function forgottenConnectCookie(isSecure: boolean): string {
  return cookie("", 0, isSecure);
}

export function readConnectCookie(headers: Headers): string | null {
  return parseCookies(headers.get("cookie") ?? "").get(name) ?? null;
}

function cookie(value: string, secondsMax: number, isSecure: boolean): string {
  const flags = [
    "HttpOnly",
    "SameSite=Lax",
    `Path=${path}`,
    `Max-Age=${secondsMax}`,
    ...(isSecure ? ["Secure"] : []),
  ];
  return [`${name}=${value}`, ...flags].join("; ");
}
