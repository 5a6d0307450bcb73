package dev.parley.meetings.postgres;

import dev.parley.kernel.Envelope;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingRegister;
import dev.parley.meetings.MeetingStatus;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The table {@code meetings}, across all hosts. */
public final class PostgresMeetingRegister implements MeetingRegister {
    private final Postgres postgres;

    public PostgresMeetingRegister(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    @Override
    public Envelope.Page<Meeting> going(int page, int pageSize) {
        return postgres.transaction(connection -> {
            List<Meeting> list = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM meetings WHERE status = ?"
                    + " ORDER BY started_at DESC NULLS LAST, id LIMIT ? OFFSET ?")) {
                select.setString(1, MeetingStatus.ACTIVE.wire());
                select.setInt(2, pageSize);
                select.setLong(3, (page - 1L) * pageSize);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        list.add(MeetingRows.meeting(row));
                    }
                }
            }
            return new Envelope.Page<>(list, count(connection, MeetingStatus.ACTIVE), page, pageSize);
        });
    }

    @Override
    public long count(MeetingStatus status) {
        return postgres.query(connection -> count(connection, status));
    }

    private static long count(Connection connection, MeetingStatus status) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM meetings WHERE status = ?")) {
            count.setString(1, status.wire());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
