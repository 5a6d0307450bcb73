import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { ParleyError } from "../src/errors";
import { Chat } from "../src/meeting/chat";
import { Conversation } from "../src/messages/conversation";
import { Conversations } from "../src/messages/conversations";
import { Ledger } from "../src/messages/ledger";
import { MockRest } from "../src/mock/rest";
import { mockSockets } from "../src/mock/wire";
import { Http } from "../src/rest/http";
import { Messages } from "../src/rest/messages";
import type { ChangeRecord, MessageRecord } from "../src/rest/records";
import { SignalingSocket } from "../src/signaling/socket";

const ROOM = "abc-defg-hij";
/** When a connection is replaced by the next, where chance is one half. */
const ROLLED_MILLIS = 110 * 60_000;
const BO = { user_id: "g_bo", name: "Bo" };

/** One system, and somebody in it with a socket of their own. */
async function system() {
  const rest = new MockRest();
  const { WebSocket, network } = mockSockets(rest);
  const host = rest.addUser("host", "secret");
  rest.addMeeting({ meeting_id: ROOM, host_id: host.id });
  const chats: Chat[] = [];
  const come = async (name: string) => {
    const http = new Http("http://mock.invalid", rest.fetch);
    const pass = await rest
      .fetch(`http://mock.invalid/api/v1/meetings/${ROOM}/guests`, {
        method: "POST",
        body: JSON.stringify({ display_name: name, guest_key: name }),
      })
      .then((reply) => reply.json() as Promise<{ data: { token: string; user_id: string } }>);
    http.authorize({ token: pass.data.token, expiresAtMillis: Number.MAX_SAFE_INTEGER });
    const socket = new SignalingSocket({
      room: ROOM,
      ticket: async () => {
        const reply = await http.call<{ ticket: string }>("POST", "/ws-tickets", { body: {} });
        return { url: "ws://x", ticket: reply.ticket };
      },
      WebSocket,
      backoff: new Backoff(100, 1_000, () => 0),
      random: () => 0.5,
    });
    let id = 0;
    const self = { userId: () => pass.data.user_id, name: () => name };
    const chat = new Chat(socket, ROOM, new Messages(http), self, () => `${name}${++id}`);
    chats.push(chat);
    socket.open();
    await vi.advanceTimersByTimeAsync(5);
    return { chat, socket };
  };
  return { rest, network, come };
}

const texts = (conversation: Conversation) => conversation.messages.map(({ text }) => text);
const settle = (millis = 5) => vi.advanceTimersByTimeAsync(millis);

