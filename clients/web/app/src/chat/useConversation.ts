import type { Conversation } from "@parley/client";
import { useEffect, useReducer } from "react";

/** Renders again whenever anything of the conversation is different. */
export function useConversation(conversation: Conversation): Conversation {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = [conversation.on("change", render), conversation.on("typing", render)];
    render();
    void conversation.load();
    return () => {
      for (const stop of stops) stop();
    };
  }, [conversation]);
  return conversation;
}
