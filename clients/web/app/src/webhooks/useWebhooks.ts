import type { Webhooks } from "@parley/client";
import { useEffect, useState } from "react";
import { parley, useUser } from "../system/parley";

/** The signed-in person's webhooks, once they can be asked for. */
export function useWebhooks(): Webhooks | undefined {
  const user = useUser()?.id;
  const [webhooks, setWebhooks] = useState<Webhooks>();
  useEffect(() => {
    let gone = false;
    setWebhooks(undefined);
    if (!user) return;
    // Code that does not load, for want of a connection, loads when there is one.
    const attempt = () =>
      void parley.webhooks().then(
        (found) => !gone && setWebhooks(found),
        () => !gone && window.addEventListener("online", attempt, { once: true }),
      );
    attempt();
    return () => {
      gone = true;
      window.removeEventListener("online", attempt);
    };
  }, [user]);
  return webhooks;
}
