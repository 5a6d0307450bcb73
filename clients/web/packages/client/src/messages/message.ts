import type { ParleyError } from "../errors";
import type { AttachmentRecord, ChangeRecord, MessageRecord } from "../rest/records";
import type { ChatFrame } from "../signaling/frames";

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly users: readonly string[];
  /** Whether this person reacted so. */
  readonly own: boolean;
}

/** A message as it is now. Immutable: a change makes a new object. */
export interface Message {
  /** Unique in the conversation; one's own keeps it from sending to delivery. */
  readonly id: string;
  readonly from: string;
  readonly name: string;
  readonly picture: string | undefined;
  /** The author's account is gone. */
  readonly deleted: boolean;
  readonly text: string;
  readonly at: Date;
  readonly own: boolean;
  /** `sending` = not with the server yet; it goes by itself as soon as the connection is back. */
  readonly state: "sending" | "sent" | "failed";
  /** Why it was not sent. */
  readonly error: ParleyError | undefined;
  /** Order in the conversation; undefined until it is sent. */
  readonly seq: number | undefined;
  /** The number of the message it answers. */
  readonly replyTo: number | undefined;
  /** Ids of people. */
  readonly mentions: readonly string[];
  readonly attachments: readonly AttachmentRecord[];
  /** Files on their way: the message goes when they are there. */
  readonly uploads: readonly Attaching[];
  readonly reactions: readonly Reaction[];
  readonly edited: boolean;
  /** It was taken back: there is no text any more. */
  readonly recalled: boolean;
  /** Who took it back. */
  readonly recalledBy: string | undefined;
}

/** A file that is to go with a message, as `Files.upload` makes it. */
export interface Attaching {
  readonly name: string;
  readonly size: number;
  readonly state: string;
  readonly file:
    { file_id: string; name: string; size: number; type?: string; declared_type?: string } | undefined;
  readonly done: Promise<unknown>;
  retry(): void;
  cancel(): void;
}

/** What may go with a text. */
export interface SendOptions {
  /** Files, which may be on their way still; one that is cancelled is left out. With files a text may be empty. */
  files?: readonly Attaching[];
  /** The number of the message it answers. */
  replyTo?: number;
  /** Ids of people in the conversation. */
  mentions?: readonly string[];
}

/** A message of this device that the server does not have yet. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly at: Date;
  options: SendOptions;
  /** Files of it that were with the server before the page was loaded. */
  readonly attachments: readonly AttachmentRecord[];
  /** Its files are there. */
  gathered: boolean;
  attempts: number;
  error: ParleyError | undefined;
  /** Told once the first attempt has an end. */
  settle: () => void;
}

export function messageOf(record: MessageRecord, selfId: string): Message {
  const { author } = record;
  const own = author.user_id === selfId;
  return {
    id: own && record.client_msg_id ? record.client_msg_id : `#${record.seq}`,
    from: author.user_id,
    name: author.name ?? "",
    picture: author.avatar || undefined,
    deleted: author.deleted === true,
    text: record.text ?? "",
    at: new Date(record.at),
    own,
    state: "sent",
    error: undefined,
    seq: record.seq,
    replyTo: record.reply_to,
    mentions: record.mentions ?? [],
    attachments: record.attachments ?? [],
    uploads: [],
    reactions: (record.reactions ?? []).map(({ emoji, count, users }) => ({
      emoji,
      count,
      users,
      own: users.includes(selfId),
    })),
    edited: record.edited_at !== undefined,
    recalled: record.recalled_at !== undefined,
    recalledBy: record.recalled_by,
  };
}

/** What a message says of its files, those that are with the server. */
export function attachmentsOf({ attachments, options }: Outgoing): AttachmentRecord[] {
  const added = (options.files ?? []).flatMap(({ file }) =>
    file
      ? [
          {
            file_id: file.file_id,
            name: file.name,
            size: file.size,
            type: file.type ?? file.declared_type ?? "application/octet-stream",
          },
        ]
      : [],
  );
  return [...attachments, ...added];
}

export function outgoingMessage(outgoing: Outgoing, self: { id: string; name: string }): Message {
  return {
    id: outgoing.id,
    from: self.id,
    name: self.name,
    picture: undefined,
    deleted: false,
    text: outgoing.text,
    at: outgoing.at,
    own: true,
    state: outgoing.error ? "failed" : "sending",
    error: outgoing.error,
    seq: undefined,
    replyTo: outgoing.options.replyTo,
    mentions: outgoing.options.mentions ?? [],
    attachments: outgoing.attachments,
    uploads: outgoing.options.files ?? [],
    reactions: [],
    edited: false,
    recalled: false,
    recalledBy: undefined,
  };
}

/** What was sent, as the server has it now that it gave it its numbers. */
export function recordOf(
  outgoing: Outgoing,
  kept: Pick<MessageRecord, "conversation_id" | "seq" | "change" | "author">,
): MessageRecord {
  const { replyTo, mentions } = outgoing.options;
  const attachments = attachmentsOf(outgoing);
  return {
    ...kept,
    at: outgoing.at.toISOString(),
    text: outgoing.text,
    client_msg_id: outgoing.id,
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(mentions?.length ? { mentions: [...mentions] } : {}),
    ...(attachments.length ? { attachments } : {}),
  };
}

/** A new message of a meeting, as the change that it is. */
export function changeOf(frame: ChatFrame, conversationId: string): ChangeRecord {
  const author = { user_id: frame.from, name: frame.display_name ?? "" };
  const change = frame.change ?? frame.seq;
  return {
    conversation_id: conversationId,
    change,
    kind: "sent",
    by: author,
    at: frame.at,
    seq: frame.seq,
    message: {
      conversation_id: conversationId,
      seq: frame.seq,
      change,
      author,
      at: frame.at,
      text: frame.text,
      ...(frame.client_msg_id ? { client_msg_id: frame.client_msg_id } : {}),
      ...(frame.reply_to === undefined ? {} : { reply_to: frame.reply_to }),
      ...(frame.mentions ? { mentions: frame.mentions } : {}),
      ...(frame.attachments ? { attachments: frame.attachments } : {}),
    },
  };
}
