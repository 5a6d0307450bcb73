import type { EndOfMeeting, Meeting, ParticipantRecord } from "@parley/client";
import { asParleyError } from "@parley/client";
import { lazy, Suspense, useCallback, useEffect, useReducer, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { withChat } from "../chat/texts";
import { withFiles } from "../files/texts";
import { withMore } from "../i18n/more";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";
import { ConnectionNotice } from "./ConnectionNotice";
import { ControlBar } from "./ControlBar";
import { DevicesDialog, ShortcutsDialog } from "./Dialogs";
import styles from "./meeting.module.css";
import { Stage } from "./Stage";
import { useChat, useMeeting, useNews } from "./useMeeting";
import { useShortcuts } from "./useShortcuts";

const ChatPanel = lazy(() => withChat(import("./ChatPanel")));
const PeoplePanel = lazy(() => withMore(import("./PeoplePanel")));
const PollsPanel = lazy(() => withMore(import("./PollsPanel")));

const BreakoutsPanel = lazy(() => withMore(import("./BreakoutsPanel")));
const InboxNotice = lazy(() => withFiles(import("../files/InboxNotice")));
const BreakoutNotice = lazy(() => withMore(import("./BreakoutNotice")));

type PanelName = "chat" | "people" | "polls" | "breakouts" | undefined;

export default function MeetingPage({
  meeting,
  onEnd,
}: {
  meeting: Meeting;
  onEnd: (end: EndOfMeeting) => void;
}) {
  const { t } = useTranslation();
  const state = useMeeting(meeting, onEnd);
  const [panel, setPanel] = useState<PanelName>();
  const [layout, setLayout] = useState<"grid" | "speaker">("grid");
  const [pinned, setPinned] = useState<string>();
  const [dialog, setDialog] = useState<"shortcuts" | "devices">();
  const [talking, setTalking] = useState(false);
  const narrow = useNarrow();
  const user = useUser();
  const waiting = useLobby(meeting, meeting.may("admit"));
  const unread = useUnread(meeting);
  useNews(meeting, panel === "chat");
  // Who loses the network is to read that they did.
  useEffect(() => void withMore(import("../after/LeavePage")).catch(() => undefined), []);

  useEffect(() => {
    document.title = `${meeting.title} · Parley`;
    return () => void (document.title = "Parley");
  }, [meeting]);

  // Menus and dialogs stand beside the page, not in it, and are as dark as the stage.
  useEffect(() => {
    document.body.dataset["theme"] = "dark";
    return () => void delete document.body.dataset["theme"];
  }, []);

  const attempt = (act: Promise<unknown>) => {
    act.catch((error: unknown) => {
      if (asParleyError(error).code !== "device.cancelled") toasts.show(explain(t, error).text, "danger");
    });
  };
  const toggle = (name: PanelName) => () => setPanel((open) => (open === name ? undefined : name));
  const closePanel = useCallback(() => setPanel(undefined), []);
  const acts = {
    microphone: () => attempt(meeting.setMicrophone(!state.microphoneOn)),
    camera: () => attempt(meeting.setCamera(!state.cameraOn)),
    share: () => attempt(state.sharing ? meeting.stopSharing() : meeting.share()),
    hand: () => meeting.raiseHand(!state.hand),
    chat: toggle("chat"),
    people: toggle("people"),
    polls: toggle("polls"),
    breakouts: toggle("breakouts"),
    layout: () => setLayout(layout === "grid" ? "speaker" : "grid"),
    fullscreen: () =>
      attempt(
        document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
      ),
    help: () => setDialog("shortcuts"),
    devices: () => setDialog("devices"),
    leave: () => void meeting.leave(),
    endForAll: () => attempt(meeting.host.end()),
    talking: setTalking,
  };
  useShortcuts(meeting, acts);

  return (
    <div className={styles["page"]} data-theme="dark" data-panel={panel}>
      <main className={styles["main"]} aria-label={t("meeting.stage")}>
        <h1 className="visually-hidden">{meeting.title}</h1>
        <Stage
          meeting={meeting}
          state={state}
          layout={layout}
          pinned={pinned}
          onPin={setPinned}
          onPeople={() => setPanel("people")}
        />
        <ConnectionNotice meeting={meeting} state={state} />
        {state.breakouts ? (
          <Suspense fallback={null}>
            <BreakoutNotice meeting={meeting} onOpen={() => setPanel("breakouts")} />
          </Suspense>
        ) : null}
        {talking ? <p className={styles["talking"]}>{t("meeting.pushToTalk")}</p> : null}
      </main>
      {panel ? (
        <Suspense fallback={null}>
          {panel === "chat" ? (
            <ChatPanel meeting={meeting} participants={state.participants} onClose={closePanel} />
          ) : panel === "breakouts" ? (
            <BreakoutsPanel meeting={meeting} participants={state.participants} onClose={closePanel} />
          ) : panel === "polls" ? (
            <PollsPanel meeting={meeting} onClose={closePanel} />
          ) : (
            <PeoplePanel
              meeting={meeting}
              participants={state.participants}
              waiting={waiting}
              locked={state.locked}
              onClose={closePanel}
            />
          )}
        </Suspense>
      ) : null}
      <ControlBar
        meeting={meeting}
        state={state}
        acts={acts}
        panel={panel}
        unread={panel === "chat" ? 0 : unread}
        waiting={waiting.length}
        layout={layout}
        narrow={narrow}
      />
      {user ? (
        <Suspense fallback={null}>
          <InboxNotice />
        </Suspense>
      ) : null}
      <ShortcutsDialog isOpen={dialog === "shortcuts"} onClose={() => setDialog(undefined)} />
      <DevicesDialog meeting={meeting} isOpen={dialog === "devices"} onClose={() => setDialog(undefined)} />
    </div>
  );
}

function useNarrow(): boolean {
  const query = "(max-width: 719px)";
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

function useLobby(meeting: Meeting, admits: boolean): readonly ParticipantRecord[] {
  const [waiting, setWaiting] = useState<readonly ParticipantRecord[]>([]);
  useEffect(() => {
    if (!admits) return setWaiting([]);
    const stopWatching = meeting.host.watchLobby();
    const stopListening = meeting.host.on("waiting", setWaiting);
    return () => {
      stopWatching();
      stopListening();
    };
  }, [meeting, admits]);
  return waiting;
}

function useUnread(meeting: Meeting): number {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const chat = useChat(meeting);
  useEffect(() => chat.on("change", render), [chat]);
  return chat.unread;
}
