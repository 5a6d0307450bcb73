import type { Meeting } from "@parley/client";
import { IconButton, Menu, type MenuAction } from "@parley/ui";
import {
  BarChart3,
  EllipsisVertical,
  Hand,
  Keyboard,
  LayoutGrid,
  Maximize,
  MessageSquare,
  Mic,
  MicOff,
  Minimize,
  PhoneOff,
  RectangleHorizontal,
  ScreenShare,
  ScreenShareOff,
  Settings,
  Smile,
  Split,
  Users,
  Video,
  VideoOff,
} from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import styles from "./meeting.module.css";
import type { MeetingState } from "./useMeeting";

export interface ControlActs {
  microphone: () => void;
  camera: () => void;
  share: () => void;
  hand: () => void;
  chat: () => void;
  people: () => void;
  polls: () => void;
  breakouts: () => void;
  layout: () => void;
  fullscreen: () => void;
  help: () => void;
  devices: () => void;
  leave: () => void;
  endForAll: () => void;
}

interface ControlBarProps {
  meeting: Meeting;
  state: MeetingState;
  acts: ControlActs;
  panel: "chat" | "people" | "polls" | "breakouts" | undefined;
  unread: number;
  waiting: number;
  layout: "grid" | "speaker";
  narrow: boolean;
}

const REACTIONS = ["applause", "agree", "laugh", "surprise", "thanks"] as const;
const canShare = () => typeof navigator.mediaDevices?.getDisplayMedia === "function";

