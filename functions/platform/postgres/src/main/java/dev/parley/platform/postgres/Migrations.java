package dev.parley.platform.postgres;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Schemas, each {@code db/<name>/V<n>__<what>.sql} with its own history table, applied in order and never changed. */
final class Migrations {
    private final List<String> names;

    Migrations(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Brings the schemas up to date; of several that try at once, one does and the others wait. */
    void apply(DataSource source) throws SQLException {
        for (String name : names) {
            apply(source, name);
        }
    }

    private static void apply(DataSource source, String name) throws SQLException {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/" + name)
                    .table("schema_history_" + name)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw sql;
                }
            }
            throw e;
        }
    }
}
