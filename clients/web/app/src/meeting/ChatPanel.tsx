import type { Meeting, Participant } from "@parley/client";
import { MessageSquare } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Thread } from "../chat/Thread";
import { useUser } from "../system/parley";
import { Panel } from "./Panel";
import { useChat } from "./useMeeting";

interface ChatPanelProps {
  meeting: Meeting;
  participants: readonly Participant[];
  onClose: () => void;
}

/** The meeting's chat, with what was written before one came. */
export default function ChatPanel({ meeting, participants, onClose }: ChatPanelProps) {
  const { t } = useTranslation();
  const chat = useChat(meeting);
  const user = useUser();
  const people = useMemo(
    () => participants.map(({ userId, name, self }) => ({ id: userId, name, self })),
    [participants],
  );
  return (
    <Panel title={t("chat.title")} onClose={onClose}>
      <Thread
        key={chat.id}
        conversation={chat}
        people={people}
        placeholder={t("chat.write")}
        mayWrite={meeting.may("chat")}
        readOnly={t("chat.readOnly")}
        mayAttach={user !== undefined}
        moderates={meeting.may("moderate")}
        empty={
          <>
            <MessageSquare size={28} aria-hidden="true" />
            <strong>{t("chat.empty")}</strong>
            <span>{t("chat.emptyText")}</span>
          </>
        }
      />
    </Panel>
  );
}
