package dev.parley.kernel;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much the system allows, as far as an administrator may change it while it runs: the one table of it. */
public enum Limit {
    /** People in one meeting, of meetings that are planned or changed from now on. */
    MEETING_PARTICIPANTS(1000, 2, 1000),
    /** Meetings that one account hosts and that are not over. */
    ACCOUNT_MEETINGS(1000, 1, 100_000),
    /** Invitations of one meeting. */
    MEETING_INVITATIONS(300, 1, 1000),
    /** Tries to sign in from one address. */
    ADDRESS_SIGN_INS(30, 5, 10_000, Duration.ofMinutes(1)),
    /** Tries to sign in under one name. */
    NAME_SIGN_INS(10, 3, 1000, Duration.ofMinutes(1)),
    /** New accounts from one address. */
    ADDRESS_REGISTRATIONS(30, 1, 10_000, Duration.ofMinutes(10)),
    /** Mails with a code to one address. */
    ADDRESS_RESET_MAILS(3, 1, 100, Duration.ofMinutes(15)),
    /** Guests who come in from one address. */
    ADDRESS_GUESTS(600, 10, 100_000, Duration.ofMinutes(1)),
    /** Requests of one account that invite people. */
    ACCOUNT_INVITATIONS(30, 1, 1000, Duration.ofHours(1)),
    /** Chat messages of one person. */
    PERSON_MESSAGES(30, 5, 1000, Duration.ofSeconds(10)),
    /** Tickets for sockets of one person. */
    PERSON_TICKETS(60, 10, 10_000, Duration.ofMinutes(1)),
    /** Megabytes (2^20 bytes) of one file. */
    FILE_MEGABYTES(5120, 1, 5120),
    /** Megabytes of all files of one account, unfinished uploads included. */
    ACCOUNT_FILE_MEGABYTES(51_200, 1, 10_485_760),
    /** Devices of one account. */
    ACCOUNT_DEVICES(20, 1, 1000),
    /** Files that one account begins to upload. */
    ACCOUNT_UPLOADS(1000, 10, 100_000, Duration.ofHours(1)),
    /** Files that one account pushes. */
    ACCOUNT_PUSHES(120, 5, 100_000, Duration.ofHours(1));

    private final int usual;
    private final int least;
    private final int most;
    private final Duration period;

    Limit(int usual, int least, int most) {
        this(usual, least, most, null);
    }

    Limit(int usual, int least, int most, Duration period) {
        this.usual = usual;
        this.least = least;
        this.most = most;
        this.period = period;
    }

    /** What it is where nobody has changed it. */
    public int usual() {
        return usual;
    }

    /** The smallest it may be. */
    public int least() {
        return least;
    }

    /** The largest it may be. */
    public int most() {
        return most;
    }

    /** In what time so much is allowed; empty for what is counted once. */
    public Optional<Duration> period() {
        return Optional.ofNullable(period);
    }

    /** Whether it may be this. */
    public boolean allows(int value) {
        return value >= least && value <= most;
    }

    /** The word stored and sent: {@code meeting_participants} and so on. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The limit of that word, if there is one. */
    public static Optional<Limit> find(String wire) {
        return Arrays.stream(values())
                .filter(limit -> limit.wire().equals(wire))
                .findFirst();
    }
}
