import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import { expiryMillis, type Grant, type Http } from "./http";
import type { LoginReply, Registration, User } from "./records";

export interface AccountEvents {
  /** Somebody signed in, or (undefined) nobody is signed in any more. */
  user: User | undefined;
}

/**
 * Who is signed in. The access token stays in memory; the refresh token is an HttpOnly cookie that this code never
 * sees, used together with a CSRF token.
 */
export class Account extends Emitter<AccountEvents> {
  private current: User | undefined;

  constructor(private readonly http: Http) {
    super();
  }

  get user(): User | undefined {
    return this.current;
  }

  async register(registration: Registration): Promise<User> {
    return this.http.call<User>("POST", "/register", { body: registration, auth: false });
  }

  /** @param username user name or e-mail address */
  async login(username: string, password: string): Promise<User> {
    const reply = await this.http.call<LoginReply>("POST", "/login", {
      body: { username, password },
      auth: false,
    });
    return this.adopt(reply);
  }

  /** Signs in again from the refresh cookie; undefined when there is no session to come back to. */
  async restore(): Promise<User | undefined> {
    try {
      return this.adopt(await this.refresh());
    } catch (error) {
      if (error instanceof ParleyError && error.status >= 400 && error.status < 500) return undefined;
      throw error;
    }
  }

  async logout(): Promise<void> {
    const csrf = await this.csrfToken().catch(() => undefined);
    try {
      await this.http.call("POST", "/logout", csrf ? { headers: { "X-CSRF-Token": csrf } } : {});
    } finally {
      this.http.authorize(undefined);
      this.current = undefined;
      this.emit("user", undefined);
    }
  }

  private async refresh(): Promise<LoginReply> {
    const csrf = await this.csrfToken();
    return this.http.call<LoginReply>("POST", "/refresh-token", {
      auth: false,
      body: {},
      headers: { "X-CSRF-Token": csrf },
    });
  }

  private async csrfToken(): Promise<string> {
    const reply = await this.http.call<{ csrf_token?: string; token?: string }>("GET", "/csrf-token", {
      auth: false,
    });
    const token = reply?.csrf_token ?? reply?.token;
    if (!token) throw new ParleyError("auth.csrf", "no CSRF token in the reply", { status: 401 });
    return token;
  }

  private async adopt(reply: LoginReply): Promise<User> {
    this.http.authorize(this.grantOf(reply));
    this.current = reply.user ?? (await this.http.call<User>("GET", "/profile"));
    this.emit("user", this.current);
    return this.current;
  }

  private grantOf(reply: LoginReply): Grant {
    return {
      token: reply.token,
      expiresAtMillis: expiryMillis(reply.expires_at),
      renew: async () => {
        try {
          return this.grantOf(await this.refresh());
        } catch (error) {
          if (error instanceof ParleyError && error.status === 401) {
            this.current = undefined;
            this.emit("user", undefined);
          }
          throw error;
        }
      },
    };
  }
}
