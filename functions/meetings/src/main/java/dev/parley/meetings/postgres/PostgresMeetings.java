package dev.parley.meetings.postgres;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingQuery;
import dev.parley.meetings.MeetingRepository;
import dev.parley.meetings.MeetingStatus;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.meetings.Series;
import dev.parley.platform.postgres.Postgres;
import dev.parley.platform.postgres.PostgresException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The tables {@code meetings} and {@code participants}. */
public final class PostgresMeetings implements MeetingRepository {
    private static final String INSERT = """
            INSERT INTO meetings (title, description, host_name, status, meeting_type, max_participants, password_hash,
                settings, start_time, end_time, started_at, ended_at, updated_at, version, recurrence, time_zone,
                series_start, occurrence, id, host_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String UPDATE = """
            UPDATE meetings SET title = ?, description = ?, host_name = ?, status = ?, meeting_type = ?,
                max_participants = ?, password_hash = ?, settings = ?::jsonb, start_time = ?, end_time = ?,
                started_at = ?, ended_at = ?, updated_at = ?, version = ?, recurrence = ?, time_zone = ?,
                series_start = ?, occurrence = ?
            WHERE id = ? AND version = ?
            """;
    private static final String FINISH = """
            UPDATE meetings SET status = 'ended', ended_at = ?, updated_at = ?, version = version + 1
            WHERE id = ? AND status <> 'ended'
            """;
    private static final String KEEP_PERSON = """
            INSERT INTO participants
                (id, meeting_id, user_id, display_name, role, status, csrc, joined_at, left_at, occurrence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id, occurrence) DO NOTHING
            """;
    private static final String PEOPLE = """
            SELECT * FROM participants
            WHERE meeting_id = ? AND occurrence = (SELECT max(occurrence) FROM participants WHERE meeting_id = ?)
            ORDER BY csrc = 0, csrc, id
            """;
    private static final String MINE = """
             FROM meetings m
            WHERE (m.host_id = ?
                   OR EXISTS (SELECT 1 FROM participants p WHERE p.meeting_id = m.id AND p.user_id = ? AND p.csrc > 0))
            """;
    private static final String OF_STATUS = " AND m.status = ?";
    private static final String WITH_WORD = " AND (m.title ILIKE ? OR m.description ILIKE ? OR m.id ILIKE ?)";
    private static final String LATEST_FIRST =
            " ORDER BY COALESCE(m.start_time, m.created_at) DESC, m.id LIMIT ? OFFSET ?";

    private static final String BEHIND = "SELECT m.*" + MINE + """
             AND (COALESCE(m.start_time, m.created_at), m.id) < (?, ?)
            ORDER BY COALESCE(m.start_time, m.created_at) DESC, m.id DESC LIMIT ?
            """;
    /** Behind which everything comes. */
    private static final Bookmark LATEST = new Bookmark(Instant.parse("9999-12-31T00:00:00Z"), "");

    private final Postgres postgres;

    public PostgresMeetings(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    @Override
    public boolean insert(Meeting meeting) {
        try {
            return postgres.query(connection -> {
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    bindChangeable(insert, meeting);
                    insert.setString(19, meeting.id());
                    insert.setString(20, meeting.hostId());
                    bindTime(insert, 21, Optional.of(meeting.createdAt()));
                    return insert.executeUpdate() == 1;
                }
            });
        } catch (PostgresException e) {
            if (e.isUniqueViolation()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<Meeting> find(String meetingId) {
        return postgres.query(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM meetings WHERE id = ?")) {
                select.setString(1, meetingId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(MeetingRows.meeting(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean update(Meeting changed) {
        return postgres.query(connection -> update(connection, changed));
    }

    private static boolean update(Connection connection, Meeting changed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            bindChangeable(update, changed);
            update.setString(19, changed.id());
            update.setLong(20, changed.version() - 1);
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public Envelope.Page<Meeting> page(MeetingQuery query) {
        String which = MINE
                + (query.status().isPresent() ? OF_STATUS : "")
                + (query.keyword().isPresent() ? WITH_WORD : "");
        return postgres.transaction(connection -> {
            List<Meeting> list = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT m.*" + which + LATEST_FIRST)) {
                int next = bindQuery(select, query);
                select.setInt(next, query.pageSize());
                select.setLong(next + 1, (query.page() - 1L) * query.pageSize());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        list.add(MeetingRows.meeting(row));
                    }
                }
            }
            return new Envelope.Page<>(list, count(connection, which, query), query.page(), query.pageSize());
        });
    }

    @Override
    public List<Meeting> of(String userId, Optional<Bookmark> after, int limit) {
        Bookmark place = after.orElse(LATEST);
        return postgres.query(connection -> {
            List<Meeting> list = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(BEHIND)) {
                select.setString(1, userId);
                select.setString(2, userId);
                bindTime(select, 3, Optional.of(place.at()));
                select.setString(4, place.id());
                select.setInt(5, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        list.add(MeetingRows.meeting(row));
                    }
                }
            }
            return list;
        });
    }

    @Override
    public int hosted(String userId) {
        return postgres.query(connection -> {
            try (PreparedStatement count = connection.prepareStatement(
                    "SELECT count(*) FROM meetings WHERE host_id = ? AND status IN ('scheduled', 'active')")) {
                count.setString(1, userId);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    private static long count(Connection connection, String which, MeetingQuery query) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("SELECT count(*)" + which)) {
            bindQuery(count, query);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void finish(Meeting ended, List<Participant> people) {
        postgres.transaction(connection -> {
            try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
                bindTime(finish, 1, ended.endedAt());
                bindTime(finish, 2, Optional.of(ended.updatedAt()));
                finish.setString(3, ended.id());
                finish.executeUpdate();
            }
            int occurrence = ended.series().map(Series::occurrence).orElse(0);
            keep(connection, ended.id(), occurrence, ended.endedAt(), people);
            return true;
        });
    }

    @Override
    public boolean repeat(Meeting next, Instant endedAt, List<Participant> people) {
        return postgres.transaction(connection -> {
            if (!update(connection, next)) {
                return false;
            }
            int occurrence = next.series().map(Series::occurrence).orElseThrow() - 1;
            keep(connection, next.id(), occurrence, Optional.of(endedAt), people);
            return true;
        });
    }

    private static void keep(
            Connection connection,
            String meetingId,
            int occurrence,
            Optional<Instant> endedAt,
            List<Participant> people)
            throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement(KEEP_PERSON)) {
            for (Participant person : people) {
                bindPerson(keep, meetingId, endedAt, person);
                keep.setInt(10, occurrence);
                keep.addBatch();
            }
            keep.executeBatch();
        }
    }

    @Override
    public List<Participant> people(String meetingId) {
        return postgres.query(connection -> {
            List<Participant> people = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(PEOPLE)) {
                select.setString(1, meetingId);
                select.setString(2, meetingId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        people.add(MeetingRows.participant(row));
                    }
                }
            }
            return people;
        });
    }

    @Override
    public List<String> attendedSince(String userId, Instant since) {
        return postgres.query(connection -> {
            List<String> ids = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT DISTINCT meeting_id FROM participants WHERE user_id = ? AND left_at >= ?")) {
                select.setString(1, userId);
                bindTime(select, 2, Optional.of(since));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                }
            }
            return ids;
        });
    }

    private static void bindChangeable(PreparedStatement statement, Meeting meeting) throws SQLException {
        statement.setString(1, meeting.title());
        statement.setString(2, meeting.description());
        statement.setString(3, meeting.hostName());
        statement.setString(4, meeting.status().wire());
        statement.setString(5, meeting.type().wire());
        statement.setInt(6, meeting.maxParticipants());
        statement.setString(7, meeting.passwordHash().orElse(null));
        statement.setString(8, Wire.write(meeting.settings()));
        bindTime(statement, 9, meeting.startTime());
        bindTime(statement, 10, meeting.endTime());
        bindTime(statement, 11, meeting.startedAt());
        bindTime(statement, 12, meeting.endedAt());
        bindTime(statement, 13, Optional.of(meeting.updatedAt()));
        statement.setLong(14, meeting.version());
        statement.setString(15, meeting.series().map(Series::rule).orElse(null));
        statement.setString(16, meeting.series().map(one -> one.zone().getId()).orElse(null));
        bindTime(statement, 17, meeting.series().map(Series::first));
        statement.setInt(18, meeting.series().map(Series::occurrence).orElse(0));
    }

    private static int bindQuery(PreparedStatement statement, MeetingQuery query) throws SQLException {
        int next = 1;
        statement.setString(next++, query.userId());
        statement.setString(next++, query.userId());
        if (query.status().isPresent()) {
            statement.setString(next++, query.status().map(MeetingStatus::wire).get());
        }
        if (query.keyword().isPresent()) {
            String pattern = "%" + literally(query.keyword().get()) + "%";
            statement.setString(next++, pattern);
            statement.setString(next++, pattern);
            statement.setString(next++, pattern);
        }
        return next;
    }

    /** Somebody still in when the meeting ended left at its end. */
    private static void bindPerson(
            PreparedStatement keep, String meetingId, Optional<Instant> endedAt, Participant person)
            throws SQLException {
        boolean toTheEnd = person.seated();
        keep.setString(1, person.participantId());
        keep.setString(2, meetingId);
        keep.setString(3, person.userId());
        keep.setString(4, person.displayName());
        keep.setString(5, person.role().wire());
        keep.setString(6, (toTheEnd ? ParticipantState.LEFT : person.state()).wire());
        keep.setInt(7, person.csrc());
        bindTime(keep, 8, person.joinedAt());
        bindTime(keep, 9, toTheEnd ? endedAt : person.leftAt());
    }

    private static void bindTime(PreparedStatement statement, int index, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setObject(index, time.get().atOffset(ZoneOffset.UTC));
        } else {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    /** The text with LIKE's own signs made ordinary. */
    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
