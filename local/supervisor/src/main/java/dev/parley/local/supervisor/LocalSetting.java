package dev.parley.local.supervisor;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The settings of a local installation: names and defaults. {@code parley.sample.env} says what each does; a test keeps the two equal. An empty default
 * means that nothing is set.
 */
enum LocalSetting {
    SERVER_PORT("8800", number(1, 65_535)),
    PARLEY_NODES("1", number(1, 16)),
    RATE_LIMITS("on", oneOf("on", "off")),

    MEETING_EMPTY_AFTER("PT10M", duration()),
    MEETING_HOST_AWAY("PT2M", duration()),
    MAIL_FROM("Parley <no-reply@meet.example.org>", text()),

    STUN_SERVERS("", list("stuns?:[^\\s,]+")),
    ICE_SERVERS("[]", matching("\\[.*]", "a JSON array of RTCIceServer")),
    ICE_PORT_MIN("10000", number(1, 65_535)),
    ICE_PORT_MAX("", number(1, 65_535)),
    NAT_1TO1_IPS("", matching("[0-9A-Fa-f.:]+", "one IP address")),

    DATABASE_URL("", matching("(jdbc:)?(aws-wrapper:)?postgresql://\\S+", "postgresql://host:port/database")),
    DATABASE_HOST("", matching("[^\\s/:]+|\\[[0-9A-Fa-f:]+]", "a host name or address")),
    DATABASE_PORT("5432", number(1, 65_535)),
    DATABASE_NAME("parley", matching("[A-Za-z0-9_-]{1,63}", "a database's name")),
    DATABASE_USER("parley", text()),
    DATABASE_PASSWORD("", text()),

    MINIO_ENDPOINT("", matching("(https?://)?[^\\s/:]+(:[0-9]{1,5})?/?", "http://host:port, or host:port")),
    MINIO_PUBLIC_ENDPOINT("", matching("(https?://)?[^\\s/:]+(:[0-9]{1,5})?/?", "http://host:port, or host:port")),
    MINIO_USE_SSL("false", oneOf("true", "false")),
    MINIO_ACCESS_KEY("", text()),
    MINIO_SECRET_KEY("", text()),
    MINIO_BUCKET("parley-files", matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name"));

    private final String fallback;
    /** Answers the value, or throws IllegalArgumentException with what it should be. */
    private final UnaryOperator<String> check;

    LocalSetting(String fallback, UnaryOperator<String> check) {
        this.fallback = fallback;
        this.check = check;
    }

    /** What is used when the name is absent or blank. */
    String fallback() {
        return fallback;
    }

    /** @throws IllegalArgumentException with the name and what the value must be; a secret's value is not in it */
    String checked(String value) {
        try {
            return check.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name() + " must be " + e.getMessage() + (isSecret() ? "" : ", not '" + value + "'"));
        }
    }

    private boolean isSecret() {
        return this == DATABASE_PASSWORD || this == MINIO_SECRET_KEY;
    }

    private static UnaryOperator<String> text() {
        return matching("\\P{Cntrl}+", "text without control characters");
    }

    private static UnaryOperator<String> oneOf(String... words) {
        return matching(String.join("|", words), String.join(" or ", words));
    }

    private static UnaryOperator<String> list(String element) {
        return matching(element + "(,\\s*" + element + ")*", "stun: addresses, comma separated");
    }

    private static UnaryOperator<String> matching(String expression, String meaning) {
        Pattern pattern = Pattern.compile(expression);
        return value -> {
            if (!pattern.matcher(value).matches()) {
                throw new IllegalArgumentException(meaning);
            }
            return value;
        };
    }

    private static UnaryOperator<String> number(int min, int max) {
        return value -> {
            try {
                int number = Integer.parseInt(value);
                if (number >= min && number <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // answered below, like a number out of range
            }
            throw new IllegalArgumentException("a number from " + min + " to " + max);
        };
    }

    private static UnaryOperator<String> duration() {
        return value -> {
            try {
                if (Duration.parse(value).isPositive()) {
                    return value;
                }
            } catch (DateTimeParseException e) {
                // answered below, like no time at all
            }
            throw new IllegalArgumentException("a time such as PT10M");
        };
    }
}
