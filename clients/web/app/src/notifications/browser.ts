import type { Notifications } from "@parley/client";
import { parley } from "../system/parley";
import { preferences } from "../system/preferences";

const WORKER = "/push-worker.js";
const DAY_MILLIS = 86_400_000;

/** Whether this browser can be told anything while no page of ours is open. */
export const canSubscribe = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

export const isSubscribed = (): boolean =>
  canSubscribe() && Notification.permission === "granted" && preferences.all.browser !== undefined;

/** Asks for leave and subscribes. @returns whether leave was given */
export async function subscribe(notifications: Notifications): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { public_key } = await notifications.subscriptions();
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && keyOf(before) !== public_key) await before.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: public_key };
  const { endpoint, keys } = (await pushManager.subscribe(options)).toJSON();
  const { id } = await notifications.subscribe({
    endpoint: endpoint ?? "",
    keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" },
    public_key,
  });
  preferences.remember({ browser: { id, at: Date.now() } });
  return true;
}

/** Once a day: the browser may have another subscription now, or we another key. */
export async function renew(notifications: Notifications): Promise<void> {
  const { browser } = preferences.all;
  if (browser && isSubscribed() && Date.now() - browser.at > DAY_MILLIS) await subscribe(notifications);
}

export async function unsubscribe(notifications: Notifications): Promise<void> {
  const { browser } = preferences.all;
  preferences.remember({ browser: undefined });
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  if (browser) await notifications.unsubscribe(browser.id);
}

/** Before somebody signs out: who signs in next is not told what is theirs. */
export async function leave(): Promise<void> {
  await unsubscribe(await (await parley.own()).notifications());
}

/** The key that a browser subscribed with, in base64url. */
function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
