import { ToastRegion } from "@parley/ui";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { HomePage } from "./home/HomePage";
import { NotFound } from "./shell/NotFound";
import { usePath } from "./shell/router";
import { toasts } from "./shell/toasts";

const AccountPage = lazy(() => import("./account/AccountPage"));
const PasswordPage = lazy(() => import("./account/pages").then(({ passwordPage }) => passwordPage()));
const SettingsPage = lazy(() => import("./account/pages").then(({ settingsPage }) => settingsPage()));
const AdminPage = lazy(() => import("./admin/AdminPage"));
const ChatsPage = lazy(() => import("./chats/pages").then(({ chatsPage }) => chatsPage()));
const MeetingRoute = lazy(() => import("./before/MeetingRoute"));

export function App() {
  const { t } = useTranslation();
  return (
    <>
      <Suspense fallback={null}>
        <Page />
      </Suspense>
      <ToastRegion queue={toasts} label={t("app.news")} />
    </>
  );
}

function Page() {
  const path = usePath();
  const meeting = /^\/m\/([a-z]{3}-[a-z]{4}-[a-z]{3})\/?$/.exec(path)?.[1];
  if (meeting) return <MeetingRoute key={meeting} code={meeting} />;
  if (path === "/") return <HomePage />;
  if (path === "/sign-in" || path === "/sign-up")
    return <AccountPage mode={path === "/sign-in" ? "in" : "up"} />;
  if (path === "/forgot-password" || path === "/reset-password")
    return <PasswordPage key={path} path={path} />;
  if (path === "/account") return <SettingsPage />;
  const chats = /^\/chats(?:\/([\w-]+))?\/?$/.exec(path);
  if (chats) return <ChatsPage id={chats[1]} />;
  const admin = /^\/admin(?:\/(\w+))?\/?$/.exec(path);
  if (admin) return <AdminPage area={admin[1] ?? ""} />;
  return <NotFound />;
}
