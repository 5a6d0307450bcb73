import { describe, expect, it } from "vitest";
import { MOCK_CODE } from "../src/mock/accounts";
import { MockRest } from "../src/mock/rest";
import { Parley } from "../src/parley";

const system = () => {
  const rest = new MockRest();
  return { rest, parley: new Parley({ url: "http://mock", fetch: rest.fetch }) };
};

describe("an account", () => {
  it("is made, signed in and out", async () => {
    const { parley } = system();
    const users: (string | undefined)[] = [];
    parley.account.on("user", (user) => users.push(user?.username));
    await parley.account.register({ username: "ana", email: "ana@example.org", password: "Secret-123" });
    await parley.account.login("ana", "Secret-123");
    expect((await parley.meetings.create({ title: "Plan" })).meeting_id).toMatch(
      /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/,
    );
    await parley.account.logout();
    expect(users).toEqual(["ana", undefined]);
    await expect(parley.meetings.create({ title: "Plan" })).rejects.toMatchObject({ status: 401 });
  });

  it("gives one answer for an unknown name and a wrong password", async () => {
    const { rest, parley } = system();
    rest.addUser("ana", "Secret-123");
    await expect(parley.account.login("ana", "no")).rejects.toMatchObject({ code: "auth.credentials" });
    await expect(parley.account.login("bo", "no")).rejects.toMatchObject({ code: "auth.credentials" });
  });

  it("comes back from the cookie, or quietly does not", async () => {
    const { rest, parley } = system();
    expect(await parley.account.restore()).toBeUndefined();
    rest.addUser("ana", "Secret-123");
    rest.rememberSession("ana");
    expect((await parley.account.restore())?.username).toBe("ana");
  });
});

describe("looking after an account", () => {
  const signedIn = async () => {
    const { rest, parley } = system();
    rest.addUser("ana", "Secret-123");
    await parley.account.login("ana", "Secret-123");
    const users: (string | undefined)[] = [];
    parley.account.on("user", (user) => users.push(user?.nickname));
    return { rest, parley, users };
  };

  it("tells of a changed profile and picture", async () => {
    const { parley, users } = await signedIn();
    await parley.account.updateProfile({ nickname: "Countess" });
    const user = await parley.account.uploadAvatar(new Blob(["picture"], { type: "image/png" }));
    expect(users).toEqual(["Countess", "Countess"]);
    expect(parley.account.user?.avatar).toBe(user.avatar);
  });

  it("sends a picture as it is, by its own type", async () => {
    const sent: RequestInit[] = [];
    const parley = new Parley({
      url: "http://x",
      token: "t",
      fetch: async (_url, init) => {
        sent.push(init);
        return new Response(JSON.stringify({ code: 200, data: { avatar: "/avatars/u_1/a_1.jpg" } }));
      },
    });
    const picture = new Blob(["picture"], { type: "image/webp" });
    await parley.account.uploadAvatar(picture);
    expect(sent[0]?.body).toBe(picture);
    expect(new Headers(sent[0]?.headers).get("content-type")).toBe("image/webp");
  });

  it("ends a session elsewhere and stays, or its own and is signed out", async () => {
    const { parley, users } = await signedIn();
    const [own, other] = await parley.account.sessions();
    await parley.account.endSession(other!);
    expect(await parley.account.sessions()).toEqual([own]);
    await expect(parley.account.endSession(other!)).rejects.toMatchObject({ code: "session.not_found" });
    expect(users).toEqual([]);
    await parley.account.endSession(own!);
    expect(users).toEqual([undefined]);
    expect(parley.account.user).toBeUndefined();
  });

  it("changes the password by the old one, or by a code", async () => {
    const { parley } = await signedIn();
    await expect(parley.account.changePassword("no", "Better-123")).rejects.toMatchObject({
      code: "auth.old_password",
    });
    await parley.account.changePassword("Secret-123", "Better-123");
    await parley.account.forgotPassword("ana@example.org");
    const reset = (code: string) => parley.account.resetPassword("ana@example.org", code, "Newest-123");
    await expect(reset("0000-0000")).rejects.toMatchObject({ code: "auth.reset_code" });
    await reset(MOCK_CODE);
    expect((await parley.account.login("ana", "Newest-123")).username).toBe("ana");
  });

  it("is over when the account is deleted, and not before", async () => {
    const { parley, users } = await signedIn();
    await expect(parley.account.deleteAccount("no")).rejects.toMatchObject({ code: "auth.password" });
    expect(users).toEqual([]);
    await parley.account.deleteAccount("Secret-123");
    expect(users).toEqual([undefined]);
    await expect(parley.account.login("ana", "Secret-123")).rejects.toMatchObject({ status: 401 });
  });
});

describe("joining", () => {
  it("needs a name from a guest", async () => {
    const { rest, parley } = system();
    rest.addMeeting({ meeting_id: "abc-defg-hij" });
    await expect(parley.join("abc-defg-hij")).rejects.toMatchObject({ code: "client.name" });
  });

  it("tells the stable code of a refusal", async () => {
    const { rest, parley } = system();
    rest.addMeeting({ meeting_id: "abc-defg-hij", password: "open" });
    const attempt = (password?: string) =>
      parley.join("abc-defg-hij", { displayName: "Ana", ...(password ? { password } : {}) });
    await expect(attempt()).rejects.toMatchObject({ code: "meeting.password" });
    await expect(parley.join("zzz-zzzz-zzz", { displayName: "Ana" })).rejects.toMatchObject({
      code: "meeting.not_found",
    });
  });

  it("waits in the lobby until it is told to stop", async () => {
    const { rest, parley } = system();
    rest.addMeeting({ meeting_id: "abc-defg-hij", settings: { require_approval: true } });
    const stop = new AbortController();
    const waiting = new Promise<void>((resolve) => {
      void parley
        .join("abc-defg-hij", { displayName: "Ana", signal: stop.signal, onWaiting: resolve })
        .catch(() => undefined);
    });
    await waiting;
    stop.abort();
    expect(rest.calls.filter((call) => call.endsWith("/join"))).toHaveLength(1);
  });
});
