import { delay } from "../backoff";
import { SUBPROTOCOL, TICKET_PREFIX, type ServerFrame } from "./frames";
import type { SocketTicket } from "./socket";

export interface LobbyOptions {
  ticket: () => Promise<SocketTicket>;
  WebSocket?: new (url: string, protocols: string[]) => WebSocket;
}

/**
 * Hears what the lobby decides, over a socket for no room, so that whoever waits comes in at once. It only hurries: who waits asks now and
 * then as well, and a socket that does not come is not missed.
 */
export class LobbyEar {
  private socket: WebSocket | undefined;
  private wake: (() => void) | undefined;
  private decided = false;
  private closed = false;

  constructor(
    private readonly room: string,
    private readonly options: LobbyOptions,
  ) {}

  async open(): Promise<void> {
    try {
      const { url, ticket } = await this.options.ticket();
      if (this.closed) return;
      const Socket = this.options.WebSocket ?? globalThis.WebSocket;
      const socket = new Socket(url, [SUBPROTOCOL, TICKET_PREFIX + ticket]);
      this.socket = socket;
      socket.onmessage = (event) => this.hear(event.data);
    } catch {
      // Asking now and then goes on.
    }
  }

  /** Waits so long, or until a host has decided. */
  async next(millis: number, signal?: AbortSignal): Promise<void> {
    if (!this.decided) {
      const heard = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([delay(millis, signal), heard]);
    }
    this.decided = false;
  }

  close(): void {
    this.closed = true;
    this.socket?.close(1000);
  }

  private hear(data: unknown): void {
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(data)) as ServerFrame;
    } catch {
      return;
    }
    if ((frame.type !== "admitted" && frame.type !== "denied") || frame.room_id !== this.room) return;
    this.decided = true;
    this.wake?.();
  }
}
