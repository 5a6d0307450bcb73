import { lazy } from "react";
import { NotFound } from "./NotFound";

const AccountPage = lazy(() => import("../account/AccountPage"));
const PasswordPage = lazy(() => import("../account/pages").then(({ passwordPage }) => passwordPage()));
const SettingsPage = lazy(() => import("../account/pages").then(({ settingsPage }) => settingsPage()));
const AdminPage = lazy(() => import("../admin/AdminPage"));
const ChatsPage = lazy(() => import("../chats/pages").then(({ chatsPage }) => chatsPage()));
const FilesPage = lazy(() => import("../files/pages").then(({ filesPage }) => filesPage()));
const NotificationsPage = lazy(() =>
  import("../notifications/pages").then(({ notificationsPage }) => notificationsPage()),
);
const QualityPage = lazy(() => import("../quality/pages").then(({ qualityPage }) => qualityPage()));
const WebhooksPage = lazy(() => import("../webhooks/pages").then(({ webhooksPage }) => webhooksPage()));

/** Every page that is neither the first one nor a meeting; nothing of them is in the first download. */
export default function Elsewhere({ path }: { path: string }) {
  if (path === "/sign-in" || path === "/sign-up")
    return <AccountPage mode={path === "/sign-in" ? "in" : "up"} />;
  if (path === "/forgot-password" || path === "/reset-password")
    return <PasswordPage key={path} path={path} />;
  if (path === "/account") return <SettingsPage />;
  const chats = /^\/chats(?:\/([\w.-]+)(?:\/(\d{1,12}))?)?\/?$/.exec(path);
  if (chats) return <ChatsPage id={chats[1]} seq={chats[2] === undefined ? undefined : Number(chats[2])} />;
  const files = /^\/files(?:\/(pushes|received|file))?(?:\/([\w-]+))?\/?$/.exec(path);
  if (files) return <FilesPage area={files[1] ?? "list"} id={files[2]} />;
  const webhooks = /^\/webhooks(?:\/([\w-]+))?\/?$/.exec(path);
  if (webhooks) return <WebhooksPage id={webhooks[1]} />;
  const notifications = /^\/notifications(?:\/(choices))?\/?$/.exec(path);
  if (notifications) return <NotificationsPage area={notifications[1]} />;
  const quality = /^\/quality\/([a-z]{3}-[a-z]{4}-[a-z]{3})\/?$/.exec(path);
  if (quality) return <QualityPage key={quality[1]} code={quality[1] ?? ""} />;
  const admin = /^\/admin(?:\/(\w+))?\/?$/.exec(path);
  if (admin) return <AdminPage area={admin[1] ?? ""} />;
  return <NotFound />;
}
