import type { MeetingRecord } from "@parley/client";
import { describe, expect, it } from "vitest";
import { addressesIn, draftOf, inOrder, isAhead, isTimes, nextHour } from "../src/home/plan";

const plan = {
  title: " Review ",
  when: "now" as const,
  start: "2026-03-01T10:00",
  minutes: 45,
  repeat: "never" as const,
  times: "",
  invited: "",
  password: "",
  approval: false,
  direct: false,
};

describe("a planned meeting", () => {
  it("asks for nothing that was not chosen", () => {
    expect(draftOf(plan)).toEqual({ title: "Review" });
  });

  it("carries its time in UTC, its password and its lobby", () => {
    expect(draftOf({ ...plan, when: "later", password: "open", approval: true })).toEqual({
      title: "Review",
      start_time: new Date(2026, 2, 1, 10).toISOString(),
      end_time: new Date(2026, 2, 1, 10, 45).toISOString(),
      password: "open",
      settings: { require_approval: true },
    });
  });

  it("lets two people connect directly when that was chosen", () => {
    expect(draftOf({ ...plan, direct: true }).settings).toEqual({ peer_to_peer: true });
    expect(draftOf({ ...plan, direct: true, approval: true }).settings).toEqual({
      require_approval: true,
      peer_to_peer: true,
    });
  });

  it("repeats on the clock of this person's wall", () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const later = { ...plan, when: "later" as const };
    expect(draftOf({ ...later, repeat: "weekdays", times: " 10 " }).recurrence).toEqual({
      rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10",
      time_zone: zone,
    });
    expect(draftOf({ ...later, repeat: "fortnightly" }).recurrence?.rule).toBe("FREQ=WEEKLY;INTERVAL=2");
    expect(draftOf({ ...plan, repeat: "daily" }).recurrence).toBeUndefined();
    expect(["", "1", "730"].every(isTimes)).toBe(true);
    expect(["0", "731", "-1", "x", "1.5"].some(isTimes)).toBe(false);
  });

  it("invites every address once and says which is none", () => {
    expect(addressesIn(" Ana@example.org, bo@example.org;ana@example.org\n")).toEqual({
      addresses: ["ana@example.org", "bo@example.org"],
      wrong: undefined,
    });
    expect(addressesIn("ana@example.org bo").wrong).toBe("bo");
    expect(addressesIn("")).toEqual({ addresses: [], wrong: undefined });
  });

  it("begins ahead of now", () => {
    const now = new Date(2026, 2, 1, 9, 59).getTime();
    expect(isAhead("2026-03-01T10:00", now)).toBe(true);
    expect(isAhead("2026-03-01T09:00", now)).toBe(false);
    expect(isAhead("", now)).toBe(false);
  });

  it("is proposed for the next full hour", () => {
    expect(nextHour(new Date(2026, 11, 31, 23, 20).getTime())).toBe("2027-01-01T00:00");
    expect(isAhead(nextHour(Date.now()), Date.now())).toBe(true);
  });
});

describe("the list of meetings", () => {
  const meeting = (id: string, status: MeetingRecord["status"], start?: string): MeetingRecord => ({
    meeting_id: id,
    title: id,
    host_id: "u_1",
    status,
    meeting_type: "video",
    max_participants: 100,
    has_password: false,
    created_at: "2026-01-01T00:00:00Z",
    ...(start ? { start_time: start } : {}),
  });
  const all = [
    meeting("untimed", "scheduled"),
    meeting("second", "scheduled", "2026-03-02T10:00:00Z"),
    meeting("first", "scheduled", "2026-03-01T10:00:00Z"),
    meeting("live", "active"),
    meeting("older", "ended", "2026-02-01T10:00:00Z"),
    meeting("newer", "cancelled", "2026-02-02T10:00:00Z"),
  ];
  const ids = (past: boolean) => inOrder(all, past).map((each) => each.meeting_id);

  it("has what is live first, then what comes next", () => {
    expect(ids(false)).toEqual(["live", "first", "second", "untimed"]);
  });

  it("has the latest of the past first", () => {
    expect(ids(true)).toEqual(["newer", "older"]);
  });
});
