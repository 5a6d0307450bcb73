/** What the mock socket hears and says beyond acknowledging; what it returns is in the acknowledgement, or in place of it where it has a type. */
export type SocketScript = (
  frame: Record<string, unknown>,
  say: (frame: Record<string, unknown>) => void,
  socket: { readonly ticket: string },
) => unknown;

/**
 * A WebSocket class that acknowledges every command, as the server does. `network.up = false` refuses connections
 * and `network.cut()` drops those that are open, or those of one ticket.
 */
export function mockWebSocket(script: SocketScript = () => undefined) {
  const open = new Set<MockSocket>();
  const network = {
    up: true,
    opened: 0,
    cut: (ticket?: string) => {
      for (const socket of [...open]) if (ticket === undefined || socket.ticket === ticket) socket.close();
    },
    /** Says it to every socket, or to those of one ticket. */
    say: (frame: Record<string, unknown>, ticket?: string) => {
      for (const socket of open) {
        if (ticket === undefined || socket.ticket === ticket) socket.say(frame);
      }
    },
    get tickets(): string[] {
      return [...open].map(({ ticket }) => ticket);
    },
  };
  let seq = 0;

  class MockSocket {
    readyState = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    readonly ticket: string;

    constructor(
      readonly url: string,
      readonly protocols: string[],
    ) {
      this.ticket = (protocols[1] ?? "").replace(/^ticket\./, "");
      queueMicrotask(() => {
        if (!network.up) return this.close();
        this.readyState = 1;
        network.opened += 1;
        open.add(this);
        this.onopen?.();
      });
    }

    send(text: string): void {
      const frame = JSON.parse(text) as Record<string, unknown>;
      queueMicrotask(() => {
        if (frame["type"] === "ping") return this.say({ type: "pong", id: frame["id"], at: frame["at"] });
        const number = ++seq;
        const answer = script(frame, (said) => this.say({ seq: number, ...said }), this);
        this.say({ type: "ack", id: frame["id"], seq: number, ...(answer as object | undefined) });
      });
    }

    say(frame: Record<string, unknown>): void {
      if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(frame) });
    }

    close(): void {
      if (this.readyState === 3) return;
      this.readyState = 3;
      open.delete(this);
      queueMicrotask(() => this.onclose?.());
    }
  }

  return {
    WebSocket: MockSocket as unknown as new (url: string, protocols: string[]) => WebSocket,
    network,
  };
}
