import type { MeetingDraft, MeetingRecord } from "@parley/client";

const HOUR_MILLIS = 3_600_000;

/** What a person fills in to plan a meeting. */
export interface Plan {
  title: string;
  when: "now" | "later";
  /** As `input type=datetime-local` says it: local time, no zone. */
  start: string;
  password: string;
  approval: boolean;
}

/** What the API is asked for. Times leave as RFC 3339, in UTC. */
export function draftOf(plan: Plan): MeetingDraft {
  return {
    title: plan.title.trim(),
    ...(plan.when === "later" ? { start_time: new Date(plan.start).toISOString() } : {}),
    ...(plan.password ? { password: plan.password } : {}),
    ...(plan.approval ? { settings: { require_approval: true } } : {}),
  };
}

/** Whether the chosen time can be planned for. */
export function isAhead(start: string, nowMillis: number): boolean {
  const millis = new Date(start).getTime();
  return Number.isFinite(millis) && millis > nowMillis;
}

/** The next full hour, as `input type=datetime-local` wants it. */
export function nextHour(nowMillis: number): string {
  const hour = new Date(Math.floor(nowMillis / HOUR_MILLIS + 1) * HOUR_MILLIS);
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${hour.getFullYear()}-${two(hour.getMonth() + 1)}-${two(hour.getDate())}`;
  return `${date}T${two(hour.getHours())}:${two(hour.getMinutes())}`;
}

export const isPast = (meeting: MeetingRecord): boolean =>
  meeting.status === "ended" || meeting.status === "cancelled";

/** The time a meeting is listed under. */
export const timeOf = (meeting: MeetingRecord): Date =>
  new Date(meeting.ended_at ?? meeting.start_time ?? meeting.started_at ?? meeting.created_at ?? Date.now());

/** Upcoming: what is live, then by time, then what has no time. Past: the latest first. */
export function inOrder(meetings: readonly MeetingRecord[], past: boolean): MeetingRecord[] {
  const rank = (meeting: MeetingRecord) => (meeting.status === "active" ? 0 : meeting.start_time ? 1 : 2);
  return meetings
    .filter((meeting) => isPast(meeting) === past)
    .sort((a, b) => {
      const later = timeOf(a).getTime() - timeOf(b).getTime();
      if (past) return -later;
      return rank(a) - rank(b) || (rank(a) === 1 ? later : -later);
    });
}