const message = (seq: number, change: number, text: string): MessageRecord => ({
  conversation_id: "c",
  seq,
  change,
  author: { user_id: "u_2", name: "Bo" },
  at: new Date(seq).toISOString(),
  text,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what is known of a conversation", () => {
  const page = (list: MessageRecord[], last_change: number) => ({
    list,
    last_seq: list.at(-1)?.seq ?? 0,
    last_change,
    more: false,
  });

  it("is the later of two states, in whichever order they come", () => {
    const ledger = new Ledger();
    ledger.place(page([message(1, 1, "one")], 1));
    expect(ledger.keep(message(1, 3, "three"))).toBe(true);
    expect(ledger.keep(message(1, 2, "two"))).toBe(false);
    expect(ledger.messages.map(({ text }) => text)).toEqual(["three"]);
  });

  it("shows no message behind a gap before the gap is filled", () => {
    const ledger = new Ledger();
    ledger.place(page([], 0));
    ledger.keep(message(2, 2, "b"));
    expect([ledger.messages.length, ledger.note(2), ledger.incomplete]).toEqual([0, true, true]);
    ledger.keep(message(1, 1, "a"));
    expect([ledger.messages.length, ledger.note(1), ledger.incomplete]).toEqual([2, true, false]);
  });

  it("begins with the page: what came before it is not missing", () => {
    const ledger = new Ledger();
    ledger.note(7);
    ledger.note(9);
    ledger.place(page([message(4, 7, "d")], 8));
    expect([ledger.known, ledger.incomplete, ledger.earlier]).toEqual([9, false, true]);
  });

  it("takes what the server says in place of what was only guessed", () => {
    const ledger = new Ledger();
    ledger.place(page([], 0));
    ledger.keep(message(1, 1, "guess"), true);
    expect(ledger.keep(message(1, 1, "truth"))).toBe(true);
    expect(ledger.keep(message(1, 1, "guess"), true)).toBe(false);
    expect(ledger.find(1)?.text).toBe("truth");
  });

  it("comes to the same from any order of doubled changes", () => {
    const changes: [MessageRecord, number][] = [];
    let change = 0;
    for (let seq = 1; seq <= 5; seq++) changes.push([message(seq, ++change, `m${seq}`), change]);
    for (let seq = 5; seq >= 1; seq--) changes.push([message(seq, ++change, `e${seq}`), change]);
    let random = 7;
    for (let round = 0; round < 50; round++) {
      const ledger = new Ledger();
      ledger.place(page([], 0));
      const shuffled = [...changes, ...changes]
        .map((one) => [(random = (random * 16_807) % 2_147_483_647), one] as const)
        .sort((a, b) => a[0] - b[0]);
      for (const [, [state, number]] of shuffled) {
        ledger.note(number);
        ledger.keep(state);
      }
      expect(ledger.messages.map(({ text }) => text)).toEqual(["e1", "e2", "e3", "e4", "e5"]);
      expect([ledger.known, ledger.incomplete]).toEqual([10, false]);
    }
  });
});

