import { chatScenes } from "./chat-scenes";
import { filledScenes } from "./filled-scenes";
import { pageScenes } from "./page-scenes";
import { panelScenes } from "./panel-scenes";
import { sideBarScenes } from "./side-bar-scenes";
import { troubleScenes } from "./trouble-scenes";

/** Every view there is; each of them is gone through for barriers, for small targets and for pictures. */
export const scenes = [
  ...pageScenes,
  ...chatScenes,
  ...sideBarScenes,
  ...filledScenes,
  ...panelScenes,
  ...troubleScenes,
];
