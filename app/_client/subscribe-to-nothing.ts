/** For `useSyncExternalStore`: what is one thing on the server and another in the browser, and stays so. */
export function subscribeToNothing(): () => void {
  return () => {};
}
