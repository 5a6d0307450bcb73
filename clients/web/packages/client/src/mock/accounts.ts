import type { LoginSession, User } from "../rest/records";
import type { Call, Caller } from "./call";
import { Refusal } from "./refusal";

const HOUR_MILLIS = 3_600_000;
/** The code of every mail that the mock does not send. */
export const MOCK_CODE = "7K3M-9QXA";

/** Accounts in memory, one browser that may be signed in with one of them, and whose each token and ticket is. */
export class MockAccounts {
  /** Who a socket's ticket was given to. */
  readonly tickets = new Map<string, Caller>();
  private readonly users = new Map<string, User & { password: string }>();
  private readonly bearers = new Map<string, Caller>();
  private session: string | undefined;
  private readonly signedIn: LoginSession[] = [
    signedIn("s_here", "Firefox", "Linux", "192.0.2.17", true),
    signedIn("s_phone", "Safari", "iPhone", "198.51.100.4", false),
  ];

  constructor(
    private readonly next: () => number,
    private readonly socketUrl: string,
  ) {}

  add(username: string, password: string, nickname = username): User {
    const user = {
      id: `u_${this.next()}`,
      username,
      email: `${username}@example.org`,
      nickname,
      role: "user",
      password,
    };
    this.users.set(username, user);
    return user;
  }

  /** Signs a browser in as if it had the refresh cookie already. */
  remember(username: string): void {
    this.session = username;
  }

  find(username: string): User | undefined {
    return this.users.get(username);
  }

  byId(id: string): User | undefined {
    return [...this.users.values()].find((one) => one.id === id);
  }

  /** Whose token it is. */
  caller(call: Call): Caller {
    const caller = call.bearer ? this.bearers.get(call.bearer) : undefined;
    if (!caller) throw new Refusal(401, "auth.token");
    return caller;
  }

  /** Answers a call of the routes of accounts. */
  answer(call: Call): unknown {
    switch (`${call.method} ${call.path}`) {
      case "GET /health":
        return { status: "ok" };
      case "POST /register": {
        const { username, password, nickname } = call.body as Record<string, string>;
        if (this.users.has(username!)) throw new Refusal(409, "user.exists");
        return this.add(username!, password!, nickname ?? username!);
      }
      case "POST /login": {
        const user = this.users.get(String(call.body["username"]));
        if (!user || user.password !== call.body["password"]) throw new Refusal(401, "auth.credentials");
        this.session = user.username;
        return this.grant(user);
      }
      case "GET /csrf-token":
        if (!this.session) throw new Refusal(401, "auth.session");
        return { csrf_token: "csrf" };
      case "POST /refresh-token": {
        const user = this.session ? this.users.get(this.session) : undefined;
        if (!user) throw new Refusal(401, "auth.session");
        return this.grant(user);
      }
      case "POST /logout":
        this.session = undefined;
        return {};
      case "GET /profile":
        return this.users.get(this.session ?? "");
      case "PUT /profile":
        return Object.assign(this.own(call), call.body);
      case "POST /upload-avatar":
        return Object.assign(this.own(call), { avatar: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
      case "POST /change-password":
        if (this.own(call).password !== call.body["old_password"])
          throw new Refusal(403, "auth.old_password");
        this.own(call).password = String(call.body["new_password"]);
        return {};
      case "POST /forgot-password":
        return {};
      case "POST /reset-password": {
        const user = [...this.users.values()].find(({ email }) => email === call.body["email"]);
        if (!user || call.body["code"] !== MOCK_CODE) throw new Refusal(400, "auth.reset_code");
        user.password = String(call.body["password"]);
        return {};
      }
      case "DELETE /account": {
        const user = this.own(call);
        if (user.password !== call.body["password"]) throw new Refusal(403, "auth.password");
        this.users.delete(user.username);
        this.session = undefined;
        return {};
      }
      case "POST /ws-tickets":
        return { ticket: this.ticketOf(this.caller(call)), ws_url: this.socketUrl };
      default:
        throw new Refusal(404, "route.not_found");
    }
  }

  /** Two sessions: the one that asks, and a phone until it is ended. */
  sessions(call: Call, id: string | undefined): unknown {
    this.own(call);
    if (call.method === "DELETE") {
      const place = this.signedIn.findIndex((session) => session.id === id);
      if (place < 0) throw new Refusal(404, "session.not_found");
      return void this.signedIn.splice(place, 1);
    }
    return { list: this.signedIn, total: this.signedIn.length, page: 1, page_size: 20, total_pages: 1 };
  }

  issue(user: string, name: string): string {
    const token = `token-${this.next()}`;
    this.bearers.set(token, { user, name });
    return token;
  }

  ticketOf(caller: Caller): string {
    const ticket = `t${this.next()}`;
    this.tickets.set(ticket, caller);
    return ticket;
  }

  expiry(): { expires_at: string } {
    return { expires_at: new Date(Date.now() + HOUR_MILLIS).toISOString() };
  }

  private own(call: Call): User & { password: string } {
    const { user } = this.caller(call);
    const found = [...this.users.values()].find(({ id }) => id === user);
    if (!found) throw new Refusal(404, "user.not_found");
    return found;
  }

  private grant(user: User & { password: string }): object {
    const { password: _password, ...shown } = user;
    return { user: shown, token: this.issue(user.id, user.nickname ?? user.username), ...this.expiry() };
  }
}

function signedIn(
  id: string,
  client: string,
  system: string,
  address: string,
  current: boolean,
): LoginSession {
  const at = new Date(Date.now() - (current ? 0 : HOUR_MILLIS)).toISOString();
  return { id, client, system, address, created_at: at, last_seen: at, current };
}
