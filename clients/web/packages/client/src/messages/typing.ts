import type { TypingFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";

export interface Typist {
  readonly userId: string;
  readonly name: string;
}

const AGAIN_MILLIS = 3_000;
const FORGOTTEN_MILLIS = 6_000;

/** Who types in one conversation, and telling the others that this person does. */
export class Typing {
  private readonly now = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  private saidAt = 0;

  constructor(
    private readonly conversationId: string,
    private readonly socket: SignalingSocket,
    private readonly changed: () => void,
  ) {}

  get typists(): readonly Typist[] {
    return [...this.now].map(([userId, { name }]) => ({ userId, name }));
  }

  /** Tells the others, at most once in a while. */
  say(on: boolean): void {
    const now = Date.now();
    if (on ? now - this.saidAt < AGAIN_MILLIS : this.saidAt === 0) return;
    this.saidAt = on ? now : 0;
    this.socket.command({ type: "typing", conversation_id: this.conversationId, on }).catch(() => undefined);
  }

  /** What was typed is sent: nobody needs to be told that it stopped. */
  done(): void {
    this.saidAt = 0;
  }

  hear(frame: TypingFrame): void {
    clearTimeout(this.now.get(frame.user_id)?.timer);
    this.now.delete(frame.user_id);
    if (frame.on) {
      const timer = setTimeout(() => this.forget(frame.user_id), FORGOTTEN_MILLIS);
      this.now.set(frame.user_id, { name: frame.name, timer });
    }
    this.changed();
  }

  forget(userId: string): void {
    const typist = this.now.get(userId);
    if (!typist) return;
    clearTimeout(typist.timer);
    this.now.delete(userId);
    this.changed();
  }

  close(): void {
    for (const { timer } of this.now.values()) clearTimeout(timer);
    this.now.clear();
  }
}
