package dev.parley.platform.nodes;

/** Where a node writes how its rooms' connections did. */
public interface QualityLog {
    /**
     * Keeps a minute. Writing it twice under the same name is writing it once.
     *
     * @param writer what tells this minute from others of the same room and time: letters, digits and {@code . _ -}, 90 at most
     * @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} when the table does not answer: try again
     */
    void write(QualityMinute minute, String writer);
}
