import { lazy } from "react";

export const loadEditor = () => import("./message-editor");
export const MessageEditor = lazy(loadEditor);
