import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import { MAX_CHAT_CHARS, type ChatFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";

export interface ChatMessage {
  /** Unique in the meeting; stays the same from sending to delivery. */
  readonly id: string;
  readonly from: string;
  readonly name: string;
  readonly text: string;
  readonly at: Date;
  readonly own: boolean;
  /** `waiting` = not sent yet, it goes as soon as the connection is back. */
  readonly state: "waiting" | "sent" | "failed";
  /** Order in the room; undefined while waiting. */
  readonly seq: number | undefined;
}

export interface ChatEvents {
  /** Somebody else wrote. */
  message: ChatMessage;
  /** {@link Chat.messages} changed. */
  change: readonly ChatMessage[];
}

/** The chat of one meeting. What is written while the connection is away is kept and sent when it returns. */
export class Chat extends Emitter<ChatEvents> {
  private list: ChatMessage[] = [];

  constructor(
    private readonly socket: SignalingSocket,
    private readonly room: string,
    private readonly self: { userId: () => string; name: () => string },
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    super();
    socket.on("frame", (frame) => {
      if (frame.type === "chat") this.receive(frame);
    });
    socket.on("state", (state) => {
      if (state === "open")
        for (const message of this.list) if (message.state === "waiting") void this.post(message);
    });
  }

  get messages(): readonly ChatMessage[] {
    return this.list;
  }

  /** Sends text; resolves when the server has it, or at once with a waiting message while offline. */
  async send(text: string): Promise<ChatMessage> {
    const trimmed = text.trim();
    if (trimmed.length === 0 || trimmed.length > MAX_CHAT_CHARS) {
      throw new ParleyError("chat.length", `a message has 1 to ${MAX_CHAT_CHARS} characters`);
    }
    const message: ChatMessage = {
      id: this.newId(),
      from: this.self.userId(),
      name: this.self.name(),
      text: trimmed,
      at: new Date(),
      own: true,
      state: "waiting",
      seq: undefined,
    };
    this.update([...this.list, message]);
    await this.post(message);
    return this.list.find((candidate) => candidate.id === message.id) ?? message;
  }

  private async post(message: ChatMessage): Promise<void> {
    try {
      const seq = await this.socket.send({
        type: "chat",
        room_id: this.room,
        text: message.text,
        client_msg_id: message.id,
      });
      this.patch(message.id, { state: "sent", seq });
    } catch (thrown) {
      const code = asParleyError(thrown).code;
      if (code !== "signal.offline" && code !== "signal.timeout") this.patch(message.id, { state: "failed" });
    }
  }

  private receive(frame: ChatFrame): void {
    const id = frame.client_msg_id ?? `${frame.room_id}/${frame.seq}`;
    if (this.list.some((message) => message.id === id)) {
      return this.patch(id, { state: "sent", seq: frame.seq, at: new Date(frame.at) });
    }
    const message: ChatMessage = {
      id,
      from: frame.from,
      name: frame.display_name ?? frame.from,
      text: frame.text,
      at: new Date(frame.at),
      own: frame.from === this.self.userId(),
      state: "sent",
      seq: frame.seq,
    };
    this.update([...this.list, message]);
    if (!message.own) this.emit("message", message);
  }

  private patch(id: string, patch: Partial<ChatMessage>): void {
    this.update(this.list.map((message) => (message.id === id ? { ...message, ...patch } : message)));
  }

  /** Frames come in no order: `seq` is the order, and what waits comes last. */
  private update(list: ChatMessage[]): void {
    this.list = list.sort(
      (a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.at.getTime() - b.at.getTime(),
    );
    this.list = [...this.list];
    this.emit("change", this.list);
  }
}
