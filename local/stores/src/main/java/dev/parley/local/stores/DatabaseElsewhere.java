package dev.parley.local.stores;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/**
 * A PostgreSQL that is not Parley's own: it is used, not started or stopped.
 *
 * @param address {@code postgresql://host:port/database}
 * @param user who signs in
 * @param password empty where the server asks for none
 */
public record DatabaseElsewhere(String address, String user, String password) {
    private static final int DEFAULT_PORT = 5432;
    private static final String PATIENCE_SECONDS = "10";

    public DatabaseElsewhere {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** @throws StoresException when it does not answer, or does not let the user in */
    void check() {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", PATIENCE_SECONDS);
        try (Connection connection = DriverManager.getConnection("jdbc:" + address, properties)) {
            connection.isValid(0);
        } catch (SQLException e) {
            throw new StoresException(
                    "PostgreSQL at " + address + " cannot be used as " + user + ": " + e.getMessage()
                            + " (DATABASE_HOST or DATABASE_URL names it; without them Parley starts its own)",
                    e);
        }
    }

    /** The address for the AWS JDBC wrapper, as functions use it. */
    String url() {
        return "jdbc:aws-wrapper:" + address;
    }

    int port() {
        int port = URI.create(address).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    @Override
    public String toString() {
        return user + " at " + address;
    }
}
