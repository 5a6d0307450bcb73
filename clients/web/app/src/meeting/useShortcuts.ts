import type { Meeting } from "@parley/client";
import { useEffect, useRef } from "react";

export interface ShortcutActs {
  microphone: () => void;
  camera: () => void;
  hand: () => void;
  chat: () => void;
  people: () => void;
  fullscreen: () => void;
  help: () => void;
  talking: (talking: boolean) => void;
}

/** Keys of the meeting. Space talks while held; none acts while the person types. */
export function useShortcuts(meeting: Meeting, acts: ShortcutActs): void {
  const current = useRef(acts);
  current.current = acts;
  useEffect(() => {
    let talking = false;
    const down = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const act = current.current;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        const held = { d: act.microphone, e: act.camera }[key];
        if (!held) return;
        event.preventDefault();
        if (!event.repeat) held();
        return;
      }
      if (event.altKey || event.metaKey || event.ctrlKey || event.repeat || isBusy(event.target, key)) return;
      if (key === " ") {
        if (!meeting.isMuted("microphone")) return;
        event.preventDefault();
        talking = true;
        act.talking(true);
        void meeting.setMicrophone(true).catch(() => act.talking(false));
        return;
      }
      const plain = { "?": act.help, h: act.hand, c: act.chat, p: act.people, f: act.fullscreen }[key];
      if (!plain) return;
      event.preventDefault();
      plain();
    };
    const release = () => {
      if (!talking) return;
      talking = false;
      current.current.talking(false);
      void meeting.setMicrophone(false);
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === " ") release();
    };
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", release);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", release);
    };
  }, [meeting]);
}

/** Typing fields and open dialogs keep their keys; Space on a button presses the button. */
function isBusy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]")
  )
    return true;
  return key === " " && target.closest("button, a") !== null && target.matches(":focus-visible");
}
