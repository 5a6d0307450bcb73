import type { Notifications } from "@parley/client";
import { useEffect, useReducer, useState } from "react";
import { parley, useUser } from "../system/parley";
import { preferences } from "../system/preferences";

/** The signed-in person's notifications, once they are connected: renders again whenever any of it is different. */
export function useNotifications(): Notifications | undefined {
  const user = useUser()?.id;
  const [notifications, setNotifications] = useState<Notifications>();
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!user) return setNotifications(undefined);
    let stop: (() => void) | undefined;
    let gone = false;
    const connect = async () => {
      const found = await (await parley.own()).notifications();
      if (gone) return;
      stop = found.on("change", render);
      setNotifications(found);
      if (preferences.all.browser) {
        const { renew } = await import("./browser");
        await renew(found);
      }
    };
    // Code that does not load, for want of a connection, loads when there is one.
    const attempt = () =>
      void connect().catch(() => window.addEventListener("online", attempt, { once: true }));
    attempt();
    return () => {
      gone = true;
      window.removeEventListener("online", attempt);
      stop?.();
    };
  }, [user]);
  return notifications;
}
