import {
  asParleyError,
  type Conversation,
  type Conversations,
  type MemberRecord,
  type ParleyError,
} from "@parley/client";
import { Avatar, Button, IconButton, Menu, type MenuAction } from "@parley/ui";
import { ArrowLeft, EllipsisVertical, LogOut, MessageSquare, Pencil, Users, Video } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Thread } from "../chat/Thread";
import { Link, navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import { LeaveDialog, MembersDialog, RenameDialog } from "./GroupDialogs";
import styles from "./chats.module.css";
import { titleOf } from "./titles";

interface ChatThreadProps {
  id: string;
  conversations: Conversations;
  goTo: number | undefined;
}

/** The chat that is open, or that there is none. */
export function ChatThread({ id, conversations, goTo }: ChatThreadProps) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<ParleyError>();
  const conversation = conversations.find(id);
  const missing = conversation === undefined && conversations.loaded;
  useEffect(() => {
    if (!missing) return;
    conversations.open(id).catch((error: unknown) => setFailure(asParleyError(error)));
  }, [conversations, id, missing]);

  if (conversation) return <Open conversation={conversation} conversations={conversations} goTo={goTo} />;
  if (!failure) return null;
  return (
    <div className={styles["pick"]} role="alert">
      <strong>{t("chats.notFound")}</strong>
      <span>
        {failure.code === "conversation.not_found" ? t("chats.notFoundText") : explain(t, failure).text}
      </span>
      <Button onPress={() => navigate("/chats")}>{t("chats.back")}</Button>
    </div>
  );
}

function Open({
  conversation,
  conversations,
  goTo,
}: {
  conversation: Conversation;
  conversations: Conversations;
  goTo: number | undefined;
}) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<"members" | "rename" | "leave">();
  const { record } = conversation;
  const kind = record?.kind;
  const title = titleOf(t, conversation);
  const members = useMembers(conversation);
  const people = useMemo(
    () =>
      members
        .filter(({ person }) => person.name)
        .map(({ person }) => ({
          id: person.user_id,
          name: person.name!,
          self: person.user_id === parley.account.user?.id,
        })),
    [members],
  );
  const leave = () => {
    setDialog(undefined);
    conversations.leave(conversation).then(
      () => navigate("/chats"),
      (error: unknown) => toasts.show(explain(t, error).text, "danger"),
    );
  };
  const icon = { size: 16, "aria-hidden": true } as const;
  const actions: MenuAction[] = [
    {
      id: "members",
      label: t("chats.members"),
      icon: <Users {...icon} />,
      onAction: () => setDialog("members"),
    },
    ...(record?.role === "owner"
      ? [
          {
            id: "rename",
            label: t("chats.rename"),
            icon: <Pencil {...icon} />,
            onAction: () => setDialog("rename"),
          },
        ]
      : []),
    {
      id: "leave",
      label: t("chats.leave"),
      icon: <LogOut {...icon} />,
      danger: true,
      onAction: () => setDialog("leave"),
    },
  ];
  const presence = record?.peer ? conversations.presenceOf(record.peer.user_id) : undefined;
  return (
    <>
      <header className={styles["about"]}>
        <span className={styles["back"]}>
          <IconButton label={t("chats.back")} tooltip={false} onPress={() => navigate("/chats")}>
            <ArrowLeft size={20} aria-hidden="true" />
          </IconButton>
        </span>
        {kind === "meeting" ? null : <Avatar name={title} picture={record?.peer?.avatar} />}
        <span className={styles["name"]}>
          <h2>{title}</h2>
          <small>
            {kind === "group"
              ? t("chats.members", { count: record?.members ?? 0 })
              : kind === "meeting"
                ? t("chats.ofMeeting")
                : presence
                  ? t(presence === "offline" ? "chats.offlinePerson" : `chats.${presence}`)
                  : ""}
          </small>
        </span>
        {kind === "group" ? (
          <Menu label={t("chats.options")} actions={actions}>
            <IconButton label={t("chats.options")} tooltip={false}>
              <EllipsisVertical size={20} aria-hidden="true" />
            </IconButton>
          </Menu>
        ) : null}
        {kind === "meeting" && record?.meeting_id ? (
          <Link to={`/m/${record.meeting_id}`} className={styles["meetingLink"] ?? ""}>
            <Video size={18} aria-hidden="true" />
            {t("chats.openMeeting")}
          </Link>
        ) : null}
      </header>
      <Thread
        conversation={conversation}
        people={people}
        placeholder={t("chats.write", { name: title })}
        mayWrite={kind !== "meeting" && !record?.peer?.deleted}
        readOnly={t(kind === "meeting" ? "chats.writeInMeeting" : "errors.conversation_peer_gone")}
        mayAttach
        moderates={false}
        goTo={goTo}
        empty={
          <>
            <MessageSquare size={28} aria-hidden="true" />
            <strong>{t("chats.emptyThread")}</strong>
            <span>{t("chats.emptyThreadText")}</span>
          </>
        }
      />
      {dialog === "members" ? (
        <MembersDialog
          conversation={conversation}
          conversations={conversations}
          members={members}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog === "rename" ? (
        <RenameDialog conversation={conversation} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === "leave" ? (
        <LeaveDialog title={title} onLeave={leave} onClose={() => setDialog(undefined)} />
      ) : null}
    </>
  );
}

function useMembers(conversation: Conversation): readonly MemberRecord[] {
  const [members, setMembers] = useState<readonly MemberRecord[]>([]);
  useEffect(() => {
    let gone = false;
    const look = () => {
      conversation.members().then(
        (found) => !gone && setMembers(found),
        () => undefined,
      );
    };
    look();
    const stop = conversation.on("members", look);
    return () => {
      gone = true;
      stop();
    };
  }, [conversation]);
  return members;
}
