package dev.parley.identity.postgres;

import dev.parley.identity.Account;
import dev.parley.identity.AccountStatus;
import dev.parley.identity.AccountStore;
import dev.parley.kernel.Role;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Accounts in the table {@code users}. */
public final class PostgresAccounts implements AccountStore {
    static final String COLUMNS =
            "id, username, email, password_hash, nickname, avatar, phone, role, status, last_login, created_at,"
                    + " session_epoch";

    /** Forgets the person. The name and the address that stay are ones that nobody can register, and the verifier fits no password. */
    static final String ERASE =
            "UPDATE users SET username = ?, email = ?, password_hash = '', nickname = '', avatar = '',"
                    + " phone = '', role = 'user', status = 'deleted', last_login = NULL, session_epoch = ?, updated_at = ?";

    /** Held in one order by whoever may leave an installation without one. */
    private static final String HOLD_ADMINS =
            "SELECT id FROM users WHERE role = 'admin' AND status = 'active' ORDER BY id FOR UPDATE";

    private final Postgres postgres;

    public PostgresAccounts(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public void expect() {
        postgres.expect();
    }

    @Override
    public boolean add(Account account) {
        // Decided by the unique indexes, so that of several who want a name at once one gets it.
        return 1
                == update(
                        "INSERT INTO users (" + COLUMNS + ", updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        account.id(),
                        account.username(),
                        account.email(),
                        account.passwordVerifier(),
                        account.nickname(),
                        account.avatar(),
                        account.phone(),
                        account.role().wireName(),
                        account.status().wireName(),
                        account.lastLogin().map(PostgresAccounts::timestamp).orElse(null),
                        timestamp(account.createdAt()),
                        account.sessionEpoch(),
                        timestamp(account.createdAt()));
    }

    @Override
    public Optional<Account> find(String id) {
        return one("SELECT " + COLUMNS + " FROM users WHERE id = ?", id);
    }

    @Override
    public Optional<Account> findByLogin(String usernameOrEmail) {
        // A username has no @, so one text is never both.
        String column = usernameOrEmail.indexOf('@') < 0 ? "username" : "email";
        return one("SELECT " + COLUMNS + " FROM users WHERE lower(" + column + ") = lower(?)", usernameOrEmail);
    }

    @Override
    public boolean updateProfile(String id, String nickname, String avatar, String phone, Instant now) {
        return 1
                == update(
                        "UPDATE users SET nickname = ?, avatar = ?, phone = ?, updated_at = ?"
                                + " WHERE id = ? AND status <> 'deleted'",
                        nickname,
                        avatar,
                        phone,
                        timestamp(now),
                        id);
    }

    @Override
    public boolean rehash(Account account, String passwordVerifier, Instant now) {
        return 1
                == update(
                        "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ? AND password_hash = ?",
                        passwordVerifier,
                        timestamp(now),
                        account.id(),
                        account.passwordVerifier());
    }

    @Override
    public boolean replacePassword(Account account, String passwordVerifier, long sessionEpoch, Instant now) {
        return 1
                == update(
                        "UPDATE users SET password_hash = ?, session_epoch = ?, updated_at = ?"
                                + " WHERE id = ? AND password_hash = ? AND session_epoch = ?",
                        passwordVerifier,
                        sessionEpoch,
                        timestamp(now),
                        account.id(),
                        account.passwordVerifier(),
                        account.sessionEpoch());
    }

    @Override
    public boolean replaceAvatar(Account account, String avatar, Instant now) {
        return 1
                == update(
                        "UPDATE users SET avatar = ?, updated_at = ? WHERE id = ? AND avatar = ? AND status <> 'deleted'",
                        avatar,
                        timestamp(now),
                        account.id(),
                        account.avatar());
    }

    @Override
    public boolean isLastAdmin(String id) {
        return postgres.query(connection -> isLastAdmin(connection, HOLD_ADMINS.replace(" FOR UPDATE", ""), id));
    }

    private static boolean isLastAdmin(Connection connection, String admins, String id) throws SQLException {
        try (PreparedStatement select = prepare(connection, admins);
                ResultSet rows = select.executeQuery()) {
            return rows.next() && rows.getString(1).equals(id) && !rows.next();
        }
    }

    @Override
    public boolean erase(Account account, long sessionEpoch, Instant now) {
        return postgres.transaction(connection -> {
            if (account.role() == Role.ADMIN && isLastAdmin(connection, HOLD_ADMINS, account.id())) {
                return false;
            }
            try (PreparedStatement erase = prepare(
                    connection,
                    ERASE + " WHERE id = ? AND password_hash = ? AND session_epoch = ? AND avatar = ? AND role = ?",
                    nobodysName(account.id()),
                    nobodysAddress(account.id()),
                    sessionEpoch,
                    timestamp(now),
                    account.id(),
                    account.passwordVerifier(),
                    account.sessionEpoch(),
                    account.avatar(),
                    account.role().wireName())) {
                return erase.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean recordLogin(Account account, long sessionEpoch, Instant now) {
        return 1
                == update(
                        "UPDATE users SET last_login = ?, session_epoch = greatest(session_epoch, ?)"
                                + " WHERE id = ? AND password_hash = ? AND role = ? AND status = 'active'",
                        timestamp(now),
                        sessionEpoch,
                        account.id(),
                        account.passwordVerifier(),
                        account.role().wireName());
    }

    static String nobodysName(String id) {
        return "-" + id.substring(id.length() - 19);
    }

    static String nobodysAddress(String id) {
        return id + "@deleted.invalid";
    }

    private Optional<Account> one(String sql, String parameter) {
        return postgres.query(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameter);
                    ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(account(rows)) : Optional.empty();
            }
        });
    }

    private int update(String sql, Object... parameters) {
        return postgres.query(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("username"),
                row.getString("email"),
                row.getString("password_hash"),
                row.getString("nickname"),
                row.getString("avatar"),
                row.getString("phone"),
                Role.ofWireName(row.getString("role")).orElseThrow(),
                AccountStatus.ofWireName(row.getString("status")),
                Optional.ofNullable(row.getObject("last_login", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("session_epoch"));
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
