package dev.parley.identity.postgres;

import dev.parley.identity.Account;
import dev.parley.identity.AccountQuery;
import dev.parley.identity.AccountRegister;
import dev.parley.identity.AccountStatus;
import dev.parley.identity.AccountStore;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Role;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code users}, changed together with the audit log. */
public final class PostgresAccountRegister implements AccountRegister {
    private static final String WHICH = """
             FROM users
            WHERE (?::text IS NULL OR username ILIKE ? OR email ILIKE ? OR nickname ILIKE ?)
              AND (?::text IS NULL OR status = ?) AND status <> 'deleted'
            """;
    /** In one order for everybody, so that two who decide about each other wait instead of holding each other up. */
    private static final String HOLD = "SELECT " + PostgresAccounts.COLUMNS
            + " FROM users WHERE (id IN (?, ?) AND status <> 'deleted') OR (role = 'admin' AND status = 'active')"
            + " ORDER BY id FOR UPDATE";

    private final Postgres postgres;
    private final AccountStore accounts;
    private final AuditLog audit;
    private final InstantSource clock;

    public PostgresAccountRegister(Postgres postgres, AccountStore accounts, AuditLog audit, InstantSource clock) {
        this.postgres = postgres;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Optional<Account> find(String id) {
        return accounts.find(id).filter(account -> account.status() != AccountStatus.DELETED);
    }

    @Override
    public Envelope.Page<Account> page(AccountQuery query) {
        return postgres.transaction(connection -> {
            long total;
            try (PreparedStatement count = connection.prepareStatement("SELECT count(*)" + WHICH)) {
                bind(count, query);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    total = row.getLong(1);
                }
            }
            List<Account> list = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + PostgresAccounts.COLUMNS + WHICH + " ORDER BY created_at DESC, id LIMIT ? OFFSET ?")) {
                bind(select, query);
                select.setInt(7, query.pageSize());
                select.setLong(8, (query.page() - 1L) * query.pageSize());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        list.add(PostgresAccounts.account(row));
                    }
                }
            }
            return new Envelope.Page<>(list, total, query.page(), query.pageSize());
        });
    }

    @Override
    public Optional<Account> decide(String id, String actorId, Decision decision) {
        return audit.transaction(connection -> {
            Map<String, Account> held = hold(connection, id, actorId);
            Account account = held.get(id);
            if (account == null) {
                return Audited.unchanged(Optional.empty());
            }
            int otherAdmins = (int) held.values().stream()
                    .filter(one -> one.role() == Role.ADMIN && one.status() == AccountStatus.ACTIVE)
                    .filter(one -> !one.id().equals(id))
                    .count();
            Decided decided = decision.on(new Held(account, Optional.ofNullable(held.get(actorId)), otherAdmins));
            if (decided.entry().isEmpty()) {
                return Audited.unchanged(Optional.of(account));
            }
            if (decided.after().isPresent()) {
                write(connection, decided.after().get());
            } else {
                erase(connection, account);
            }
            return Audited.of(
                    Optional.of(decided.after().orElse(account)),
                    decided.entry().get());
        });
    }

    private static Map<String, Account> hold(Connection connection, String id, String actorId) throws SQLException {
        Map<String, Account> held = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(HOLD)) {
            select.setString(1, id);
            select.setString(2, actorId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Account account = PostgresAccounts.account(row);
                    held.put(account.id(), account);
                }
            }
        }
        return held;
    }

    private void write(Connection connection, Account account) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE users SET nickname = ?, role = ?, status = ?, updated_at = ? WHERE id = ?")) {
            update.setString(1, account.nickname());
            update.setString(2, account.role().wireName());
            update.setString(3, account.status().wireName());
            update.setObject(4, PostgresAccounts.timestamp(clock.instant()));
            update.setString(5, account.id());
            update.executeUpdate();
        }
    }

    private void erase(Connection connection, Account account) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PostgresAccounts.ERASE + " WHERE id = ?")) {
            update.setString(1, PostgresAccounts.nobodysName(account.id()));
            update.setString(2, PostgresAccounts.nobodysAddress(account.id()));
            update.setLong(3, account.sessionEpoch() + 1);
            update.setObject(4, PostgresAccounts.timestamp(clock.instant()));
            update.setString(5, account.id());
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, AccountQuery query) throws SQLException {
        String pattern = query.keyword()
                .map(word -> word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                .map(word -> "%" + word + "%")
                .orElse(null);
        for (int i = 1; i <= 4; i++) {
            statement.setString(i, pattern);
        }
        String status = query.status().map(AccountStatus::wireName).orElse(null);
        statement.setString(5, status);
        statement.setString(6, status);
    }
}
