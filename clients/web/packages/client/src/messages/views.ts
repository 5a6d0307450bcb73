import type { MessageRecord } from "../rest/records";
import { messageOf, outgoingMessage, type Message, type Outgoing } from "./message";

/** Messages as they are shown to this person. One that did not change stays the same object. */
export class Views {
  private readonly known = new WeakMap<MessageRecord, { self: string; message: Message }>();

  constructor(private readonly self: { userId: () => string; name: () => string }) {}

  of(record: MessageRecord): Message {
    const self = this.self.userId();
    const had = this.known.get(record);
    if (had?.self === self) return had.message;
    const message = messageOf(record, self);
    this.known.set(record, { self, message });
    return message;
  }

  /** Those that the server has, and behind them those that it does not have yet. */
  all(records: readonly MessageRecord[], waiting: readonly Outgoing[]): readonly Message[] {
    const self = { id: this.self.userId(), name: this.self.name() };
    return [...records.map((record) => this.of(record)), ...waiting.map((one) => outgoingMessage(one, self))];
  }
}
