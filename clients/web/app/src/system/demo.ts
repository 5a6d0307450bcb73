import { Parley } from "@parley/client";
import { MockAdmin, mockSystem } from "@parley/client/mock";

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

/** The app on a mock system, for looking at screens: `?people=5&signed-in=1&share=1&lobby=1&admin=1`. */
export function demoParley(): Parley {
  const query = new URLSearchParams(location.search);
  const people = Number(query.get("people") ?? sessionStorage.getItem("demo.people") ?? 3);
  sessionStorage.setItem("demo.people", String(people));
  const system = mockSystem({ people: NAMES.slice(0, people) });
  const host = system.rest.addUser("dana", "Secret-123", "Dana Marsh");
  const day = 86_400_000;
  const at = (days: number, hour: number) => {
    const date = new Date(Date.now() + days * day);
    date.setHours(hour, 0, 0, 0);
    return date.toISOString();
  };
  system.rest.addMeeting({
    meeting_id: "abc-defg-hij",
    title: "Design review",
    host_id: host.id,
    host_name: "Dana Marsh",
  });
  system.rest.addMeeting({
    meeting_id: "lob-byyy-one",
    title: "Interview",
    settings: { require_approval: true },
  });
  system.rest.addMeeting({ meeting_id: "pas-word-one", title: "Board", password: "open" });
  const planned = { status: "scheduled" as const, host_id: host.id, host_name: "Dana Marsh" };
  system.rest.addMeeting({
    meeting_id: "wee-kkly-one",
    title: "Weekly planning",
    start_time: at(1, 10),
    ...planned,
  });
  system.rest.addMeeting({
    meeting_id: "cus-tome-one",
    title: "Customer call: Nordlys AS",
    start_time: at(2, 14),
    ...planned,
  });
  system.rest.addMeeting({
    meeting_id: "old-meet-one",
    title: "Retrospective",
    status: "ended",
    ended_at: at(-3, 16),
  });
  if (query.has("admin") || sessionStorage.getItem("demo.admin")) {
    sessionStorage.setItem("demo.admin", "1");
    host.role = "admin";
    system.rest.admin = new MockAdmin();
  }
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
  return new Parley({ url: "http://mock.invalid", fetch: system.rest.fetch, WebSocket: system.WebSocket });
}
