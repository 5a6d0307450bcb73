package dev.parley.kernel;

/** The limits in force. What an administrator changes is so for every function within seconds. Thread-safe. */
public interface Limits {
    /** What it is now. */
    int of(Limit limit);

    /** What it is now, of one that counts in a time. */
    default Rate rate(Limit limit) {
        return Rate.of(of(limit), limit.period().orElseThrow());
    }

    /** Those that nobody has changed. */
    static Limits usual() {
        return Limit::usual;
    }
}
