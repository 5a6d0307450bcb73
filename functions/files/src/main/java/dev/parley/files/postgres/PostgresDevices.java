package dev.parley.files.postgres;

import static dev.parley.files.postgres.Sql.optionalText;
import static dev.parley.files.postgres.Sql.optionalTime;
import static dev.parley.files.postgres.Sql.time;

import dev.parley.files.Device;
import dev.parley.files.DeviceRegister;
import dev.parley.kernel.Envelope;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table {@code devices}. A device that was removed keeps its row, without a name and an owner, for its deliveries. */
public final class PostgresDevices implements DeviceRegister {
    private static final String HERE = "removed_at IS NULL AND owner_id IS NOT DISTINCT FROM ?";
    private static final String INSERT = """
            INSERT INTO devices (id, owner_id, name, kind, credential, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    /** What was pushed to somebody who had no device waits for the first. */
    private static final String FIRST_DEVICE = """
            INSERT INTO deliveries (push_id, device_id, user_id, state, updated_at)
            SELECT p.id, ?, w.user_id, 'waiting', ?
            FROM push_people w JOIN pushes p ON p.id = w.push_id
            WHERE w.user_id = ? AND p.called_back_at IS NULL AND p.expires_at > ?
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.push_id = p.id AND d.user_id = w.user_id)
            ON CONFLICT (push_id, device_id) DO NOTHING
            """;

    private final Postgres postgres;

    public PostgresDevices(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    @Override
    public boolean add(Device device, int most) {
        return postgres.transaction(connection -> {
            lock(connection, device.ownerId().orElse(""));
            if (Sql.number(connection, "SELECT count(*) FROM devices WHERE " + HERE, device.ownerId()) >= most) {
                return false;
            }
            Sql.update(
                    connection,
                    INSERT,
                    device.id(),
                    device.ownerId(),
                    device.name(),
                    device.kind(),
                    device.credential(),
                    device.createdBy(),
                    device.createdAt());
            if (device.ownerId().isPresent()) {
                Sql.update(
                        connection,
                        FIRST_DEVICE,
                        device.id(),
                        device.createdAt(),
                        device.ownerId(),
                        device.createdAt());
            }
            return true;
        });
    }

    /** One at a time counts an owner's devices, or sends to all of them. */
    static void lock(Connection connection, String ownerId) throws SQLException {
        Sql.list(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 0, "devices#" + ownerId);
    }

    @Override
    public Optional<Device> find(String deviceId) {
        return postgres.query(connection -> Sql.one(
                connection,
                "SELECT * FROM devices WHERE id = ? AND removed_at IS NULL",
                PostgresDevices::device,
                deviceId));
    }

    @Override
    public Envelope.Page<Device> page(Optional<String> ownerId, int page, int pageSize) {
        return postgres.transaction(connection -> new Envelope.Page<>(
                Sql.list(
                        connection,
                        "SELECT * FROM devices WHERE " + HERE + " ORDER BY created_at, id LIMIT ? OFFSET ?",
                        PostgresDevices::device,
                        ownerId,
                        pageSize,
                        (page - 1L) * pageSize),
                Sql.number(connection, "SELECT count(*) FROM devices WHERE " + HERE, ownerId),
                page,
                pageSize));
    }

    @Override
    public void seen(String deviceId, Instant now) {
        postgres.query(connection -> Sql.update(
                connection, "UPDATE devices SET last_seen = ? WHERE id = ? AND removed_at IS NULL", now, deviceId));
    }

    @Override
    public Optional<List<String>> remove(String deviceId, Instant now) {
        return postgres.transaction(connection -> {
            int removed = Sql.update(connection, """
                    UPDATE devices SET removed_at = ?, owner_id = NULL, credential = NULL, name = ''
                    WHERE id = ? AND removed_at IS NULL
                    """, now, deviceId);
            if (removed == 0) {
                return Optional.empty();
            }
            return Optional.of(Sql.texts(connection, """
                    UPDATE deliveries SET state = 'failed', reason = 'device_removed', updated_at = ?
                    WHERE device_id = ? AND state <> 'done' RETURNING push_id
                    """, now, deviceId));
        });
    }

    @Override
    public List<Device> of(String ownerId) {
        return postgres.query(connection -> Sql.list(
                connection,
                "SELECT * FROM devices WHERE owner_id = ? AND removed_at IS NULL",
                PostgresDevices::device,
                ownerId));
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                row.getString("id"),
                optionalText(row, "owner_id"),
                row.getString("name"),
                row.getString("kind"),
                optionalText(row, "credential"),
                row.getString("created_by"),
                time(row, "created_at"),
                optionalTime(row, "last_seen"));
    }
}
