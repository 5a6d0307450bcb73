import type { LimitRecord, AuditEntry, ManagedUser, MediaNode, RoomStats } from "../rest/records";

const DAY_MILLIS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MILLIS).toISOString();

const person = (number: number, nickname: string, role = "user", banned = false): ManagedUser => ({
  id: `u_${number}`,
  username: nickname.toLowerCase().replace(/\W+/g, "_"),
  email: `${nickname.toLowerCase().replace(/\W+/g, ".")}@example.org`,
  nickname,
  phone: "",
  role,
  status: banned ? "banned" : "active",
  created_at: ago(number * 9),
  ...(number % 3 === 0 ? {} : { last_login: ago(number) }),
});

const entry = (seq: number, act: string, subject: string, after: Record<string, string>): AuditEntry => ({
  seq,
  id: `a_${seq}`,
  at: ago(6 - seq),
  actor_id: seq === 1 ? "operator" : "u_1",
  actor_role: seq === 1 ? "operator" : "admin",
  source_ip: seq === 1 ? "local" : "203.0.113.7",
  request_id: `r_${seq}`,
  act,
  subject,
  outcome: "done",
  before: act === "account.change" ? { role: "user" } : act === "account.ban" ? { status: "active" } : {},
  after,
  previous: "0".repeat(64),
  hash: "0".repeat(64),
});

const page = <T>(list: T[]) => ({ list, total: list.length, page: 1, page_size: 20, total_pages: 1 });

/** What an administrator sees of the mock: its routes and some people to look after. */
export class MockAdmin {
  readonly users = [
    person(1, "Dana Marsh", "admin"),
    person(2, "Ana Silva", "moderator"),
    person(3, "Bo Lindqvist"),
    person(4, "Chen Wei"),
    person(5, "Spam Account", "user", true),
  ];
  readonly limits: LimitRecord[] = [
    { name: "meeting_participants", value: 1000, usual: 1000, least: 2, most: 1000 },
    { name: "name_sign_ins", value: 20, usual: 10, least: 3, most: 1000, seconds: 60 },
  ];
  readonly rooms: RoomStats[] = [
    {
      meeting_id: "abc-defg-hij",
      title: "Design review",
      host_id: "u_1",
      host_name: "Dana Marsh",
      started_at: ago(0.03),
      participants: 6,
      max_participants: 100,
      locked: false,
      node_id: "node-1",
    },
    {
      meeting_id: "lob-byyy-one",
      title: "Interview",
      host_id: "u_2",
      host_name: "Ana Silva",
      started_at: ago(0.01),
      participants: 1,
      max_participants: 10,
      locked: true,
    },
  ];
  private readonly nodes: MediaNode[] = [
    {
      node_id: "node-1",
      live: true,
      state: "serving",
      admission: "open",
      rooms: 3,
      participants: 41,
      stress: 0.34,
    },
    {
      node_id: "node-2",
      live: false,
      state: "serving",
      admission: "full",
      rooms: 0,
      participants: 0,
      stress: 0,
    },
  ].map((node) => ({ ...node, region: "local", media_host: "192.0.2.10", lease_expires_at: ago(0) }));
  private readonly entries = [
    entry(3, "audit.export", "audit", { after: "0", limit: "5000" }),
    entry(2, "account.ban", "u_5", { status: "banned", reason: "Disturbs meetings" }),
    entry(1, "account.change", "u_1", { role: "admin" }),
  ];

  private changeLimits(changes: Record<string, number | null>): void {
    for (const limit of this.limits) {
      const value = changes[limit.name];
      if (value !== undefined) limit.value = value ?? limit.usual;
    }
  }

  /** The reply's data, or undefined when the route is not of the administration. */
  answer(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): unknown {
    const user = this.users.find(({ id }) => path.startsWith(`/admin/users/${id}`));
    if (user) {
      if (path.endsWith("/ban")) user.status = "banned";
      else if (path.endsWith("/unban")) user.status = "active";
      else if (method === "PUT") Object.assign(user, body);
      else if (method === "DELETE") this.users.splice(this.users.indexOf(user), 1);
      return { ...user };
    }
    switch (path) {
      case "/admin/users": {
        const word = (query.get("keyword") ?? "").toLowerCase();
        const status = query.get("status");
        const fits = (one: ManagedUser) =>
          one.nickname.toLowerCase().includes(word) && (!status || one.status === status);
        return page(this.users.filter(fits).map((one) => ({ ...one })));
      }
      case "/rooms/stats":
        return page(this.rooms);
      case "/admin/nodes":
        return this.nodes;
      case "/health/detailed":
        return {
          status: "degraded",
          version: "0.1.0",
          parts: [
            { name: "database", status: "ok", latency_ms: 4 },
            { name: "tables", status: "failing", latency_ms: 4000, error: "store.unavailable" },
          ],
        };
      case "/admin/limits":
        if (method === "PUT") this.changeLimits(body["limits"] as Record<string, number | null>);
        return this.limits;
      case "/admin/audit":
        return page(this.entries);
      case "/admin/audit/verify":
        return { intact: true, from: 1, until: 3, complete: true, head: { seq: 3, hash: "0".repeat(64) } };
      default:
        return undefined;
    }
  }
}
