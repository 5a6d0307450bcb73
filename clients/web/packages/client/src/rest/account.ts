import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import { expiryMillis, type Grant, type Http } from "./http";
import type { LoginReply, LoginSession, ProfileChange, Registration, User } from "./records";

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
      this.leave();
    }
  }

  /** Sends a mail with a code, if an account has this address; the answer does not tell. */
  async forgotPassword(email: string): Promise<void> {
    await this.http.call("POST", "/forgot-password", { body: { email }, auth: false });
  }

  /** Sets a new password by the code of that mail. It ends every session. */
  async resetPassword(email: string, code: string, password: string): Promise<void> {
    await this.http.call("POST", "/reset-password", { body: { email, code, password }, auth: false });
  }

  /** Ends every other session. */
  async changePassword(oldPassword: string, newPassword: string): Promise<void> {
    await this.http.call("POST", "/change-password", {
      body: { old_password: oldPassword, new_password: newPassword },
    });
  }

  async updateProfile(change: ProfileChange): Promise<User> {
    return this.become(await this.http.call<User>("PUT", "/profile", { body: change }));
  }

  /** @param picture PNG, JPEG or WebP of at most 2 MiB; it is cut to a square */
  async uploadAvatar(picture: Blob): Promise<User> {
    return this.become(await this.http.call<User>("POST", "/upload-avatar", { file: picture }));
  }

  /** Where this account is signed in, this session first. */
  async sessions(): Promise<LoginSession[]> {
    return (await this.http.call<{ list: LoginSession[] }>("GET", "/sessions")).list;
  }

  /** Signs out elsewhere, or here. */
  async endSession(session: LoginSession): Promise<void> {
    await this.http.call("DELETE", `/sessions/${encodeURIComponent(session.id)}`);
    if (session.current) this.leave();
  }

  /** Deletes the account and everything personal in it; it cannot be undone. */
  async deleteAccount(password: string): Promise<void> {
    await this.http.call("DELETE", "/account", { body: { password } });
    this.leave();
  }

  private become(user: User): User {
    this.current = user;
    this.emit("user", user);
    return user;
  }

  private leave(): void {
    this.http.authorize(undefined);
    this.current = undefined;
    this.emit("user", undefined);
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
