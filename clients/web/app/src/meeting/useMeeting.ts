import type { Chat, Connection, EndOfMeeting, Meeting, Participant, Quality } from "@parley/client";
import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadChat } from "../chat/texts";
import { shortOf } from "../chat/words";
import { loadMore } from "../i18n/more";
import { toasts } from "../shell/toasts";

export interface MeetingState {
  participants: readonly Participant[];
  connection: Connection;
  quality: Quality | undefined;
  microphoneOn: boolean;
  cameraOn: boolean;
  sharing: boolean;
  hand: boolean;
  /** The participant who spoke last. */
  speaker: string | undefined;
  spokeAt: ReadonlyMap<string, number>;
  soundBlocked: boolean;
  locked: boolean;
  /** Whether there are breakout rooms. */
  breakouts: boolean;
}

/** The meeting as a component sees it: renders again whenever any of it changes. */
export function useMeeting(meeting: Meeting, onEnd: (end: EndOfMeeting) => void): MeetingState {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const [quality, setQuality] = useState<Quality>();
  const [soundBlocked, setSoundBlocked] = useState(false);
  const speaker = useRef<string>(undefined);
  const spokeAt = useMemo(() => new Map<string, number>(), []);
  const ended = useRef(onEnd);
  ended.current = onEnd;

  useEffect(() => {
    const stops = [
      meeting.on("participants", render),
      meeting.on("connection", render),
      meeting.on("local", render),
      meeting.on("quality", setQuality),
      meeting.on("playback-blocked", setSoundBlocked),
      meeting.host.on("locked", render),
      meeting.breakouts.on("change", render),
      meeting.on("speaker", (participant) => {
        if (!participant) return;
        speaker.current = participant.id;
        spokeAt.set(participant.id, Date.now());
        render();
      }),
      meeting.on("end", (end) => ended.current(end)),
    ];
    // People may have come between the first render and listening.
    render();
    const leaving = () => void meeting.leave();
    window.addEventListener("pagehide", leaving);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener("pagehide", leaving);
    };
  }, [meeting, spokeAt]);

  return {
    participants: meeting.participants,
    connection: meeting.connection,
    quality,
    microphoneOn: !meeting.isMuted("microphone"),
    cameraOn: !meeting.isMuted("camera"),
    sharing: meeting.localTrack("screen") !== undefined,
    hand: meeting.self?.hand ?? false,
    speaker: speaker.current,
    spokeAt,
    soundBlocked,
    locked: meeting.host.locked,
    breakouts: meeting.breakouts.state.rooms.length > 0,
  };
}

const SETTLE_MILLIS = 2_500;

/** The chat of the room that this person is in. */
export function useChat(meeting: Meeting): Chat {
  const [chat, setChat] = useState(meeting.chat);
  useEffect(() => {
    setChat(meeting.chat);
    return meeting.on("chat", setChat);
  }, [meeting]);
  return chat;
}

/** Tells what others do, in a few words at the edge of the screen. */
export function useNews(meeting: Meeting, chatOpen: boolean): void {
  const { t } = useTranslation();
  const open = useRef(chatOpen);
  open.current = chatOpen;
  const chat = useChat(meeting);
  useEffect(
    () =>
      chat.on("message", (message) => {
        if (open.current) return;
        const text = shortOf(message).slice(0, 90);
        void loadChat().then(() => toasts.show(t("chat.new", { name: message.name, text })));
      }),
    [chat, t],
  );
  useEffect(() => {
    let settledAt = Date.now() + SETTLE_MILLIS;
    // Who goes from room to room neither joins the meeting nor leaves it.
    const settled = () => Date.now() > settledAt && meeting.breakouts.state.rooms.length === 0;
    const hands = new Set<string>();
    const nameOf = (id: string | undefined) => meeting.participants.find((p) => p.id === id)?.name ?? "";
    const stops = [
      meeting.on("participant", ({ name }) => {
        if (settled()) toasts.show(t("meeting.joined", { name }));
      }),
      meeting.on("participant-left", ({ name }) => {
        if (settled()) toasts.show(t("meeting.left", { name }));
      }),
      meeting.breakouts.on("change", () => (settledAt = Date.now() + SETTLE_MILLIS)),
      meeting.breakouts.on("moved", (room) => {
        const text = room ? "breakouts.movedTo" : "breakouts.movedBack";
        void loadMore().then(() => toasts.show(t(text, { room: room?.name })));
      }),
      meeting.breakouts.on("announcement", ({ text, name }) => {
        const said = name ? "breakouts.said" : "breakouts.saidHost";
        void loadMore().then(() => toasts.show(t(said, { text, name })));
      }),
      meeting.on("participants", (people) => {
        for (const { id, name, hand, self } of people) {
          if (hand && !self && !hands.has(id)) toasts.show(t("meeting.raised", { name }));
          if (hand) hands.add(id);
          else hands.delete(id);
        }
      }),
      meeting.on("act", (act) => {
        if (act.act !== "reaction" || !act.reaction) return;
        const reaction = t(`meeting.reaction.${act.reaction}`, { defaultValue: "" });
        const name = act.from === meeting.participantId ? t("meeting.you") : nameOf(act.from);
        if (reaction) toasts.show(t("meeting.reacted", { name, reaction }));
      }),
      meeting.polls.on("poll", ({ question }) => {
        void loadMore().then(() => toasts.show(t("polls.new", { question })));
      }),
      meeting.on("muted", ({ source, muted, by }) => {
        if (muted && !by) toasts.show(t("meeting.mayNotSend"));
        else if (!muted) toasts.show(t("meeting.unmuteAsked"));
        else if (source === "microphone") toasts.show(t("meeting.mutedBy"));
        else if (source === "camera") toasts.show(t("meeting.cameraOffBy"));
      }),
      meeting.host.on("locked", (locked) => toasts.show(t(locked ? "meeting.locked" : "meeting.unlocked"))),
      meeting.host.on("waiting", (waiting) => {
        const last = waiting.at(-1);
        if (last) toasts.show(t("people.waitsNow", { name: last.display_name }));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [meeting, t]);
}
