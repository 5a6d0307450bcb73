import { ToastRegion } from "@parley/ui";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { HomePage } from "./home/HomePage";
import { usePath } from "./shell/router";
import { toasts } from "./shell/toasts";

const Elsewhere = lazy(() => import("./shell/Elsewhere"));
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
  return <Elsewhere path={path} />;
}
