import { Conversation } from "../messages/conversation";
import type { Message } from "../messages/message";
import type { Unsent } from "../messages/unsent";
import type { Messages } from "../rest/messages";
import type { SignalingSocket } from "../signaling/socket";

/** A message in a meeting. */
export type ChatMessage = Message;

/**
 * The chat of one meeting, or of one of its breakout rooms, which is a conversation: what was written before one came is there too, as is what was
 * missed while the connection was away. What is written meanwhile is kept and sent when it returns.
 */
export class Chat extends Conversation {
  constructor(
    socket: SignalingSocket,
    room: string,
    api: Messages,
    self: { userId: () => string; name: () => string },
    newId?: () => string,
    breakout?: string,
    unsent?: Unsent,
  ) {
    super({
      id: breakout ? `m_${room}.${breakout}` : `m_${room}`,
      socket,
      api,
      self,
      room,
      ...(newId ? { newId } : {}),
      ...(unsent ? { unsent } : {}),
    });
    socket.on("frame", (frame) => void this.hear(frame));
    socket.on("state", (state) => {
      if (state === "open") void this.resume();
    });
    socket.on("moved", () => void this.resume());
  }

  /** Who this person is became known. */
  override identify(): void {
    super.identify();
  }
}
