import type { MeetingRecord } from "@parley/client";
import { parley } from "../system/parley";

/** Puts a planned meeting into the downloads, as a file that calendars take. */
export async function saveCalendar(meeting: MeetingRecord): Promise<void> {
  const text = await parley.meetings.calendar(meeting.meeting_id);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = `${meeting.meeting_id}.ics`;
  link.click();
  URL.revokeObjectURL(link.href);
}
