package dev.parley.files.postgres;

import static dev.parley.files.postgres.Sql.optionalText;
import static dev.parley.files.postgres.Sql.optionalTime;
import static dev.parley.files.postgres.Sql.time;

import dev.parley.contracts.files.PushView;
import dev.parley.files.Delivery;
import dev.parley.files.Push;
import dev.parley.files.PushRegister;
import dev.parley.kernel.Envelope;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The tables {@code pushes}, {@code push_people} and {@code deliveries}. Who begins a push holds its file, and who removes the file too: a
 * push is of a file that is there, or is called back with it. Who begins one also holds the people's devices, so that a device that comes at the
 * same moment is reached once.
 */
public final class PostgresPushes implements PushRegister {
    private static final String INSERT = """
            INSERT INTO pushes (id, file_id, sender_id, sender_name, note, client_push_id, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sender_id, client_push_id) DO NOTHING
            """;
    private static final String DELIVERIES = """
            INSERT INTO deliveries (push_id, device_id, user_id, state, updated_at)
            SELECT ?, id, owner_id, 'waiting', ? FROM devices
            WHERE removed_at IS NULL AND (owner_id = ANY (?) OR id = ANY (?))
            """;
    private static final String SELECT_DELIVERY = """
            SELECT d.*, v.name AS device_name FROM deliveries d JOIN devices v ON v.id = d.device_id
            """;

    /** What is still to be fetched: also what failed, which the device may try again, unless it is not there any more. */
    private static final String PENDING = """
            SELECT d.*, v.name AS device_name, p.* FROM deliveries d
            JOIN pushes p ON p.id = d.push_id JOIN devices v ON v.id = d.device_id
            WHERE d.device_id = ? AND d.state <> 'done' AND v.removed_at IS NULL
                AND p.called_back_at IS NULL AND p.expires_at > ?
            ORDER BY p.created_at, p.id LIMIT ?
            """;

    private static final String WITHOUT_DEVICE = """
             FROM push_people w
            WHERE w.push_id = ?
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.push_id = w.push_id AND d.user_id = w.user_id)
            """;

    private final Postgres postgres;

