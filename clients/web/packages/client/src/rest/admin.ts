import type { Http } from "./http";
import type {
  AuditCheck,
  AuditEntry,
  HealthDetail,
  LimitRecord,
  MediaNode,
  Page,
  RoomStats,
  SystemStats,
  ManagedUser,
} from "./records";

export interface UserFilter {
  page?: number;
  pageSize?: number;
  keyword?: string;
  status?: string;
}

export interface AuditFilter {
  page?: number;
  pageSize?: number;
  actor?: string;
  subject?: string;
  /** Exactly, `account.ban`, or a family, `account.` */
  act?: string;
}

/** The administrators' part of the REST API, one method a route. Moderators may use what says so. */
export class Admin {
  constructor(private readonly http: Http) {}

  /** For moderators too, who see no e-mail address and no telephone number. */
  users(filter: UserFilter = {}): Promise<Page<ManagedUser>> {
    return this.http.call("GET", `/admin/users?${queryOf(filter)}`);
  }

  /** For moderators too. */
  user(id: string): Promise<ManagedUser> {
    return this.http.call("GET", userPath(id));
  }

  /** Whose role changes signs in again. */
  changeUser(id: string, change: { role?: string; nickname?: string }): Promise<ManagedUser> {
    return this.http.call("PUT", userPath(id), { body: change });
  }

  removeUser(id: string): Promise<void> {
    return this.http.call("DELETE", userPath(id));
  }

  /** For moderators too, on plain users. Ends sessions, sockets and media at once. */
  ban(id: string, reason?: string): Promise<ManagedUser> {
    return this.http.call("POST", `${userPath(id)}/ban`, { body: reason ? { reason } : {} });
  }

  /** For moderators too, on plain users. */
  unban(id: string): Promise<ManagedUser> {
    return this.http.call("POST", `${userPath(id)}/unban`, { body: {} });
  }

  /** For moderators too: the meetings that go on now. */
  rooms(filter: { page?: number; pageSize?: number } = {}): Promise<Page<RoomStats>> {
    return this.http.call("GET", `/rooms/stats?${queryOf(filter)}`);
  }

  /** For moderators too. */
  stats(): Promise<SystemStats> {
    return this.http.call("GET", "/stats");
  }

  limits(): Promise<LimitRecord[]> {
    return this.http.call("GET", "/admin/limits");
  }

  /** New values by name; null is the usual one again. They hold for everybody within seconds. */
  changeLimits(limits: Record<string, number | null>): Promise<LimitRecord[]> {
    return this.http.call("PUT", "/admin/limits", { body: { limits } });
  }

  nodes(): Promise<MediaNode[]> {
    return this.http.call("GET", "/admin/nodes");
  }

  health(): Promise<HealthDetail> {
    return this.http.call("GET", "/health/detailed");
  }

  audit(filter: AuditFilter = {}): Promise<Page<AuditEntry>> {
    return this.http.call("GET", `/admin/audit?${queryOf(filter)}`);
  }

  /** Looks through the whole chain, part by part; stops at the first thing that is wrong. */
  async verifyAudit(): Promise<AuditCheck> {
    for (let from = 1; ;) {
      const check = await this.http.call<AuditCheck>("GET", `/admin/audit/verify?from=${from}`);
      if (!check.intact || check.complete) return check;
      from = check.until + 1;
    }
  }

  /** The audit log as text, one JSON entry a line, the chain's end as the last line of each part. */
  async exportAudit(): Promise<string> {
    let text = "";
    for (let after = 0; ;) {
      const part = await this.http.text("GET", `/admin/audit/export?after=${after}`);
      text += part;
      const lines = part.trimEnd().split("\n");
      const head = (JSON.parse(lines[lines.length - 1]!) as { head: { seq: number } }).head.seq;
      const last = lines.length > 1 ? (JSON.parse(lines[lines.length - 2]!) as { seq: number }).seq : head;
      if (last >= head) return text;
      after = last;
    }
  }
}

const userPath = (id: string) => `/admin/users/${encodeURIComponent(id)}`;

function queryOf(filter: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined && value !== "")
      query.set(name === "pageSize" ? "page_size" : name, String(value));
  }
  return query.toString();
}
