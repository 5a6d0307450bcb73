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
    void parley.conversations().then((found) => {
      if (gone) return;
      stops = [
        found.on("change", render),
        found.on("unread", render),
        found.on("presence", render),
        found.on("connection", render),
      ];
      setConversations(found);
    });
    return () => {
      gone = true;
      for (const stop of stops) stop();
    };
  }, [user]);
  return conversations;
}
