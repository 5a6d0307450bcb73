import { Backoff } from "../backoff";
import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import { SUBPROTOCOL, TICKET_PREFIX, type AckFrame, type ServerFrame } from "./frames";
import { Roll } from "./roll";

/** `waiting` = lost, and waiting to try again. */
export type SocketState = "connecting" | "open" | "waiting" | "closed";

export interface SocketEvents {
  state: SocketState;
  frame: ServerFrame;
  /** Another connection has taken over, and the state stayed `open`. What may have been missed is asked for, as after a loss. */
  moved: void;
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
  /** How long a connection is used before the next one is opened, about. */
  rollMillis?: number;
  rollBackoff?: Backoff;
  random?: () => number;
}

interface Command {
  type: string;
  [field: string]: unknown;
}

interface Pending {
  on: WebSocket;
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
 * connection alive, replaces it before it is too old, and comes back by itself after a loss. Media does not depend on it.
 */
export class SignalingSocket extends Emitter<SocketEvents> {
  private socket: WebSocket | undefined;
  private current: SocketState = "connecting";
  /** One that has not joined yet. */
  private coming: WebSocket | undefined;
  private readonly pending = new Map<string, Pending>();
  private readonly answers = new Set<Promise<unknown>>();
  private readonly backoff: Backoff;
  private readonly roll: Roll;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private lastId = 0;

  constructor(private readonly options: SocketOptions) {
    super();
    this.backoff = options.backoff ?? new Backoff();
    this.roll = new Roll(
      {
        connect: () => this.connectAnew(),
        current: () => this.socket,
        use: (socket) => (this.socket = socket),
        moved: () => this.emit("moved", undefined),
        answered: async () =>
          (await Promise.allSettled(this.answers)).every(({ status }) => status === "fulfilled"),
      },
      {
        millis: options.rollMillis,
        lingerMillis: options.ackTimeoutMillis ?? ACK_TIMEOUT_MILLIS,
        backoff: options.rollBackoff,
        random: options.random,
      },
    );
  }

  get state(): SocketState {
    return this.current;
  }

  /** Starts connecting; later losses are healed until {@link close}. */
  open(): void {
    void this.attempt();
  }

  /** Sends a command. Resolves with its number in the room when acknowledged, rejects with the server's code. */
  async send(command: Command): Promise<number | undefined> {
    return (await this.command(command)).seq;
  }

  /** As {@link send}, with the whole acknowledgement. */
  command(command: Command): Promise<AckFrame> {
    return this.post(this.socket, command);
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
    this.roll.stop();
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
    const socket = await this.connect(issued).catch(() => undefined);
    if (socket?.readyState !== 1) return this.later();
    this.socket = socket;
    this.backoff.reset();
    this.become("open");
    this.beat();
    this.roll.plan();
  }

  /** One more connection, unless the present one is lost before there is a ticket. */
  private async connectAnew(): Promise<WebSocket> {
    const { socket } = this;
    const issued = await this.options.ticket();
    if (this.socket !== socket) throw new ParleyError("signal.offline", "the signaling socket was lost");
    return this.connect(issued);
  }

  /** A connection that has joined the room. */
  private async connect({ url, ticket }: SocketTicket): Promise<WebSocket> {
    const Socket = this.options.WebSocket ?? globalThis.WebSocket;
    const socket = new Socket(url, [SUBPROTOCOL, TICKET_PREFIX + ticket]);
    this.coming = socket;
    let patience: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = () => reject(new ParleyError("signal.offline", "the server takes no connection"));
        patience = setTimeout(fail, CONNECT_TIMEOUT_MILLIS);
        socket.onopen = () => resolve();
        socket.onmessage = (event) => this.receive(socket, event.data);
        socket.onclose = () => {
          fail();
          this.lost(socket);
        };
      });
      if (this.options.room) await this.post(socket, { type: "join", room_id: this.options.room });
      return socket;
    } catch (thrown) {
      socket.close(4001);
      throw thrown;
    } finally {
      clearTimeout(patience);
      if (this.coming === socket) this.coming = undefined;
    }
  }

  private post(socket: WebSocket | undefined, command: Command): Promise<AckFrame> {
    if (socket?.readyState !== 1) {
      return Promise.reject(new ParleyError("signal.offline", "the signaling socket is not connected"));
    }
    const id = `c${++this.lastId}`;
    const answer = new Promise<AckFrame>((resolve, reject) => {
      const timer = setTimeout(() => {
        const late = new ParleyError("signal.timeout", `no acknowledgement of ${command.type}`);
        this.settle(id, (p) => p.reject(late));
      }, this.options.ackTimeoutMillis ?? ACK_TIMEOUT_MILLIS);
      this.pending.set(id, { on: socket, resolve, reject, timer });
      socket.send(JSON.stringify({ ...command, id }));
    });
    this.answers.add(answer);
    const over = () => this.answers.delete(answer);
    answer.then(over, over);
    return answer;
  }

  private beat(): void {
    const jitter = 0.9 + 0.2 * (this.options.random ?? Math.random)();
    this.heartbeat = setTimeout(
      () => {
        const { socket } = this;
        this.post(socket, { type: "ping", at: Date.now() }).catch(() => socket?.close(4000));
        this.beat();
      },
      (this.options.heartbeatMillis ?? HEARTBEAT_MILLIS) * jitter,
    );
  }

  private receive(socket: WebSocket, data: unknown): void {
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
    const answers = "id" in frame && frame.id !== undefined;
    if (answers || !this.roll.repeats(socket, String(data))) this.emit("frame", frame);
  }

  private settle(id: string | undefined, how: (pending: Pending) => void): void {
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id!);
    clearTimeout(pending.timer);
    how(pending);
  }

  private lost(socket: WebSocket): void {
    this.forget(socket);
    if (this.roll.lost(socket) || this.socket !== socket) return;
    this.drop();
    this.later();
  }

  private drop(code?: number): void {
    clearTimeout(this.heartbeat);
    this.roll.stop();
    const { socket, coming } = this;
    this.socket = undefined;
    for (const each of [socket, coming]) if (each && each.readyState < 2) each.close(code);
    for (const { on } of [...this.pending.values()]) this.forget(on);
  }

  /** Nothing that is in flight on this connection will be answered. */
  private forget(socket: WebSocket): void {
    for (const [id, { on }] of [...this.pending]) {
      if (on !== socket) continue;
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
