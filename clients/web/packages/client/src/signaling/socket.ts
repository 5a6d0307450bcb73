import { Backoff } from "../backoff";
import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import { SUBPROTOCOL, TICKET_PREFIX, type AckFrame, type ServerFrame } from "./frames";

/** `waiting` = lost, and waiting to try again. */
export type SocketState = "connecting" | "open" | "waiting" | "closed";

export interface SocketEvents {
  state: SocketState;
  frame: ServerFrame;
}

export interface SocketTicket {
  url: string;
  ticket: string;
}

export interface SocketOptions {
  /** The room to join; without one it hears what is said to this person alone. */
  room?: string;
  /** A fresh ticket for each attempt. Tickets are used once. */
  ticket: () => Promise<SocketTicket>;
  WebSocket?: new (url: string, protocols: string[]) => WebSocket;
  backoff?: Backoff;
  heartbeatMillis?: number;
  ackTimeoutMillis?: number;
  random?: () => number;
}

interface Pending {
  resolve: (ack: AckFrame) => void;
  reject: (error: ParleyError) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** The server closes idle sockets at 10 minutes and every socket at 2 hours. */
const HEARTBEAT_MILLIS = 4 * 60_000;
const ACK_TIMEOUT_MILLIS = 10_000;
/** A socket that is neither open nor refused by then will not come. */
const CONNECT_TIMEOUT_MILLIS = 8_000;
const REFUSED_FOR_GOOD = new Set(["meeting.banned", "meeting.ended", "meeting.not_found", "auth.session"]);

/**
 * A signaling socket, of one meeting or of none: it joins the room, matches acknowledgements to commands by `id`, keeps the
 * connection alive and comes back by itself after a loss. Media does not depend on it.
 */
export class SignalingSocket extends Emitter<SocketEvents> {
  private socket: WebSocket | undefined;
  private current: SocketState = "connecting";
  private readonly pending = new Map<string, Pending>();
  private readonly backoff: Backoff;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private connecting: ReturnType<typeof setTimeout> | undefined;
  private lastId = 0;

  constructor(private readonly options: SocketOptions) {
    super();
    this.backoff = options.backoff ?? new Backoff();
  }

  get state(): SocketState {
    return this.current;
  }

  /** Starts connecting; later losses are healed until {@link close}. */
  open(): void {
    void this.attempt();
  }

  /** Sends a command. Resolves with its number in the room when acknowledged, rejects with the server's code. */
  async send(command: { type: string; [field: string]: unknown }): Promise<number | undefined> {
    return (await this.command(command)).seq;
  }

  /** As {@link send}, with the whole acknowledgement. */
  command(command: { type: string; [field: string]: unknown }): Promise<AckFrame> {
    const socket = this.socket;
    if (!socket || socket.readyState !== 1) {
      return Promise.reject(new ParleyError("signal.offline", "the signaling socket is not connected"));
    }
    const id = `c${++this.lastId}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new ParleyError("signal.timeout", `no acknowledgement of ${command.type}`));
      }, this.options.ackTimeoutMillis ?? ACK_TIMEOUT_MILLIS);
      this.pending.set(id, { resolve, reject, timer });
      socket.send(JSON.stringify({ ...command, id }));
    });
  }

  /** Closes for good. */
  close(): void {
    clearTimeout(this.retry);
    this.become("closed");
    this.drop(1000);
    this.removeAllListeners();
  }

  /** Drops the connection as a network loss would, without forgetting it; for tests and diagnostics. */
  interrupt(): void {
    this.socket?.close(4000);
  }

  private async attempt(): Promise<void> {
    let issued: SocketTicket;
    try {
      issued = await this.options.ticket();
    } catch (error) {
      if (error instanceof ParleyError && REFUSED_FOR_GOOD.has(error.code)) return this.become("closed");
      return this.later();
    }
    if (this.state === "closed") return;
    const Socket = this.options.WebSocket ?? globalThis.WebSocket;
    let socket: WebSocket;
    try {
      socket = new Socket(issued.url, [SUBPROTOCOL, TICKET_PREFIX + issued.ticket]);
    } catch {
      return this.later();
    }
    this.socket = socket;
    const lost = () => {
      if (this.socket !== socket) return;
      this.drop();
      this.later();
    };
    this.connecting = setTimeout(() => socket.readyState === 0 && lost(), CONNECT_TIMEOUT_MILLIS);
    socket.onopen = () => void this.enter(socket);
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = lost;
  }

  private async enter(socket: WebSocket): Promise<void> {
    try {
      if (this.options.room) await this.send({ type: "join", room_id: this.options.room });
    } catch {
      if (this.socket === socket) socket.close(4001);
      return;
    }
    this.backoff.reset();
    this.become("open");
    this.beat();
  }

  private beat(): void {
    const jitter = 0.9 + 0.2 * (this.options.random ?? Math.random)();
    this.heartbeat = setTimeout(
      () => {
        this.send({ type: "ping", at: Date.now() }).catch(() => this.interrupt());
        this.beat();
      },
      (this.options.heartbeatMillis ?? HEARTBEAT_MILLIS) * jitter,
    );
  }

  private receive(data: unknown): void {
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(data)) as ServerFrame;
    } catch {
      return;
    }
    if (frame.type === "ack") this.settle(frame.id, (p) => p.resolve(frame));
    else if (frame.type === "pong" || frame.type === "presence")
      this.settle(frame.id, (p) => p.resolve({ type: "ack", id: frame.id! }));
    else if (frame.type === "error" && frame.id) {
      this.settle(frame.id, (p) => p.reject(new ParleyError(frame.code, frame.message)));
    }
    this.emit("frame", frame);
  }

  private settle(id: string | undefined, how: (pending: Pending) => void): void {
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id!);
    clearTimeout(pending.timer);
    how(pending);
  }

  private drop(code?: number): void {
    clearTimeout(this.heartbeat);
    clearTimeout(this.connecting);
    const socket = this.socket;
    this.socket = undefined;
    if (socket && socket.readyState < 2) socket.close(code);
    for (const id of [...this.pending.keys()]) {
      this.settle(id, (p) => p.reject(new ParleyError("signal.offline", "the signaling socket was lost")));
    }
  }

  private later(): void {
    if (this.state === "closed") return;
    this.become("waiting");
    this.retry = setTimeout(() => void this.attempt(), this.backoff.nextMillis());
  }

  private become(state: SocketState): void {
    if (state === this.current) return;
    this.current = state;
    this.emit("state", state);
  }
}
