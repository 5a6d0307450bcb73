// Shows what is pushed while no page of ours is visible, and opens the page that it is about.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data ? event.data.json() : {}));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.link));
});

async function show({ lines = [], link = "/notifications", topic }) {
  const pages = await self.clients.matchAll({ type: "window" });
  if (lines.length === 0 || pages.some((page) => page.visibilityState === "visible")) return;
  await self.registration.showNotification(lines.length === 1 ? lines[0] : "Parley", {
    body: lines.length === 1 ? "" : lines.join("\n"),
    icon: "/icon.svg",
    tag: topic ?? "parley",
    data: { link },
  });
}

async function open(link) {
  // A page of ours and nothing else, whatever was pushed.
  const page = new URL(link, self.location.origin);
  const address = page.origin === self.location.origin ? page.href : self.location.origin;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  // A meeting that somebody is in stays open.
  const free = pages.find(({ url }) => !new URL(url).pathname.startsWith("/m/"));
  if (!free) return self.clients.openWindow(address);
  await free.focus();
  return free.navigate(address).catch(() => self.clients.openWindow(address));
}
