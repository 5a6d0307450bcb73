import type { Conversations } from "@parley/client";
import { useEffect, useReducer, useState } from "react";
import { parley, useUser } from "../system/parley";

/** The signed-in person's conversations, once they are connected: renders again whenever any of it is different. */
export function useConversations(): Conversations | undefined {
  const user = useUser()?.id;
  const [conversations, setConversations] = useState<Conversations>();
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!user) return setConversations(undefined);
    let stops: (() => void)[] = [];
    let gone = false;
    const connect = async () => {
      const found = await parley.conversations();
      if (gone) return;
      stops = [
        found.on("change", render),
        found.on("unread", render),
        found.on("presence", render),
        found.on("connection", render),
      ];
      setConversations(found);
    };
    // Code that does not load, for want of a connection, loads when there is one.
    const attempt = () =>
      void connect().catch(() => window.addEventListener("online", attempt, { once: true }));
    attempt();
    return () => {
      gone = true;
      window.removeEventListener("online", attempt);
      for (const stop of stops) stop();
    };
  }, [user]);
  return conversations;
}
