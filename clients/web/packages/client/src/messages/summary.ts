import type { ChangeRecord, ConversationRecord, MessageRecord } from "../rest/records";
import type { ReceiptFrame } from "../signaling/frames";

/** What lists show of one conversation, kept up to date between two answers of the server. */
export class Summary {
  private info: ConversationRecord | undefined;

  /** Undefined before the server has said anything. */
  get record(): ConversationRecord | undefined {
    return this.info;
  }

  /** Takes what the server says. @returns whether it is not older than what was known */
  inform(record: ConversationRecord): boolean {
    const { info } = this;
    const newest = info && info.last_change > record.last_change ? info : record;
    this.info = {
      ...newest,
      ...higher("peer_read_seq", info, record),
      ...higher("peer_delivered_seq", info, record),
    };
    return newest === record;
  }

  /** Takes one thing that happened. @returns the message that it brought, if that is the last one now */
  take(change: ChangeRecord): MessageRecord | undefined {
    const { info } = this;
    if (!info || change.change <= info.last_change) return undefined;
    const { message } = change;
    this.info = {
      ...info,
      last_change: change.change,
      updated_at: change.at,
      ...(change.title !== undefined ? { title: change.title } : {}),
      ...(message && message.seq >= info.last_seq ? { last_seq: message.seq, last_message: message } : {}),
      ...(change.kind === "joined" ? { members: info.members + (change.users?.length ?? 0) } : {}),
      ...(change.kind === "left" ? { members: info.members - (change.users?.length ?? 0) } : {}),
    };
    return message !== undefined && message.seq > info.last_seq ? message : undefined;
  }

  /** How many messages that mention this person are not read, as another device of theirs learnt. */
  mentions(count: number): void {
    if (this.info) this.info = { ...this.info, mentions: count };
  }

  /** Takes how far the other of two people came. */
  hear(frame: ReceiptFrame): void {
    if (this.info?.peer?.user_id !== frame.user_id) return;
    this.info = {
      ...this.info,
      peer_read_seq: Math.max(this.info.peer_read_seq ?? 0, frame.read_seq),
      peer_delivered_seq: Math.max(this.info.peer_delivered_seq ?? 0, frame.delivered_seq),
    };
  }
}

/** Of two marks that only rise the higher. */
function higher(
  mark: "peer_read_seq" | "peer_delivered_seq",
  one: ConversationRecord | undefined,
  other: ConversationRecord,
): Partial<ConversationRecord> {
  const known = Math.max(one?.[mark] ?? -1, other[mark] ?? -1);
  return known < 0 ? {} : { [mark]: known };
}
