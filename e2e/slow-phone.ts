import type { Page } from "@playwright/test";

/** As an old phone is at the edge of its network: a sixth of the speed, 400 kbit/s, 400 ms to the server. */
export async function slowDown(page: Page): Promise<void> {
  const device = await page.context().newCDPSession(page);
  const bytesPerSecond = 400_000 / 8;
  await device.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await device.send("Network.enable");
  await device.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}