export function ControlBar({
  meeting,
  state,
  acts,
  panel,
  unread,
  waiting,
  layout,
  narrow,
}: ControlBarProps) {
  const { t } = useTranslation();
  const { microphoneOn, cameraOn, sharing, hand } = state;
  const full = document.fullscreenElement !== null;
  const icon = { size: 22, "aria-hidden": true } as const;
  const small = { size: 18, "aria-hidden": true } as const;
  const reactions: MenuAction[] = REACTIONS.map((reaction) => ({
    id: reaction,
    label: t(`meeting.reaction.${reaction}`),
    onAction: () => meeting.react(reaction),
  }));
  const more: MenuAction[] = [
    ...(narrow
      ? [
          { id: "people", label: t("meeting.people"), icon: <Users {...small} />, onAction: acts.people },
          {
            id: "hand",
            label: t(hand ? "meeting.lowerHand" : "meeting.hand"),
            icon: <Hand {...small} />,
            onAction: acts.hand,
          },
          ...(canShare()
            ? [
                {
                  id: "share",
                  label: t(sharing ? "meeting.stopShare" : "meeting.share"),
                  icon: sharing ? <ScreenShareOff {...small} /> : <ScreenShare {...small} />,
                  onAction: acts.share,
                },
              ]
            : []),
        ]
      : []),
    {
      id: "layout",
      label: t(layout === "grid" ? "meeting.speaker" : "meeting.grid"),
      icon: layout === "grid" ? <RectangleHorizontal {...small} /> : <LayoutGrid {...small} />,
      onAction: acts.layout,
    },
    {
      id: "full",
      label: t(full ? "meeting.exitFullscreen" : "meeting.fullscreen"),
      icon: full ? <Minimize {...small} /> : <Maximize {...small} />,
      onAction: acts.fullscreen,
    },
    { id: "polls", label: t("meeting.polls"), icon: <BarChart3 {...small} />, onAction: acts.polls },
    ...(meeting.may("breakouts") || state.breakouts
      ? [
          {
            id: "breakouts",
            label: t("meeting.breakouts"),
            icon: <Split {...small} />,
            onAction: acts.breakouts,
          },
        ]
      : []),
    { id: "devices", label: t("meeting.settings"), icon: <Settings {...small} />, onAction: acts.devices },
    ...(narrow
      ? []
      : [
          {
            id: "help",
            label: t("meeting.shortcuts"),
            icon: <Keyboard {...small} />,
            onAction: acts.help,
          },
        ]),
  ];
  const leaving: MenuAction[] = [
    { id: "leave", label: t("meeting.leaveOnly"), onAction: acts.leave },
    { id: "end", label: t("meeting.endForAll"), danger: true, onAction: acts.endForAll },
  ];
  return (
    <footer className={styles["bar"]}>
      <div className={styles["barLeft"]}>
        <Clock />
        <span className={styles["barTitle"]}>{meeting.title}</span>
      </div>
      <div className={styles["barMiddle"]} role="toolbar" aria-label={t("meeting.controls")}>
        <IconButton
          size="large"
          label={t(microphoneOn ? "meeting.mute" : "meeting.unmute")}
          shortcut="Ctrl+D"
          variant={microphoneOn ? "control" : "off"}
          onPress={acts.microphone}
        >
          {microphoneOn ? <Mic {...icon} /> : <MicOff {...icon} />}
        </IconButton>
        <IconButton
          size="large"
          label={t(cameraOn ? "meeting.cameraOff" : "meeting.cameraOn")}
          shortcut="Ctrl+E"
          variant={cameraOn ? "control" : "off"}
          onPress={acts.camera}
        >
          {cameraOn ? <Video {...icon} /> : <VideoOff {...icon} />}
        </IconButton>
        {canShare() && !narrow ? (
          <IconButton
            size="large"
            label={t(sharing ? "meeting.stopShare" : "meeting.share")}
            variant={sharing ? "on" : "control"}
            onPress={acts.share}
          >
            {sharing ? <ScreenShareOff {...icon} /> : <ScreenShare {...icon} />}
          </IconButton>
        ) : null}
        <Menu label={t("meeting.reactions")} actions={reactions}>
          <IconButton size="large" variant="control" label={t("meeting.reactions")} tooltip={false}>
            <Smile {...icon} />
          </IconButton>
        </Menu>
        {narrow ? null : (
          <IconButton
            size="large"
            label={t(hand ? "meeting.lowerHand" : "meeting.hand")}
            shortcut="H"
            variant={hand ? "on" : "control"}
            pressed={hand}
            onPress={acts.hand}
          >
            <Hand {...icon} />
          </IconButton>
        )}
        {narrow ? (
          <IconButton
            size="large"
            label={t("meeting.chat")}
            variant={panel === "chat" ? "on" : "control"}
            badge={unread}
            onPress={acts.chat}
          >
            <MessageSquare {...icon} />
          </IconButton>
        ) : null}
        <Menu label={t("meeting.more")} actions={more}>
          <IconButton
            size="large"
            variant="control"
            label={t("meeting.more")}
            tooltip={false}
            badge={narrow ? waiting : undefined}
          >
            <EllipsisVertical {...icon} />
          </IconButton>
        </Menu>
        {meeting.may("end") ? (
          <Menu label={t("meeting.leave")} actions={leaving}>
            <IconButton size="large" variant="danger" label={t("meeting.leave")} tooltip={false}>
              <PhoneOff {...icon} />
            </IconButton>
          </Menu>
        ) : (
          <IconButton size="large" variant="danger" label={t("meeting.leave")} onPress={acts.leave}>
            <PhoneOff {...icon} />
          </IconButton>
        )}
      </div>
      {narrow ? null : (
        <div className={styles["barRight"]}>
          <IconButton
            label={t("meeting.people")}
            shortcut="P"
            size="large"
            variant={panel === "people" ? "on" : "control"}
            pressed={panel === "people"}
            badge={waiting}
            onPress={acts.people}
          >
            <Users {...icon} />
          </IconButton>
          <IconButton
            label={t("meeting.chat")}
            shortcut="C"
            size="large"
            variant={panel === "chat" ? "on" : "control"}
            pressed={panel === "chat"}
            badge={unread}
            onPress={acts.chat}
          >
            <MessageSquare {...icon} />
          </IconButton>
        </div>
      )}
    </footer>
  );
}

function Clock() {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className={styles["clock"]}>
      {now.toLocaleTimeString(localeOf(i18n.language), { hour: "2-digit", minute: "2-digit" })}
    </time>
  );
}
