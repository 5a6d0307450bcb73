package dev.parley.meetings.postgres;

import dev.parley.meetings.Invitation;
import dev.parley.meetings.Invitations;
import dev.parley.platform.postgres.Postgres;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table {@code invitations}. */
public final class PostgresInvitations implements Invitations {
    private static final String INSERT = """
            INSERT INTO invitations (id, meeting_id, email, key, locale, invited_at, told)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (meeting_id, email) DO NOTHING
            """;

    private final Postgres postgres;

    public PostgresInvitations(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    @Override
    public void add(List<Invitation> invitations) {
        if (invitations.isEmpty()) {
            return;
        }
        postgres.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (Invitation one : invitations) {
                    insert.setString(1, one.id());
                    insert.setString(2, one.meetingId());
                    insert.setString(3, one.email());
                    insert.setString(4, one.key());
                    insert.setString(5, one.locale());
                    insert.setObject(6, one.invitedAt().atOffset(ZoneOffset.UTC));
                    insert.setLong(7, one.told());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    @Override
    public List<Invitation> of(String meetingId) {
        return postgres.query(connection -> {
            List<Invitation> found = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT * FROM invitations WHERE meeting_id = ? ORDER BY email")) {
                select.setString(1, meetingId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(invitation(row));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public void told(String invitationId, long version) {
        postgres.query(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE invitations SET told = greatest(told, ?) WHERE id = ?")) {
                update.setLong(1, version);
                update.setString(2, invitationId);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Invitation> remove(String meetingId, String invitationId) {
        return postgres.query(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM invitations WHERE meeting_id = ? AND id = ? RETURNING *")) {
                delete.setString(1, meetingId);
                delete.setString(2, invitationId);
                try (ResultSet row = delete.executeQuery()) {
                    return row.next() ? Optional.of(invitation(row)) : Optional.empty();
                }
            }
        });
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("id"),
                row.getString("meeting_id"),
                row.getString("email"),
                row.getString("key"),
                row.getString("locale"),
                row.getObject("invited_at", OffsetDateTime.class).toInstant(),
                row.getLong("told"));
    }
}
