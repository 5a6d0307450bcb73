/**
 * Meetings: planning them, and who may do what while they are live.
 *
 * <p>A meeting has two lives. Its plan and its history are in PostgreSQL ({@link dev.parley.meetings.MeetingRepository}). While
 * it is going on, everything that decides about people - lock, lobby, seats, who was removed - is in
 * {@link dev.parley.meetings.LiveMeetings}, which every act changes under a condition, so that two acts at once are one after
 * the other and a full meeting is never over-full. Ending copies the people from the second to the first.
 */
package dev.parley.meetings;
