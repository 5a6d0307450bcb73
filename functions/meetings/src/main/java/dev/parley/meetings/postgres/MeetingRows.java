package dev.parley.meetings.postgres;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingStatus;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.meetings.Series;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Rows as records. */
final class MeetingRows {
    private MeetingRows() {}

    static Meeting meeting(ResultSet row) throws SQLException {
        return new Meeting(
                row.getString("id"),
                row.getString("title"),
                row.getString("description"),
                row.getString("host_id"),
                row.getString("host_name"),
                MeetingStatus.of(row.getString("status")).orElseThrow(),
                MeetingType.of(row.getString("meeting_type")).orElseThrow(),
                row.getInt("max_participants"),
                Optional.ofNullable(row.getString("password_hash")),
                Wire.read(row.getString("settings"), MeetingSettings.class).over(MeetingSettings.DEFAULTS),
                time(row, "start_time"),
                time(row, "end_time"),
                time(row, "started_at"),
                time(row, "ended_at"),
                time(row, "created_at").orElseThrow(),
                time(row, "updated_at").orElseThrow(),
                series(row),
                row.getLong("version"));
    }

    private static Optional<Series> series(ResultSet row) throws SQLException {
        String rule = row.getString("recurrence");
        if (rule == null) {
            return Optional.empty();
        }
        return Optional.of(new Series(
                rule,
                ZoneId.of(row.getString("time_zone")),
                time(row, "series_start").orElseThrow(),
                row.getInt("occurrence")));
    }

    /** A guest's key is not kept: after the meeting it opens nothing. */
    static Participant participant(ResultSet row) throws SQLException {
        return new Participant(
                row.getString("id"),
                row.getString("user_id"),
                Optional.empty(),
                row.getString("display_name"),
                MeetingRole.of(row.getString("role")),
                ParticipantState.of(row.getString("status")),
                row.getInt("csrc"),
                time(row, "joined_at"),
                time(row, "left_at"),
                1);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
