import type { MeetingDraft, MeetingRecord, RecurrenceDraft } from "@parley/client";

const HOUR_MILLIS = 3_600_000;
const MINUTE_MILLIS = 60_000;

/** What a person fills in to plan a meeting. */
export interface Plan {
  title: string;
  when: "now" | "later";
  /** As `input type=datetime-local` says it: local time, no zone. */
  start: string;
  /** Minutes it takes. */
  minutes: number;
  repeat: Repeat;
  /** How many times, as typed; empty for no end. */
  times: string;
  /** Addresses as typed. */
  invited: string;
  password: string;
  approval: boolean;
  /** Two people who are alone may connect directly. */
  direct: boolean;
}

export type Repeat = "never" | "daily" | "weekdays" | "weekly" | "fortnightly" | "monthly";
export const REPEATS: readonly Repeat[] = ["never", "daily", "weekdays", "weekly", "fortnightly", "monthly"];
export const LENGTHS: readonly number[] = [15, 30, 45, 60, 90, 120, 180, 240];

const RULES: Record<Exclude<Repeat, "never">, string> = {
  daily: "FREQ=DAILY",
  weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  weekly: "FREQ=WEEKLY",
  fortnightly: "FREQ=WEEKLY;INTERVAL=2",
  monthly: "FREQ=MONTHLY",
};

/** The rule of a plan that repeats; the clock on this person's wall counts. */
function recurrenceOf(plan: Plan): RecurrenceDraft | undefined {
  if (plan.when === "now" || plan.repeat === "never") return undefined;
  const count = plan.times.trim() === "" ? "" : `;COUNT=${Number(plan.times)}`;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { rule: RULES[plan.repeat] + count, ...(zone ? { time_zone: zone } : {}) };
}

/** Whether what was typed is a number of times, or nothing. */
export function isTimes(typed: string): boolean {
  const text = typed.trim();
  return text === "" || (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 730);
}

/** The addresses in what was typed, each once, and the first that is none. */
export function addressesIn(typed: string): { addresses: string[]; wrong: string | undefined } {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== "");
  const addresses = [...new Set(words.map((word) => word.toLowerCase()))];
  return { addresses, wrong: addresses.find((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)) };
}

/** What the API is asked for. Times leave as RFC 3339, in UTC. */
export function draftOf(plan: Plan): MeetingDraft {
  const recurrence = recurrenceOf(plan);
  const start = new Date(plan.start);
  const settings = {
    ...(plan.approval ? { require_approval: true } : {}),
    ...(plan.direct ? { peer_to_peer: true } : {}),
  };
  return {
    title: plan.title.trim(),
    ...(plan.when === "later"
      ? {
          start_time: start.toISOString(),
          end_time: new Date(start.getTime() + plan.minutes * MINUTE_MILLIS).toISOString(),
        }
      : {}),
    ...(recurrence ? { recurrence } : {}),
    ...(plan.password ? { password: plan.password } : {}),
    ...(plan.approval || plan.direct ? { settings } : {}),
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
