import { describe, expect, it } from "vitest";
import { Parley } from "../src/index";

/** Answers each call with what is next for its address. */
function server(answers: Record<string, unknown[]>) {
  const calls: string[] = [];
  const fetch = async (input: string, init: RequestInit) => {
    const { pathname, search } = new URL(input);
    const call = `${init.method} ${pathname.replace("/api/v1", "")}${search}`;
    calls.push(init.body ? `${call} ${String(init.body)}` : call);
    const answer = answers[call]?.shift();
    if (answer === undefined)
      return Response.json({ code: 404, error: "request.not_found" }, { status: 404 });
    return typeof answer === "string" ? new Response(answer) : Response.json({ code: 200, data: answer });
  };
  return { calls, parley: new Parley({ url: "http://test", token: "t", fetch }) };
}

const entry = (seq: number) => JSON.stringify({ seq, act: "account.ban" });
const head = (seq: number) => JSON.stringify({ head: { seq, hash: "00" } });

describe("admin", () => {
  it("asks for users by page, word and status, and leaves out what is empty", async () => {
    const { calls, parley } = server({
      "GET /admin/users?keyword=ana+b&page_size=20": [{ list: [], total: 0 }],
    });
    await (await parley.admin()).users({ keyword: "ana b", status: "", pageSize: 20 });
    expect(calls).toEqual(["GET /admin/users?keyword=ana+b&page_size=20"]);
  });

  it("bans with a reason", async () => {
    const { calls, parley } = server({ "POST /admin/users/u_1/ban": [{ id: "u_1", status: "banned" }] });
    expect((await (await parley.admin()).ban("u_1", "spam")).status).toBe("banned");
    expect(calls).toEqual(['POST /admin/users/u_1/ban {"reason":"spam"}']);
  });

  it("looks through the whole log, part by part", async () => {
    const { calls, parley } = server({
      "GET /admin/audit/verify?from=1": [{ intact: true, complete: false, until: 100 }],
      "GET /admin/audit/verify?from=101": [{ intact: true, complete: true, until: 120 }],
    });
    expect((await (await parley.admin()).verifyAudit()).until).toBe(120);
    expect(calls).toHaveLength(2);
  });

  it("stops looking at the first thing that is wrong", async () => {
    const { parley } = server({
      "GET /admin/audit/verify?from=1": [
        { intact: false, complete: false, until: 4, fault: { seq: 5, kind: "altered" } },
      ],
    });
    expect((await (await parley.admin()).verifyAudit()).fault?.seq).toBe(5);
  });

  it("takes the whole log away, part by part", async () => {
    const { parley } = server({
      "GET /admin/audit/export?after=0": [`${entry(1)}\n${entry(2)}\n${head(3)}\n`],
      "GET /admin/audit/export?after=2": [`${entry(3)}\n${entry(4)}\n${head(4)}\n`],
    });
    const lines = (await (await parley.admin()).exportAudit()).trimEnd().split("\n");
    expect(lines).toEqual([entry(1), entry(2), head(3), entry(3), entry(4), head(4)]);
  });

  it("tells a refusal of an export by its code", async () => {
    const { parley } = server({});
    await expect((await parley.admin()).exportAudit()).rejects.toMatchObject({ code: "request.not_found" });
  });
});
