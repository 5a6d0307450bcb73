import { describe, expect, it, vi } from "vitest";
import { ParleyError } from "../src/errors";
import { expiryMillis, Http, type Fetch } from "../src/rest/http";

const reply = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

describe("calling the REST API", () => {
  it("opens the envelope", async () => {
    const http = new Http("http://x", async () => reply(200, { code: 200, message: "ok", data: { a: 1 } }));
    expect(await http.call("GET", "/thing")).toEqual({ a: 1 });
  });

  it("turns a failure into its stable code, with reference and waiting time", async () => {
    const http = new Http("http://x", async () =>
      reply(
        503,
        { code: 503, message: "busy", error: "fleet.full", request_id: "r-7" },
        { "retry-after": "3" },
      ),
    );
    const error = await http.call("POST", "/x").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParleyError);
    expect(error).toMatchObject({ code: "fleet.full", status: 503, requestId: "r-7", retryAfterSeconds: 3 });
    expect((error as ParleyError).transient).toBe(true);
  });

  it("says so when there is no reply, or none that can be read", async () => {
    const silent = new Http("http://x", () => Promise.reject(new TypeError("failed to fetch")));
    await expect(silent.call("GET", "/x")).rejects.toMatchObject({ code: "network.unreachable" });
    const garbled = new Http("http://x", async () => new Response("<html>", { status: 502 }));
    await expect(garbled.call("GET", "/x")).rejects.toMatchObject({ code: "http.502", status: 502 });
  });

  it("renews an expired token once for many calls, and repeats the call", async () => {
    const seen: (string | null)[] = [];
    const fetch: Fetch = async (_url, init) => {
      const bearer = new Headers(init.headers).get("authorization");
      seen.push(bearer);
      return bearer === "Bearer new"
        ? reply(200, { code: 200, data: "done" })
        : reply(401, { code: 401, error: "auth.expired" });
    };
    const http = new Http("http://x", fetch);
    const renew = vi.fn(async () => ({ token: "new", expiresAtMillis: Date.now() + 600_000, renew }));
    http.authorize({ token: "old", expiresAtMillis: Date.now() + 600_000, renew });
    expect(await Promise.all([http.call("GET", "/a"), http.call("GET", "/b")])).toEqual(["done", "done"]);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(seen.filter((bearer) => bearer === "Bearer new")).toHaveLength(2);
  });

  it("does not mistake a wrong meeting password for an expired token", async () => {
    const renew = vi.fn();
    const http = new Http("http://x", async () => reply(401, { code: 401, error: "meeting.password" }));
    http.authorize({ token: "t", expiresAtMillis: Date.now() + 600_000, renew });
    await expect(http.call("POST", "/x")).rejects.toMatchObject({ code: "meeting.password" });
    expect(renew).not.toHaveBeenCalled();
  });

  it("renews shortly before the token ends", async () => {
    const bearers: (string | null)[] = [];
    const http = new Http("http://x", async (_url, init) => {
      bearers.push(new Headers(init.headers).get("authorization"));
      return reply(200, { code: 200, data: 1 });
    });
    const next = { token: "new", expiresAtMillis: Date.now() + 600_000 };
    http.authorize({ token: "old", expiresAtMillis: Date.now() + 5_000, renew: async () => next });
    await http.call("GET", "/x");
    expect(bearers).toEqual(["Bearer new"]);
  });

  it("reads both forms of expires_at", () => {
    expect(expiryMillis("2026-01-01T00:00:00Z")).toBe(Date.UTC(2026, 0, 1));
    expect(expiryMillis(1_767_225_600)).toBe(Date.UTC(2026, 0, 1));
  });
});
