import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/server-translator";
import { hideUntilPlaced } from "./_client/drafts/reading-places";
import { keepEarlyPress } from "./_client/page/early-press";
import { EarlyPresses } from "./_client/page/early-presses";
import {
  densityCookie,
  paperOf,
  parseDensity,
  parseTextSize,
  parseTheme,
  textSizeCookie,
  themeCookie,
} from "./_client/preferences";
import "./globals.css";

export const metadata: Metadata = {
  description: t("app.description"),
  applicationName: t("app.name"),
  robots: { index: false },
  appleWebApp: { title: t("app.name"), statusBarStyle: "default" },
};

export async function generateViewport(): Promise<Viewport> {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return {
    viewportFit: "cover",
    // A keyboard on the screen makes the page smaller, instead of lying over the composer.
    interactiveWidget: "resizes-content",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: paperOf(theme, "light") },
      { media: "(prefers-color-scheme: dark)", color: paperOf(theme, "dark") },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = await cookies();
  return (
    <html
      lang={locale}
      data-theme={parseTheme(chosen.get(themeCookie)?.value)}
      data-text-size={parseTextSize(chosen.get(textSizeCookie)?.value)}
      data-density={parseDensity(chosen.get(densityCookie)?.value)}
      suppressHydrationWarning
    >
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own, and the only way to come before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: `${keepEarlyPress}${hideUntilPlaced}` }} />
        {children}
        <EarlyPresses />
      </body>
    </html>
  );
}
