package dev.parley.platform.postgres;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of one context: {@code db/<context>/V<n>__<what>.sql}, with its own history table, applied in order and never changed. */
final class Migrations {
    private final String context;

    Migrations(String context) {
        this.context = context;
    }

    /** Brings the schema up to date; of several that try at once, one does and the others wait. */
    void apply(DataSource source) throws SQLException {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/" + context)
                    .table("schema_history_" + context)
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
