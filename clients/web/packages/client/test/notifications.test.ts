import { beforeEach, describe, expect, it, vi } from "vitest";
import { Emitter } from "../src/emitter";
import { Notifications } from "../src/notifications/notifications";
import type { NotificationPage, NotificationRecord } from "../src/rest/notification-records";
import type { NotificationRoutes } from "../src/rest/notifications";
import type { SocketEvents, SocketState } from "../src/signaling/socket";

class Line extends Emitter<SocketEvents> {
  state: SocketState = "open";
  say<K extends keyof SocketEvents>(name: K, event: SocketEvents[K]): void {
    this.emit(name, event);
  }
}

const one = (id: string, more: Partial<NotificationRecord> = {}): NotificationRecord => ({
  id,
  kind: "message",
  what: "received",
  at: `2026-04-09T12:00:0${id.at(-1)}Z`,
  count: 1,
  link: "/chats/d_1",
  ...more,
});

let line: Line;
let pages: Map<string | undefined, NotificationPage>;
let asked: string[];
let notifications: Notifications;

beforeEach(() => {
  line = new Line();
  asked = [];
  pages = new Map([
    [undefined, { list: [one("n_3"), one("n_2")], unread: 3, next: "older" }],
    ["older", { list: [one("n_2"), one("n_1")], unread: 3 }],
  ]);
  const api = {
    list: async (before?: string) => {
      asked.push(`list ${before ?? ""}`);
      const page = pages.get(before);
      if (!page) throw new Error("away");
      return page;
    },
    read: async (id: string) => {
      asked.push(`read ${id}`);
      return { unread: 2 };
    },
    readAll: async (until?: string) => {
      asked.push(`all ${until}`);
      return { unread: 0 };
    },
  } as NotificationRoutes;
  notifications = new Notifications({ api, socket: line as never });
});

const ids = () => notifications.all.map(({ id, read_at }) => id + (read_at ? " read" : ""));

describe("notifications", () => {
  it("are listed, and older ones are added without repeating what moved", async () => {
    await notifications.refresh();
    expect(ids()).toEqual(["n_3", "n_2"]);
    expect(notifications.more).toBe(true);
    await notifications.older();
    expect(ids()).toEqual(["n_3", "n_2", "n_1"]);
    expect(notifications.more).toBe(false);
  });

  it("come by the socket: what was there already moves to the top", async () => {
    await notifications.refresh();
    const arrived = vi.fn();
    notifications.on("arrival", arrived);
    line.say("frame", { type: "notification", notification: one("n_2", { count: 2 }), unread: 3 });
    line.say("frame", { type: "notification", notification: one("n_4"), unread: 4 });
    expect(ids()).toEqual(["n_4", "n_2", "n_3"]);
    expect(notifications.unread).toBe(4);
    expect(arrived).toHaveBeenCalledTimes(2);
  });

  it("are read one by one, and all that are shown at once", async () => {
    await notifications.refresh();
    await notifications.read("n_2");
    expect(ids()).toEqual(["n_3", "n_2 read"]);
    expect(notifications.unread).toBe(2);
    await notifications.readAll();
    expect(ids()).toEqual(["n_3 read", "n_2 read"]);
    expect(asked.slice(1)).toEqual(["read n_2", "all 2026-04-09T12:00:03Z"]);
  });

  it("are asked for anew when another device read some, and when there is a new connection", async () => {
    await notifications.refresh();
    line.say("frame", { type: "notification", unread: 3 });
    expect(asked).toEqual(["list "]);
    line.say("frame", { type: "notification", unread: 1 });
    await notifications.refresh();
    line.say("state", "open");
    await notifications.refresh();
    expect(asked).toEqual(["list ", "list ", "list "]);
    line.say("moved", undefined);
    await notifications.refresh();
    expect(asked).toEqual(["list ", "list ", "list ", "list "]);
  });

  it("keep what is known when the server is away, and say why there is nothing new", async () => {
    await notifications.refresh();
    pages.delete(undefined);
    await notifications.refresh();
    expect(ids()).toEqual(["n_3", "n_2"]);
    expect(notifications.error).toBeInstanceOf(Error);
  });
});
