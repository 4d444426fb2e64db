import type { MetadataRoute } from "next";
import { t } from "@/lib/i18n/server-translator";
import { paperOf } from "./_client/preferences";

export default function manifest(): MetadataRoute.Manifest {
  const paper = paperOf("light", "light");
  return {
    id: "/",
    name: t("app.name"),
    short_name: t("app.name"),
    description: t("app.description"),
    start_url: "/",
    display: "standalone",
    background_color: paper,
    theme_color: paper,
    categories: ["productivity"],
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [{ name: t("sideBar.newChat"), url: "/" }],
  };
}
