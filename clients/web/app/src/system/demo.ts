import { Parley, type ConversationRecord } from "@parley/client";
import { MockAdmin, mockSystem, type MockRest } from "@parley/client/mock";

const NAMES = [
  "Ana Silva",
  "Bo Lindqvist",
  "Chen Wei",
  "Dara O'Neill",
  "Emeka Obi",
  "Farah Haddad",
  "Goran Petrovic",
  "Hana Sato",
];

/** Meetings of who is signed in: one that goes on, those to come and one that is over; and two of others, to be let into. */
function plan(rest: MockRest, host: { id: string; name: string }): void {
  rest.addMeeting({
    meeting_id: "abc-defg-hij",
    title: "Design review",
    host_id: host.id,
    host_name: host.name,
  });
  rest.addMeeting({
    meeting_id: "lob-byyy-one",
    title: "Interview",
    settings: { require_approval: true },
  });
  rest.addMeeting({ meeting_id: "pas-word-one", title: "Board", password: "open" });
  const at = (days: number, hour: number) => {
    const date = new Date(Date.now() + days * 86_400_000);
    date.setHours(hour, 0, 0, 0);
    return date.toISOString();
  };
  const planned = { status: "scheduled" as const, host_id: host.id, host_name: host.name };
  rest.addMeeting({
    meeting_id: "wee-kkly-one",
    title: "Weekly planning",
    start_time: at(1, 10),
    ...planned,
  });
  rest.addMeeting({
    meeting_id: "cus-tome-one",
    title: "Customer call: Nordlys AS",
    start_time: at(2, 14),
    ...planned,
  });
  rest.addMeeting({
    meeting_id: "old-meet-one",
    title: "Retrospective",
    status: "ended",
    ended_at: at(-3, 16),
  });
}

/** What was written before the page was opened: in the meeting, to one person, and in a group. */
function talk(rest: MockRest, host: string): void {
  const [ana, bo] = [rest.addUser("ana", "Secret-123", NAMES[0]), rest.addUser("bo", "Secret-123", NAMES[1])];
  const as = (id: string, name: string | undefined) => ({ user_id: id, name: name ?? "" });
  const begin = (user: string, body: Record<string, unknown>) =>
    rest.messages.answer("POST", "/conversations", new URLSearchParams(), body, {
      user,
      name: "",
    }) as ConversationRecord;
  const meeting = "m_abc-defg-hij";
  rest.messages.say(meeting, as("g_ana", NAMES[0]), "The notes are at https://example.org/notes");
  rest.messages.say(meeting, as("g_bo", NAMES[1]), "Thanks, I will read them before we begin.", {
    reply_to: 1,
  });
  rest.messages.say(meeting, as("g_bo", NAMES[1]), "Shall we look at the second draft first?");
  const direct = begin(ana.id, { kind: "direct", user_id: host }).conversation_id;
  rest.messages.say(direct, as(ana.id, ana.nickname), "Are you free at ten?");
  rest.messages.say(direct, as(host, ""), "Yes, come by.");
  rest.messages.say(direct, as(ana.id, ana.nickname), "The plan: https://example.org/plan", {
    attachments: [
      { file_id: "f_plan", name: "Plan for the launch.pdf", size: 21_000_000, type: "application/pdf" },
      { file_id: "f_zip", name: "Pictures.zip", size: 88_400_000, type: "application/zip" },
    ],
  });
  const group = begin(host, { kind: "group", title: "Launch", user_ids: [ana.id, bo.id] }).conversation_id;
  rest.messages.say(group, as(bo.id, bo.nickname), "@Dana Marsh the pictures are done", { mentions: [host] });
}