describe("a meeting's chat", () => {
  it("has what was written before one came, and hears what is written now", async () => {
    const { rest, come } = await system();
    rest.messages.say(`m_${ROOM}`, BO, "before");
    const { chat } = await come("ana");
    const heard: string[] = [];
    chat.on("message", ({ text }) => heard.push(text));
    rest.messages.say(`m_${ROOM}`, BO, "now");
    await settle();
    expect([texts(chat), heard, chat.state]).toEqual([["before", "now"], ["now"], "ready"]);
    expect(chat.unread).toBe(1);
    chat.read();
    expect(chat.unread).toBe(0);
  });

  it("keeps what is written offline and sends it once, in its order, when the connection returns", async () => {
    const { rest, network, come } = await system();
    const { chat } = await come("ana");
    network.up = false;
    network.cut();
    await settle();
    expect((await chat.send("first")).state).toBe("sending");
    expect((await chat.send("second")).state).toBe("sending");
    network.up = true;
    await settle(2_000);
    expect(chat.messages.map(({ text, state }) => [text, state])).toEqual([
      ["first", "sent"],
      ["second", "sent"],
    ]);
    expect(rest.messages.truth(`m_${ROOM}`).map(({ text }) => text)).toEqual(["first", "second"]);
  });

  it("sends a message once though its acknowledgement was lost", async () => {
    const { rest, network, come } = await system();
    const { chat } = await come("ana");
    const sending = chat.send("hello");
    network.cut();
    await settle(2_000);
    expect((await sending).id).toBe("ana1");
    await settle(2_000);
    expect(chat.messages.map(({ id, text, state }) => [id, text, state])).toEqual([
      ["ana1", "hello", "sent"],
    ]);
    expect(rest.messages.truth(`m_${ROOM}`)).toHaveLength(1);
  });

  it("reads what it missed while the connection was away", async () => {
    const { rest, network, come } = await system();
    const { chat } = await come("ana");
    rest.messages.say(`m_${ROOM}`, BO, "one");
    network.up = false;
    network.cut();
    await settle();
    rest.messages.say(`m_${ROOM}`, BO, "two");
    rest.messages.say(`m_${ROOM}`, BO, "three");
    network.up = true;
    await settle(2_000);
    expect(texts(chat)).toEqual(["one", "two", "three"]);
  });

  it("reads anew what is not kept any more", async () => {
    const { rest, network, come } = await system();
    const { chat } = await come("ana");
    rest.messages.say(`m_${ROOM}`, BO, "one");
    network.up = false;
    network.cut();
    await settle();
    for (const text of ["two", "three", "four"]) rest.messages.say(`m_${ROOM}`, BO, text);
    rest.messages.kept = 1;
    network.up = true;
    await settle(2_000);
    expect(texts(chat)).toEqual(["one", "two", "three", "four"]);
  });

  it("shows each message once and in order, however frames arrive", async () => {
    const { network, come } = await system();
    const { chat } = await come("ana");
    const frame = (seq: number) => ({
      type: "chat",
      room_id: ROOM,
      from: BO.user_id,
      display_name: BO.name,
      text: `text ${seq}`,
      client_msg_id: `c${seq}`,
      at: new Date(0).toISOString(),
      seq,
      conversation_id: `m_${ROOM}`,
      change: seq,
    });
    for (const seq of [3, 1, 2, 1]) network.say(frame(seq));
    expect(texts(chat)).toEqual(["text 1", "text 2", "text 3"]);
  });

  it("asks for a change that stays missing", async () => {
    const { rest, come } = await system();
    const { chat } = await come("ana");
    const tell = rest.messages.tell;
    rest.messages.tell = () => undefined;
    rest.messages.say(`m_${ROOM}`, BO, "lost");
    rest.messages.tell = tell;
    rest.messages.say(`m_${ROOM}`, BO, "heard");
    await settle();
    expect(texts(chat)).toEqual([]);
    await settle(1_100);
    expect(texts(chat)).toEqual(["lost", "heard"]);
  });

  it("takes an edit and a recall of messages that it has not seen", async () => {
    const { rest, network, come } = await system();
    const { chat } = await come("ana");
    const one = rest.messages.truth(`m_${ROOM}`);
    const tell = rest.messages.tell;
    const held: [string, Record<string, unknown>][] = [];
    rest.messages.tell = (user, frame) => void held.push([user, frame]);
    rest.messages.say(`m_${ROOM}`, BO, "draft");
    rest.messages.say(`m_${ROOM}`, BO, "secret");
    rest.messages.answer(
      "PUT",
      `/conversations/m_${ROOM}/messages/1`,
      new URLSearchParams(),
      { text: "final" },
      {
        user: BO.user_id,
        name: BO.name,
      },
    );
    rest.messages.answer(
      "DELETE",
      `/conversations/m_${ROOM}/messages/2`,
      new URLSearchParams(),
      {},
      {
        user: BO.user_id,
        name: BO.name,
      },
    );
    rest.messages.tell = tell;
    expect(one).toHaveLength(2);
    for (const [user, frame] of held.reverse()) if (user !== BO.user_id) network.say(frame);
    expect(chat.messages.map(({ text, edited, recalled }) => [text, edited, recalled])).toEqual([
      ["final", true, false],
      ["", false, true],
    ]);
  });

  it("tells the other devices of one's edits, reactions and recalls", async () => {
    const { come } = await system();
    const { chat: here } = await come("ana");
    const { chat: there } = await come("ana");
    await here.send("one");
    await here.send("two");
    await here.edit(1, "one, edited");
    await here.react(1, "👍");
    await here.recall(2);
    await settle();
    for (const chat of [here, there]) {
      expect(chat.messages.map(({ text, recalled }) => [text, recalled])).toEqual([
        ["one, edited", false],
        ["", true],
      ]);
      expect(chat.messages[0]!.reactions).toEqual([{ emoji: "👍", count: 1, users: ["g_ana"], own: true }]);
    }
    await here.react(1, "👍", false);
    await settle();
    expect(there.messages[0]!.reactions).toEqual([]);
  });

  it("says why a message was refused, sends it again, or drops it", async () => {
    const { rest, come } = await system();
    const { chat } = await come("ana");
    const frame = rest.messages.frame.bind(rest.messages);
    rest.messages.frame = (said, writer, ticket) =>
      said["type"] === "chat"
        ? { type: "error", code: "signal.chat_off", message: "off" }
        : frame(said, writer, ticket);
    const one = await chat.send("one");
    const two = await chat.send("two");
    expect([one.state, one.error?.code, two.state]).toEqual(["failed", "signal.chat_off", "failed"]);
    rest.messages.frame = frame;
    chat.retry(one);
    chat.discard(two);
    await settle();
    expect(chat.messages.map(({ text, state }) => [text, state])).toEqual([["one", "sent"]]);
  });

  it("sends again over the next connection, once, what the one before took and did not answer", async () => {
    const { rest, network, come } = await system();
    const { chat, socket } = await come("ana");
    const states: string[] = [];
    socket.on("state", (state) => states.push(state));
    const frame = rest.messages.frame.bind(rest.messages);
    const [first] = network.tickets;
    rest.messages.frame = (said, writer, ticket) => {
      const answer = frame(said, writer, ticket);
      return said["type"] === "chat" && ticket === first ? { type: "lost" } : answer;
    };
    await settle(ROLLED_MILLIS - 1_000);
    void chat.send("one");
    await settle(2_000);
    void chat.send("two");
    expect(network.tickets).toHaveLength(2);
    await settle(10_000);
    expect(network.tickets).not.toContain(first);
    for (const told of [rest.messages.truth(`m_${ROOM}`), chat.messages])
      expect(told.map(({ text }) => text)).toEqual(["one", "two"]);
    expect([chat.messages.map(({ state }) => state), states]).toEqual([["sent", "sent"], []]);
  });

  it("waits and sends again when it was told to slow down", async () => {
    const { rest, come } = await system();
    const { chat } = await come("ana");
    const frame = rest.messages.frame.bind(rest.messages);
    let refusals = 2;
    rest.messages.frame = (said, writer, ticket) =>
      said["type"] === "chat" && refusals-- > 0
        ? { type: "error", code: "rate.limited", message: "slow" }
        : frame(said, writer, ticket);
    void chat.send("one");
    await settle(10_000);
    expect(chat.messages.map(({ state }) => state)).toEqual(["sent"]);
  });

  it("loads what is further back, and what is around a message that was found", async () => {
    const { rest, come } = await system();
    for (let seq = 1; seq <= 180; seq++) rest.messages.say(`m_${ROOM}`, BO, `m${seq}`);
    const { chat } = await come("ana");
    expect([texts(chat)[0], chat.messages.length, chat.hasEarlier]).toEqual(["m131", 50, true]);
    await chat.loadEarlier();
    expect([texts(chat)[0], chat.messages.length]).toEqual(["m81", 100]);
    await chat.show(20);
    expect([texts(chat)[0], texts(chat).at(-1), chat.hasLater]).toEqual(["m1", "m45", true]);
    await chat.loadLater();
    expect([texts(chat).at(-1), chat.hasLater]).toEqual(["m180", false]);
    await chat.showEnd();
    expect(texts(chat)).toHaveLength(180);
  });

  it("forgets who types when they fall silent, or have written", async () => {
    const { rest, come } = await system();
    const { chat: ana } = await come("ana");
    const { chat: bo } = await come("bo");
    bo.typing(true);
    await settle();
    expect(ana.typists).toEqual([{ userId: "g_bo", name: "bo" }]);
    await bo.send("done");
    await settle();
    expect(ana.typists).toEqual([]);
    bo.typing(true);
    await settle(7_000);
    expect(ana.typists).toEqual([]);
    expect(rest.messages.truth(`m_${ROOM}`)).toHaveLength(1);
  });

  /** A file whose upload ends when the test says so. */
  const file = (id: string) => {
    let end: { resolve: (value?: unknown) => void; reject: (error: unknown) => void };
    const attaching = {
      name: id,
      size: 7,
      state: "sending",
      file: { file_id: id, name: id, size: 7, type: "text/plain" },
      done: Promise.resolve() as Promise<unknown>,
      retry: () => {
        attaching.state = "sending";
        attaching.done = new Promise((resolve, reject) => (end = { resolve, reject }));
      },
      cancel: () => {
        attaching.state = "cancelled";
        end.reject(new ParleyError("client.aborted", "cancelled"));
      },
      arrive: () => end.resolve(),
      fail: () => end.reject(new ParleyError("file.refused_type", "refused")),
    };
    attaching.retry();
    return attaching;
  };

  it("sends a message when its files are there, and what was written behind it at once", async () => {
    const { rest, come } = await system();
    const { chat } = await come("ana");
    const [one, two] = [file("f_1"), file("f_2")];
    void chat.send("", { files: [one, two] });
    void chat.send("at once");
    await settle();
    one.arrive();
    await settle();
    expect(texts(chat)).toEqual(["at once", ""]);
    expect(chat.messages[1]!.uploads).toEqual([one, two]);
    two.arrive();
    await settle();
    expect(chat.messages.map(({ state, attachments }) => [state, attachments.length])).toEqual([
      ["sent", 0],
      ["sent", 2],
    ]);
    const [, sent] = rest.messages.truth(`m_${ROOM}`);
    expect(sent!.attachments).toEqual([
      { file_id: "f_1", name: "f_1", size: 7, type: "text/plain" },
      { file_id: "f_2", name: "f_2", size: 7, type: "text/plain" },
    ]);
  });

  it("loses nothing of a message of which a file failed", async () => {
    const { come } = await system();
    const { chat } = await come("ana");
    const [one, two] = [file("f_1"), file("f_2")];
    void chat.send("look", { files: [one, two] });
    one.arrive();
    two.fail();
    await settle();
    expect([chat.messages[0]!.state, chat.messages[0]!.error?.code]).toEqual(["failed", "file.refused_type"]);
    chat.retry(chat.messages[0]!);
    one.arrive();
    two.arrive();
    await settle();
    expect([chat.messages[0]!.state, chat.messages[0]!.attachments.length]).toEqual(["sent", 2]);
  });

  it("leaves out a file that is cancelled, and the message where nothing is left", async () => {
    const { come } = await system();
    const { chat } = await come("ana");
    const [one, two, three] = [file("f_1"), file("f_2"), file("f_3")];
    void chat.send("", { files: [one, two] });
    void chat.send("", { files: [three] });
    one.cancel();
    three.cancel();
    await settle();
    two.arrive();
    await settle();
    expect(chat.messages.map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([["f_2"]]);
  });

  it("refuses what is empty or too long before it is shown", async () => {
    const { come } = await system();
    const { chat } = await come("ana");
    await expect(chat.send("  ")).rejects.toMatchObject({ code: "chat.length" });
    await expect(chat.send("x".repeat(4_001))).rejects.toMatchObject({ code: "chat.length" });
    expect(chat.messages).toEqual([]);
  });
});

describe("the conversations of somebody", () => {
  async function people(...names: string[]) {
    const rest = new MockRest();
    const { WebSocket, network } = mockSockets(rest);
    for (const name of names) rest.addUser(name, "secret", name.toUpperCase());
    const open = async (name: string) => {
      const http = new Http("http://mock.invalid", rest.fetch);
      const { token, user } = await http.call<{ token: string; user: { id: string } }>("POST", "/login", {
        body: { username: name, password: "secret" },
        auth: false,
      });
      http.authorize({ token, expiresAtMillis: Number.MAX_SAFE_INTEGER });
      const socket = new SignalingSocket({
        ticket: async () => ({
          url: "ws://x",
          ticket: (await http.call<{ ticket: string }>("POST", "/ws-tickets", { body: {} })).ticket,
        }),
        WebSocket,
        random: () => 0.5,
      });
      const conversations = new Conversations({
        api: new Messages(http),
        self: { userId: () => user.id, name: () => name.toUpperCase() },
        socket,
      });
      socket.open();
      conversations.start();
      await settle();
      return conversations;
    };
    return { rest, network, open };
  }

  it("reach the other live, and are found when one was away", async () => {
    const { open } = await people("ana", "bo");
    const ana = await open("ana");
    const bo = await open("bo");
    const unread: number[] = [];
    bo.on("unread", (count) => unread.push(count));
    const direct = await ana.direct("bo");
    await direct.load();
    await direct.send("hello");
    await settle(1_500);
    expect(bo.all.map((one) => [one.record?.peer?.name, one.last?.text, one.unread])).toEqual([
      ["ANA", "hello", 1],
    ]);
    expect(unread).toEqual([1]);
    const there = bo.all[0]!;
    await there.load();
    there.read();
    await settle(500);
    expect([bo.unread, direct.record?.peer_read_seq]).toEqual([0, 1]);

    bo.close();
    await direct.send("are you there?");
    const again = await open("bo");
    expect(again.all.map((one) => [one.last?.text, one.unread])).toEqual([["are you there?", 1]]);
    await again.all[0]!.load();
    expect(texts(again.all[0]!)).toEqual(["hello", "are you there?"]);
  });

  it("converge on two devices of one person, whatever was missed", async () => {
    const { network, open } = await people("ana", "bo");
    const phone = await open("bo");
    const laptop = await open("bo");
    const ana = await open("ana");
    const group = await ana.group("Lunch", [(await ana.lookUp("bo")).user_id]);
    await group.load();
    await group.send("one");
    await settle(1_500);
    for (const device of [phone, laptop]) await device.all[0]!.load();
    network.up = false;
    network.cut();
    await settle();
    void group.send("two");
    network.up = true;
    await settle(5_000);
    await phone.all[0]!.edit(1, "x").catch(() => undefined);
    await group.edit(1, "one, edited");
    await group.rename("Late lunch");
    await settle();
    for (const device of [phone, laptop, ana]) {
      expect(texts(device.all[0]!)).toEqual(["one, edited", "two"]);
      expect(device.all[0]!.record?.title).toBe("Late lunch");
    }
    phone.all[0]!.read();
    await settle(500);
    expect([phone.unread, laptop.unread]).toEqual([0, 0]);
  });

  it("end where somebody is taken out, and find messages by their words", async () => {
    const { open } = await people("ana", "bo");
    const ana = await open("ana");
    const bo = await open("bo");
    const group = await ana.group("Lunch", [(await ana.lookUp("bo")).user_id]);
    await group.load();
    await group.send("Noodles at noon");
    await settle(1_500);
    const { found } = await bo.search("noodles NOON");
    expect(found.map(({ conversation, message: hit }) => [conversation.record?.title, hit.seq])).toEqual([
      ["Lunch", 1],
    ]);
    await group.remove(bo.all[0]!.record!.role === "member" ? "u_2" : "");
    await settle(1_500);
    expect([ana.all.length, bo.all.length]).toEqual([1, 0]);
    await ana.leave(group);
    expect(ana.all).toEqual([]);
  });

  it("say who is there, and forget who was gone when the connection is back", async () => {
    const { network, open } = await people("ana");
    const ana = await open("ana");
    network.say({ type: "presence", people: [{ user_id: "u_9", state: "busy" }] });
    expect([ana.presenceOf("u_9"), ana.presenceOf("u_8")]).toEqual(["busy", "offline"]);
    network.cut();
    await settle(2_000);
    expect([ana.connection, ana.presenceOf("u_9")]).toEqual(["open", "offline"]);
  });

  it("say how this person is every five minutes, and each minute for a while when somebody looks", async () => {
    const { rest, network, open } = await people("ana");
    const said: unknown[] = [];
    const frame = rest.messages.frame.bind(rest.messages);
    rest.messages.frame = (one, ...more) => {
      if (one["type"] === "presence") said.push([one["every"], one["watch"]]);
      return frame(one, ...more);
    };
    const ana = await open("ana");
    expect(said.splice(0)).toEqual([[300, true]]);
    await settle(5 * 60_000);
    expect(said.splice(0)).toEqual([[300, true]]);
    network.say({ type: "presence", people: [], every: 60 });
    await settle(2 * 60_000 + 5);
    expect(said.splice(0)).toEqual([
      [60, false],
      [60, false],
      [60, false],
    ]);
    await settle(3 * 60_000);
    expect(said.splice(0).at(-1)).toEqual([300, false]);
    ana.close();
    await settle(60 * 60_000);
    expect(said.length).toBeLessThanOrEqual(1);
  });

  it("say how this person is over the next connection before the one before is gone, and hear each message once", async () => {
    const { rest, network, open } = await people("ana", "bo");
    const ana = await open("ana");
    const group = await ana.group("Lunch", [(await ana.lookUp("bo")).user_id]);
    const connections: string[] = [];
    ana.on("connection", (state) => connections.push(state));
    const heard: string[] = [];
    ana.on("message", ({ message: { text } }) => heard.push(text));
    const said: [ticket: string, open: readonly string[]][] = [];
    const frame = rest.messages.frame.bind(rest.messages);
    await settle(ROLLED_MILLIS - 5_000);
    rest.messages.frame = (one, writer, ticket) => {
      if (one["type"] === "presence") said.push([ticket, network.tickets]);
      return frame(one, writer, ticket);
    };
    const [before] = network.tickets;
    await settle(6_000);
    const next = network.tickets[1]!;
    expect(network.tickets).toEqual([before, next]);
    rest.messages.say(group.id, { user_id: "u_2", name: "Bo" }, "both");
    await settle(10_000);
    rest.messages.say(group.id, { user_id: "u_2", name: "Bo" }, "next");
    await settle();
    expect(said.at(-1)).toEqual([next, [before, next]]);
    expect([network.tickets, heard, connections]).toEqual([[next], ["both", "next"], []]);
  });

  it("look how the others are each minute while somebody sees it, unless this person is away", async () => {
    const { rest, open } = await people("ana");
    let looks = 0;
    const frame = rest.messages.frame.bind(rest.messages);
    rest.messages.frame = (one, ...more) => {
      if (one["type"] === "presence" && one["watch"]) looks++;
      return frame(one, ...more);
    };
    const ana = await open("ana");
    looks = 0;
    const stop = ana.look();
    await settle(2 * 60_000 + 5);
    expect(looks).toBe(3);
    ana.setPresence("away");
    await settle(2 * 60_000);
    expect(looks).toBe(3);
    stop();
    ana.setPresence("online");
    await settle(90_000);
    expect(looks).toBe(4);
    ana.close();
  });

  it("ask for a message that was too large for a frame", async () => {
    const { rest, network, open } = await people("ana", "bo");
    const ana = await open("ana");
    const bo = await open("bo");
    const direct = await ana.direct("bo");
    await settle(1_500);
    const there = bo.all[0]!;
    await there.load();
    const tell = rest.messages.tell;
    rest.messages.tell = (user, frame, except) => {
      const { message: _message, ...bare } = frame as unknown as ChangeRecord;
      tell(user, frame["type"] === "message" ? bare : frame, except);
    };
    await direct.load();
    await direct.send("a long story");
    await settle();
    expect(texts(there)).toEqual(["a long story"]);
    expect(network.opened).toBe(2);
  });
});
