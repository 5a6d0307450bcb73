import { describe, expect, it } from "vitest";
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