    public PostgresPushes(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    /** Rolls a push back that would be too large. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("The push goes to too many devices", null, false, false);
        }
    }

    @Override
    public Begun begin(Push push, Collection<String> people, Collection<String> devices, int most) {
        try {
            return postgres.transaction(connection -> begin(connection, push, people, devices, most));
        } catch (TooLarge e) {
            return new Begun.TooMany();
        }
    }

    private static Begun begin(
            Connection connection, Push push, Collection<String> people, Collection<String> devices, int most)
            throws SQLException {
        if (Sql.texts(connection, "SELECT id FROM files WHERE id = ? AND state = 'ready' FOR SHARE", push.fileId())
                .isEmpty()) {
            return new Begun.NoFile();
        }
        int inserted = Sql.update(
                connection,
                INSERT,
                push.id(),
                push.fileId(),
                push.senderId(),
                push.senderName(),
                push.note(),
                push.clientPushId(),
                push.createdAt(),
                push.expiresAt());
        if (inserted == 0) {
            return new Begun.Push(
                    Sql.one(
                                    connection,
                                    "SELECT * FROM pushes WHERE sender_id = ? AND client_push_id = ?",
                                    PostgresPushes::push,
                                    push.senderId(),
                                    push.clientPushId())
                            .orElseThrow(),
                    false);
        }
        // In one order, so that two pushes to the same people do not wait for each other.
        for (String userId : new TreeSet<>(people)) {
            PostgresDevices.lock(connection, userId);
        }
        Sql.update(
                connection,
                "INSERT INTO push_people (push_id, user_id) SELECT ?, unnest(?::text[])",
                push.id(),
                List.copyOf(people));
        int count = Sql.update(
                connection, DELIVERIES, push.id(), push.createdAt(), List.copyOf(people), List.copyOf(devices));
        if (count > most) {
            throw new TooLarge();
        }
        return new Begun.Push(push, true);
    }

    @Override
    public Optional<Push> find(String pushId) {
        return postgres.query(
                connection -> Sql.one(connection, "SELECT * FROM pushes WHERE id = ?", PostgresPushes::push, pushId));
    }

    @Override
    public Envelope.Page<Push> page(String senderId, int page, int pageSize) {
        return postgres.transaction(connection -> new Envelope.Page<>(
                Sql.list(
                        connection,
                        "SELECT * FROM pushes WHERE sender_id = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?",
                        PostgresPushes::push,
                        senderId,
                        pageSize,
                        (page - 1L) * pageSize),
                Sql.number(connection, "SELECT count(*) FROM pushes WHERE sender_id = ?", senderId),
                page,
                pageSize));
    }

    @Override
    public PushView.Counts counts(String pushId) {
        return postgres.query(connection -> {
            int[] counts = new int[Delivery.State.values().length];
            Sql.list(
                    connection,
                    "SELECT state, count(*) FROM deliveries WHERE push_id = ? GROUP BY state",
                    row -> counts[state(row.getString(1)).ordinal()] = row.getInt(2),
                    pushId);
            return new PushView.Counts(
                    counts[Delivery.State.WAITING.ordinal()],
                    counts[Delivery.State.NOTIFIED.ordinal()],
                    counts[Delivery.State.DOWNLOADING.ordinal()],
                    counts[Delivery.State.DONE.ordinal()],
                    counts[Delivery.State.FAILED.ordinal()]);
        });
    }

    @Override
    public int peopleWithoutDevice(String pushId) {
        return (int)
                (long) postgres.query(connection -> Sql.number(connection, "SELECT count(*)" + WITHOUT_DEVICE, pushId));
    }

    @Override
    public Envelope.Page<Delivery> deliveries(String pushId, int page, int pageSize) {
        return postgres.transaction(connection -> new Envelope.Page<>(
                Sql.list(
                        connection,
                        SELECT_DELIVERY + "WHERE d.push_id = ? ORDER BY d.user_id, d.device_id LIMIT ? OFFSET ?",
                        PostgresPushes::delivery,
                        pushId,
                        pageSize,
                        (page - 1L) * pageSize),
                Sql.number(connection, "SELECT count(*) FROM deliveries WHERE push_id = ?", pushId),
                page,
                pageSize));
    }

    @Override
    public Optional<Delivery> delivery(String pushId, String deviceId) {
        return postgres.query(connection -> delivery(connection, pushId, deviceId, ""));
    }

    private static Optional<Delivery> delivery(Connection connection, String pushId, String deviceId, String how)
            throws SQLException {
        return Sql.one(
                connection,
                SELECT_DELIVERY + "WHERE d.push_id = ? AND d.device_id = ? " + how,
                PostgresPushes::delivery,
                pushId,
                deviceId);
    }

    @Override
    public Optional<Delivery> change(String pushId, String deviceId, Function<Delivery, Optional<Delivery>> change) {
        return postgres.transaction(connection -> {
            Optional<Delivery> changed =
                    delivery(connection, pushId, deviceId, "FOR UPDATE OF d").flatMap(change);
            if (changed.isPresent()) {
                Delivery is = changed.get();
                Sql.update(
                        connection,
                        """
                        UPDATE deliveries SET state = ?, bytes = ?, attempt = ?, reason = ?, updated_at = ?
                        WHERE push_id = ? AND device_id = ?
                        """,
                        is.state().wire(),
                        is.bytes(),
                        is.attempt(),
                        is.reason(),
                        is.updatedAt(),
                        pushId,
                        deviceId);
            }
            return changed;
        });
    }

    @Override
    public List<Pending> pending(String deviceId, Instant now, int limit) {
        return postgres.query(connection ->
                Sql.list(connection, PENDING, row -> new Pending(push(row), delivery(row)), deviceId, now, limit));
    }

    @Override
    public boolean callBack(String pushId, Instant now) {
        return postgres.query(connection -> Sql.update(
                        connection,
                        "UPDATE pushes SET called_back_at = ? WHERE id = ? AND called_back_at IS NULL",
                        now,
                        pushId)
                == 1);
    }

    @Override
    public Map<String, List<String>> holders(String pushId) {
        return postgres.query(connection -> {
            Map<String, List<String>> holders = new TreeMap<>();
            Sql.list(
                    connection,
                    """
                    SELECT v.id, CASE WHEN v.credential IS NULL THEN v.owner_id ELSE v.id END AS holder
                    FROM deliveries d JOIN devices v ON v.id = d.device_id
                    WHERE d.push_id = ? AND d.state <> 'done' AND v.removed_at IS NULL ORDER BY v.id
                    """,
                    row -> holders.computeIfAbsent(row.getString("holder"), holder -> new ArrayList<>())
                            .add(row.getString("id")),
                    pushId);
            Sql.texts(connection, "SELECT w.user_id" + WITHOUT_DEVICE, pushId)
                    .forEach(userId -> holders.putIfAbsent(userId, new ArrayList<>()));
            return holders;
        });
    }

    @Override
    public void noticed(String pushId) {
        postgres.query(connection -> Sql.update(connection, "UPDATE pushes SET noticed = true WHERE id = ?", pushId));
    }

    @Override
    public List<String> unnoticed(Instant before, int limit) {
        return postgres.query(connection -> Sql.texts(
                connection,
                "SELECT id FROM pushes WHERE NOT noticed AND created_at < ? ORDER BY created_at LIMIT ?",
                before,
                limit));
    }

    @Override
    public boolean mayTell(String pushId, Instant now, Duration pause) {
        return postgres.query(connection -> Sql.one(
                        connection, """
                        UPDATE pushes SET
                            untold = (told_at IS NOT NULL AND told_at > ?),
                            told_at = CASE WHEN told_at IS NOT NULL AND told_at > ? THEN told_at ELSE ? END
                        WHERE id = ? RETURNING NOT untold
                        """, row -> row.getBoolean(1), now.minus(pause), now.minus(pause), now, pushId)
                .orElse(false));
    }

    @Override
    public void told(String pushId, Instant now) {
        postgres.query(connection ->
                Sql.update(connection, "UPDATE pushes SET told_at = ?, untold = false WHERE id = ?", now, pushId));
    }

    @Override
    public List<String> untold(Instant before, int limit) {
        return postgres.query(connection -> Sql.texts(
                connection,
                "SELECT id FROM pushes WHERE untold AND told_at < ? ORDER BY told_at LIMIT ?",
                before,
                limit));
    }

    @Override
    public boolean hasUntold() {
        return postgres.query(connection -> Sql.one(
                        connection,
                        "SELECT EXISTS (SELECT 1 FROM pushes WHERE NOT noticed) OR EXISTS (SELECT 1 FROM pushes WHERE untold)",
                        row -> row.getBoolean(1))
                .orElseThrow());
    }

    private static Delivery.State state(String word) {
        return Delivery.State.find(word).orElseThrow();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("push_id"),
                row.getString("device_id"),
                row.getString("device_name"),
                optionalText(row, "user_id"),
                state(row.getString("state")),
                row.getLong("bytes"),
                row.getInt("attempt"),
                optionalText(row, "reason"),
                time(row, "updated_at"));
    }

    private static Push push(ResultSet row) throws SQLException {
        return new Push(
                row.getString("id"),
                row.getString("file_id"),
                row.getString("sender_id"),
                row.getString("sender_name"),
                row.getString("note"),
                optionalText(row, "client_push_id"),
                time(row, "created_at"),
                time(row, "expires_at"),
                optionalTime(row, "called_back_at"));
    }
}
