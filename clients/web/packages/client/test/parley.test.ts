import { describe, expect, it } from "vitest";
import { MockRest } from "../src/mock/rest";
import { mockSockets } from "../src/mock/wire";
import { Parley } from "../src/parley";
import type { Fetch } from "../src/rest/http";

const CODE = "abc-defg-hij";

const reply = (status: number, body: object) => new Response(JSON.stringify(body), { status });

/** A server whose guests' passes are handed out by hand, as slowly as a test wants. */
class SlowServer {
  readonly calls: { path: string; bearer: string | null }[] = [];
  private readonly passes: ((response: Response) => void)[] = [];

  readonly fetch: Fetch = (url, init) => {
    const path = new URL(url).pathname.replace(/^\/api\/v1\/meetings\/[^/]+/, "");
    this.calls.push({ path, bearer: new Headers(init.headers).get("authorization") });
    if (path === "/guests") return new Promise((resolve) => this.passes.push(resolve));
    if (path === "/join") return Promise.resolve(reply(403, { code: 403, error: "meeting.locked" }));
    return Promise.resolve(reply(200, { code: 200, data: {} }));
  };

  get asked(): number {
    return this.passes.length;
  }

  /** Answers the `n`th request for a pass. */
  handOut(n: number): void {
    const data = {
      token: `t${n}`,
      guest_id: `g${n}`,
      guest_key: `k${n}`,
      expires_at: "2999-01-01T00:00:00Z",
    };
    this.passes[n]!(reply(200, { code: 200, data }));
  }
}

describe("joining as a guest", () => {
  it("stays the guest who joined when a pass that was asked for ahead comes late", async () => {
    const server = new SlowServer();
    const parley = new Parley({ url: "http://x", fetch: server.fetch });
    const joining = parley.join(CODE, { displayName: "Ana" }).catch((thrown: unknown) => thrown);
    parley.prepare(CODE, { displayName: "Ana" });
    expect(server.asked).toBe(2);
    server.handOut(0);
    expect(await joining).toMatchObject({ code: "meeting.locked" });
    server.handOut(1);
    await new Promise((done) => setTimeout(done));
    await parley.meetings.get(CODE);
    expect(server.calls.filter((call) => call.path !== "/guests")).toEqual([
      { path: "/join", bearer: "Bearer t0" },
      { path: "", bearer: "Bearer t0" },
    ]);
  });

  it("uses the pass that was asked for ahead", async () => {
    const server = new SlowServer();
    const parley = new Parley({ url: "http://x", fetch: server.fetch });
    parley.prepare(CODE, { displayName: "Ana" });
    const keys: string[] = [];
    const joining = parley
      .join(CODE, { displayName: "Ana", onGuestKey: (key) => keys.push(key) })
      .catch((thrown: unknown) => thrown);
    server.handOut(0);
    await joining;
    expect([server.asked, keys, server.calls.at(-1)?.bearer]).toEqual([1, ["k0"], "Bearer t0"]);
  });
});

describe("the conversations of who is signed in", () => {
  it("are the same until that person signs out, and then another's", async () => {
    const rest = new MockRest();
    const { WebSocket, network } = mockSockets(rest);
    const parley = new Parley({ url: "http://mock", fetch: rest.fetch, WebSocket });
    for (const name of ["ana", "bo"]) rest.addUser(name, "Secret-123");
    await parley.account.login("ana", "Secret-123");
    const first = await parley.conversations();
    expect(await parley.conversations()).toBe(first);
    await expect.poll(() => [first.loaded, first.connection]).toEqual([true, "open"]);
    await first.direct("bo");
    expect(first.all.map(({ record }) => record?.peer?.name)).toEqual(["bo"]);

    await parley.account.logout();
    await expect.poll(() => [first.connection, network.tickets.length]).toEqual(["closed", 0]);
    await parley.account.login("bo", "Secret-123");
    const second = await parley.conversations();
    expect(second).not.toBe(first);
    await expect.poll(() => second.all.map(({ record }) => record?.peer?.name)).toEqual(["ana"]);
    second.close();
  });
});
