import type { BreakoutsRecord, BreakoutsState, Meeting } from "@parley/client";
import { useEffect, useReducer, useState } from "react";

/** The breakout rooms as a component sees them: renders again whenever any of it changes. */
export function useBreakouts(meeting: Meeting): {
  state: BreakoutsState;
  details: BreakoutsRecord | undefined;
} {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = [meeting.breakouts.on("change", render), meeting.breakouts.on("details", render)];
    // Something may have come between the first render and listening.
    render();
    return () => {
      for (const stop of stops) stop();
    };
  }, [meeting]);
  return { state: meeting.breakouts.state, details: meeting.breakouts.details };
}

const shown = (until: number | undefined): string | undefined => {
  if (until === undefined) return undefined;
  const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** Minutes and seconds until then; undefined when nothing is planned. */
export function useCountdown(until: number | undefined): string | undefined {
  const [left, setLeft] = useState(() => shown(until));
  useEffect(() => {
    setLeft(shown(until));
    if (until === undefined) return;
    const timer = setInterval(() => setLeft(shown(until)), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
