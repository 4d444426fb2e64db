/** Has the browser keep a page that it can show without a connection. See public/service-worker.js. */
export function keepShell(): void {
  // Only where the page came safely; elsewhere there are no workers.
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(doWithout);
}

/** Private windows and some settings refuse: then Parley is there with a connection only. */
function doWithout(): void {}
