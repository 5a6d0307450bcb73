import type { ReceiptFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import type { Ledger } from "./ledger";

const RECEIPT_MILLIS = 300;
/** Behind that many the server's count is shown. */
const COUNTED_HERE = 1_000;

/** How far this person has read one conversation, on whichever device, and telling the others how far messages came. */
export class Reading {
  private readTo = 0;
  private counted = 0;
  private receipt: { delivered: number; read: number; timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(
    private readonly conversationId: string,
    private readonly socket: SignalingSocket,
    private readonly ledger: Ledger,
  ) {}

  /** The number of the last message that was read. */
  get seq(): number {
    return this.readTo;
  }

  /** Messages of others that were not read. 1000 means that many or more. */
  unread(selfId: string): number {
    const last = this.ledger.lastSeq;
    if (this.ledger.known === undefined || last - this.readTo > COUNTED_HERE) return this.counted;
    let count = 0;
    for (let seq = last; seq > this.readTo; seq--) {
      const message = this.ledger.find(seq);
      if (!message) return this.counted;
      if (message.author.user_id !== selfId && !message.recalled_at) count += 1;
    }
    return count;
  }

  /** Takes how far this person had read and how many were left, as the server says it. */
  inform(readSeq: number, lastSeq: number, unread: number | undefined): void {
    this.readTo = Math.max(this.readTo, readSeq);
    if (unread !== undefined) this.counted = this.readTo >= lastSeq ? 0 : unread;
  }

  /** Somebody else wrote the message of this number. */
  count(seq: number): void {
    if (seq > this.readTo) this.counted += 1;
  }

  /** This person wrote the message of this number: whoever read up to it has read it too. */
  wrote(seq: number): void {
    if (seq === this.readTo + 1) this.readTo = seq;
  }

  /** Notes that everything up to this message was read. @returns whether it was not before */
  read(seq: number): boolean {
    if (seq <= this.readTo) return false;
    this.readTo = seq;
    if (seq >= this.ledger.lastSeq) this.counted = 0;
    this.acknowledge(seq, seq);
    return true;
  }

  /** Takes what was read on another device of this person. @returns whether it is news */
  hear(frame: ReceiptFrame): boolean {
    if (frame.read_seq < this.readTo) return false;
    this.readTo = frame.read_seq;
    if (frame.unread !== undefined) this.counted = frame.unread;
    return true;
  }

  /** The message of this number came here. */
  delivered(seq: number): void {
    this.acknowledge(seq, 0);
  }

  /** The connection is back: tells what could not be told. */
  resume(): void {
    if (this.receipt) this.acknowledge(0, 0);
  }

  close(): void {
    clearTimeout(this.receipt?.timer);
  }

  /** Tells in a moment how far messages came, and all of it at once; what could not be told is told when the connection is back. */
  private acknowledge(delivered: number, read: number): void {
    clearTimeout(this.receipt?.timer);
    const marks = {
      delivered: Math.max(this.receipt?.delivered ?? 0, delivered),
      read: Math.max(this.receipt?.read ?? 0, read),
    };
    const timer = setTimeout(() => {
      this.socket
        .command({
          type: "receipt",
          conversation_id: this.conversationId,
          ...(marks.delivered ? { delivered: marks.delivered } : {}),
          ...(marks.read ? { read: marks.read } : {}),
        })
        .then(() => {
          if (this.receipt?.timer === timer) this.receipt = undefined;
        })
        .catch(() => undefined);
    }, RECEIPT_MILLIS);
    this.receipt = { ...marks, timer };
  }
}
