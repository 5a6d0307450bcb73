import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { Chat } from "../src/meeting/chat";
import { Conversations } from "../src/messages/conversations";
import { StoredUnsent } from "../src/messages/unsent";
import { MockRest } from "../src/mock/rest";
import { mockSockets } from "../src/mock/wire";
import { Http } from "../src/rest/http";
import { Messages } from "../src/rest/messages";
import { SignalingSocket } from "../src/signaling/socket";

const ROOM = "abc-defg-hij";
const DAY_MILLIS = 86_400_000;

/** What a browser keeps, with room for so many entries. */
function storage(room = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (place) => [...kept.keys()][place] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (kept.size >= room) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** One system, and people who open pages of it in one browser. */
function system(browser: Storage = storage()) {
  const rest = new MockRest();
  const { WebSocket, network } = mockSockets(rest);
  rest.addMeeting({ meeting_id: ROOM });
  let names = 0;
  const parts = (http: Http, token: string) => {
    http.authorize({ token, expiresAtMillis: Number.MAX_SAFE_INTEGER });
    const socket = new SignalingSocket({
      room: ROOM,
      ticket: async () => ({
        url: "ws://x",
        ticket: (await http.call<{ ticket: string }>("POST", "/ws-tickets", { body: {} })).ticket,
      }),
      WebSocket,
      backoff: new Backoff(100, 1_000, () => 0),
    });
    socket.open();
    return { socket, api: new Messages(http) };
  };
  /** A page of the meeting; `end` is a reload or a crash: nothing is said to anybody. */
  const page = async (guest: string) => {
    const http = new Http("http://mock.invalid", rest.fetch);
    const pass = await http.call<{ token: string; user_id: string }>("POST", `/meetings/${ROOM}/guests`, {
      body: { display_name: guest, guest_key: guest },
      auth: false,
    });
    const { socket, api } = parts(http, pass.token);
    const chat = new Chat(
      socket,
      ROOM,
      api,
      { userId: () => pass.user_id, name: () => guest },
      () => `m${++names}`,
      undefined,
      new StoredUnsent(browser),
    );
    await settle();
    const end = () => {
      chat.close();
      socket.close();
    };
    return { chat, end };
  };
  /** A page of somebody's chats. */
  const chats = async (username: string) => {
    const http = new Http("http://mock.invalid", rest.fetch);
    const { token, user } = await http.call<{ token: string; user: { id: string } }>("POST", "/login", {
      body: { username, password: "secret" },
      auth: false,
    });
    const { socket, api } = parts(http, token);
    const conversations = new Conversations({
      socket,
      api,
      self: { userId: () => user.id, name: () => username },
      unsent: new StoredUnsent(browser),
    });
    conversations.start();
    await settle();
    const end = () => {
      conversations.close();
      socket.close();
    };
    return { conversations, end };
  };
  const truth = () => rest.messages.truth(`m_${ROOM}`).map(({ text }) => text);
  const offline = () => {
    network.up = false;
    network.cut();
  };
  const online = () => (network.up = true);
  return { rest, network, browser, page, chats, truth, offline, online };
}

const settle = (millis = 5) => vi.advanceTimersByTimeAsync(millis);
const shown = (chat: Chat) => chat.messages.map(({ text, state }) => [text, state]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what was not sent when a page ended", () => {
  it("is shown as on its way by the next page, and sent once, in its order", async () => {
    const { page, truth, offline, online, browser } = system();
    const before = await page("ana");
    offline();
    await before.chat.send("one");
    await before.chat.send("two");
    before.end();
    const after = await page("ana");
    expect(shown(after.chat)).toEqual([
      ["one", "sending"],
      ["two", "sending"],
    ]);
    online();
    await settle(2_000);
    expect([shown(after.chat), truth(), browser.length]).toEqual([
      [
        ["one", "sent"],
        ["two", "sent"],
      ],
      ["one", "two"],
      0,
    ]);
  });

  it("is there once when the server had it already, and in two pages at once", async () => {
    const { page, truth, offline, online, network } = system();
    const before = await page("ana");
    void before.chat.send("hello");
    await Promise.resolve();
    network.cut();
    before.end();
    offline();
    const [here, there] = [await page("ana"), await page("ana")];
    await here.chat.send("and this");
    const third = await page("ana");
    online();
    await settle(3_000);
    expect(truth()).toEqual(["hello", "and this"]);
    for (const { chat } of [here, there, third]) {
      expect(shown(chat)).toEqual([
        ["hello", "sent"],
        ["and this", "sent"],
      ]);
    }
  });

  it("keeps why it was refused, goes again when it is told to, and is gone when it is discarded", async () => {
    const { rest, page, truth, browser } = system();
    const before = await page("ana");
    const frame = rest.messages.frame.bind(rest.messages);
    rest.messages.frame = (said, writer, ticket) =>
      said["type"] === "chat"
        ? { type: "error", code: "signal.chat_off", message: "off" }
        : frame(said, writer, ticket);
    await before.chat.send("one");
    await before.chat.send("two");
    before.end();
    rest.messages.frame = frame;
    const after = await page("ana");
    await settle(2_000);
    expect(after.chat.messages.map(({ text, error }) => [text, error?.code])).toEqual([
      ["one", "signal.chat_off"],
      ["two", "signal.chat_off"],
    ]);
    after.chat.retry(after.chat.messages[0]!);
    after.chat.discard(after.chat.messages[1]!);
    await settle();
    expect([truth(), browser.length]).toEqual([["one"], 0]);
  });

  it("is nobody else's, and nobody's once it is forgotten", async () => {
    const { page, truth, offline, online, browser } = system();
    const ana = await page("ana");
    offline();
    await ana.chat.send("mine");
    ana.end();
    const bo = await page("bo");
    expect(shown(bo.chat)).toEqual([]);
    browser.setItem("parley.preferences", "{}");
    new StoredUnsent(browser).forget();
    expect(browser.length).toBe(1);
    online();
    await page("ana");
    await settle(2_000);
    expect(truth()).toEqual([]);
  });

  it("asks its author after a day, and is let go when its name could be new to the server again", async () => {
    const { page, truth, offline, online, browser } = system();
    const before = await page("ana");
    offline();
    await before.chat.send("see you today");
    before.end();
    online();
    vi.setSystemTime(Date.now() + 2 * DAY_MILLIS);
    const after = await page("ana");
    await settle(2_000);
    expect([after.chat.messages[0]?.error?.code, truth()]).toEqual(["client.late", []]);
    after.end();
    vi.setSystemTime(Date.now() + 27 * DAY_MILLIS);
    const last = await page("bo");
    expect([shown(last.chat), browser.length]).toEqual([[], 0]);
  });

  it("goes with the files that were there, and asks about those that were not", async () => {
    const { rest, page, offline, online } = system();
    const before = await page("ana");
    const file = (file_id: string, there: boolean) => ({
      name: file_id,
      size: 7,
      state: there ? "ready" : "sending",
      file: there ? { file_id, name: file_id, size: 7, type: "text/plain" } : undefined,
      done: there ? Promise.resolve() : new Promise(() => undefined),
      retry: () => undefined,
      cancel: () => undefined,
    });
    offline();
    await settle();
    await before.chat.send("look", { files: [file("f_1", true)] });
    await before.chat.send("both", { files: [file("f_2", true), file("f_3", false)] });
    before.end();
    online();
    const after = await page("ana");
    await settle(2_000);
    const [sent] = rest.messages.truth(`m_${ROOM}`);
    expect(sent?.attachments).toEqual([{ file_id: "f_1", name: "f_1", size: 7, type: "text/plain" }]);
    const asked = after.chat.messages.at(-1)!;
    expect([asked.text, asked.error?.code, asked.attachments.map(({ file_id }) => file_id)]).toEqual([
      "both",
      "client.file_left",
      ["f_2"],
    ]);
  });

  it("goes from whichever page its author opens, though nobody looks at the conversation", async () => {
    const { rest, chats, offline, online } = system();
    rest.addUser("ana", "secret", "Ana");
    rest.addUser("bo", "secret", "Bo");
    const before = await chats("ana");
    const direct = await before.conversations.direct("bo");
    await direct.load();
    offline();
    await direct.send("hello");
    before.end();
    online();
    const after = await chats("ana");
    await settle(2_000);
    expect(rest.messages.truth(direct.id).map(({ text }) => text)).toEqual(["hello"]);
    expect(after.conversations.find(direct.id)?.last?.text).toBe("hello");
  });

  it("is not kept where there is no room, and what is unreadable is passed over", async () => {
    const full = system(storage(0));
    const { chat } = await full.page("ana");
    full.offline();
    await chat.send("one");
    full.online();
    await settle(2_000);
    expect(full.truth()).toEqual(["one"]);

    const browser = storage();
    for (const [place, text] of ["", "{", "null", '{"id":1}', '{"id":"a","text":"b","at":"soon"}'].entries())
      browser.setItem(`parley.unsent/u/c/${place}`, text);
    expect([new StoredUnsent(browser).of("u", "c"), browser.length]).toEqual([[], 0]);
  });
});