/** Files, devices, a push and a webhook of who is signed in. */
function store(rest: MockRest, host: { id: string; name: string }): void {
  const { files } = rest;
  for (const [name, kind] of [
    ["Dana's laptop", "laptop"],
    ["Lobby screen", "kiosk"],
    ["Meter 7", "meter"],
  ] as const) {
    files.addDevice(host.id, { name, kind, credential: kind !== "laptop" });
  }
  files.add(host.id, "Holiday film.mp4", 734_000_000, "video/mp4");
  files.add(host.id, "sketch.html", 4_200, "text/html", { state: "refused", reason: "type" });
  files.add(host.id, "Team.jpg", 3_400_000, "image/jpeg", { conversations: ["c_1"] });
  const plan = files.add(host.id, "Plan for the launch.pdf", 21_000_000, "application/pdf");
  files.add(host.id, "Setup.exe", 9_100_000, "application/x-msdownload", { risk: "program" });
  rest.webhooks.add(host.id, {
    url: "https://hooks.example.com/parley",
    events: ["meeting.started", "meeting.ended"],
    description: "Rooms display",
  });
  files.push(plan, { user: host.id, name: host.name }, "The version of today");
}

/** What happened while who is signed in was away. */
function tell(rest: MockRest): void {
  const told = rest.notifications;
  told.add(
    { kind: "account", what: "signed_in", title: "Safari, iPhone, 198.51.100.4", link: "/account" },
    600,
    true,
  );
  told.add(
    { kind: "file", what: "pushed", by_name: NAMES[1]!, title: "Plan.pdf", link: "/files/received" },
    95,
  );
  told.add(
    {
      kind: "invitation",
      what: "invited",
      by_name: NAMES[2]!,
      title: "Design review",
      link: "/m/abc-defg-hij",
    },
    40,
  );
  told.add({ kind: "mention", what: "mentioned", by_name: NAMES[1]!, title: "Launch", link: "/chats" }, 12);
  told.add({ kind: "message", what: "received", by_name: NAMES[0]!, count: 10, link: "/chats" }, 3);
  told.mailed("skipped", 1, 700);
  told.mailed("delivered", 3, 30);
}

/** Answers everything but a sign-in as a system does whose stores cannot be reached. */
const failing =
  (fetch: MockRest["fetch"]): MockRest["fetch"] =>
  (input, init) => {
    const { pathname } = new URL(input, "http://mock.invalid");
    if (/\/(refresh-token|csrf-token|login|profile|health)$/.test(pathname)) return fetch(input, init);
    const body = { code: 503, message: "unavailable", error: "store.unavailable", request_id: "r-7Q4K2M" };
    return Promise.resolve(new Response(JSON.stringify(body), { status: 503 }));
  };

/**
 * The app on a mock system, for looking at screens: `?people=5&signed-in=1&share=1&hand=1&lobby=1&admin=1&offline=1`,
 * `?empty=1` for somebody new, `?failing=1` for stores that do not answer.
 */
export function demoParley(): Parley {
  const query = new URLSearchParams(location.search);
  const people = Number(query.get("people") ?? sessionStorage.getItem("demo.people") ?? 3);
  sessionStorage.setItem("demo.people", String(people));
  const system = mockSystem({ people: NAMES.slice(0, people) });
  const host = system.rest.addUser("dana", "Secret-123", "Dana Marsh");
  if (!query.has("empty")) {
    plan(system.rest, { id: host.id, name: "Dana Marsh" });
    talk(system.rest, host.id);
    store(system.rest, { id: host.id, name: "Dana Marsh" });
    tell(system.rest);
  }
  if (query.has("admin") || sessionStorage.getItem("demo.admin")) {
    sessionStorage.setItem("demo.admin", "1");
    host.role = "admin";
    system.rest.admin = new MockAdmin();
  }
  system.rest.quality.add(["Dana Marsh", ...NAMES.slice(0, people)], 45);
  if (query.has("signed-in")) system.rest.rememberSession("dana");
  if (query.has("lobby")) {
    system.rest.waiting.push({
      participant_id: "p_w",
      user_id: "g_w",
      display_name: "Ivo Marek",
      role: "guest",
      state: "waiting",
    });
  }
  if (query.has("share")) setTimeout(() => system.node.shareScreen(0), 4_000);
  if (query.has("hand")) setTimeout(() => system.node.raiseHand(1), 4_000);
  if (query.has("offline")) setTimeout(() => ((system.network.up = false), system.network.cut()), 4_000);
  const fetch = query.has("failing") ? failing(system.rest.fetch) : system.rest.fetch;
  return new Parley({ url: "http://mock.invalid", fetch, WebSocket: system.WebSocket });
}
