import type { Notifications } from "@parley/client";
import { Switch } from "@parley/ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { canSubscribe, isSubscribed, subscribe, unsubscribe } from "./browser";

/** Whether this browser is told while no page of ours is open. */
export function ThisBrowser({ notifications }: { notifications: Notifications }) {
  const { t } = useTranslation();
  const [on, setOn] = useState(isSubscribed);
  const [refused, setRefused] = useState(() => canSubscribe() && Notification.permission === "denied");
  if (!canSubscribe()) return null;
  const turn = async (wanted: boolean) => {
    setOn(wanted);
    try {
      if (!wanted) return await unsubscribe(notifications);
      const allowed = await subscribe(notifications);
      setOn(allowed);
      setRefused(!allowed);
    } catch (error) {
      setOn(isSubscribed());
      // What a browser throws has no words for people.
      const said = error instanceof DOMException ? t("notifications.browserFailed") : explain(t, error).text;
      toasts.show(said, "danger");
    }
  };
  return (
    <Switch
      label={t("notifications.browser")}
      hint={t(refused ? "notifications.browserRefused" : "notifications.browserHint")}
      isOn={on}
      onChange={(wanted) => void turn(wanted)}
    />
  );
}
