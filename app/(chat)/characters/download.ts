import { failureOf, toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { problemText } from "./problem-text";

/** Saves what is at an address as a file; why there is none is said here and not on a page of its own. */
export async function download(url: string): Promise<void> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw await failureOf(response);
    saveAs(await response.blob(), nameIn(response.headers.get("Content-Disposition") ?? ""));
  } catch (cause) {
    showToast(problemText(toFailure(cause).error));
  }
}

export function saveAs(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then, or never will.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function nameIn(disposition: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : "character";
}
