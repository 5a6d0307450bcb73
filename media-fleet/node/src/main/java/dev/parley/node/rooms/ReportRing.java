package dev.parley.node.rooms;

/**
 * Reports of one agent's thread on their way to a room's conductor, as words in a ring: one thread writes, one reads, and neither waits nor makes garbage. A
 * ring that is full gets a larger one behind it, so that no report is lost.
 *
 * <p>A report is a length, the number of steps that had been left with the conductor before it, and the writer's own words. A word may have a text beside it.
 */
final class ReportRing {
    private static final int FIRST_WORDS = 256;
    /** The length and the steps before. */
    private static final int HEAD_WORDS = 2;

    /** One ring; {@code next} is set after its last report was written, and once the one behind it has a report. */
    private static final class Part {
        private final long[] words;
        private final String[] texts;
        private final int mask;
        private volatile long written;
        private volatile long read;
        private volatile Part next;

        private Part(int size) {
            words = new long[size];
            texts = new String[size];
            mask = size - 1;
        }
    }

    // The writer's own; {@code full} is the ring that had no room for the report begun now.
    private Part into;
    private Part full;
    private long at;

    // The reader's own.
    private Part from;
    private long position;
    private long end;

    ReportRing() {
        into = new Part(FIRST_WORDS);
        from = into;
    }

    // ---- the writer's side

    /** How many words wait in the ring that is written now. */
    int waiting() {
        return (int) (into.written - into.read);
    }

    /** Begins a report of this many words; {@link #put} each of them, then {@link #publish}. */
    void begin(int words, long stepsBefore) {
        int length = words + HEAD_WORDS;
        if (length > into.words.length - waiting()) {
            Part larger = new Part(Integer.highestOneBit(Math.max(length, into.words.length)) << 1);
            full = into;
            into = larger;
        }
        at = into.written;
        put(length);
        put(stepsBefore);
    }

    /** The next word. */
    void put(long word) {
        into.words[(int) at++ & into.mask] = word;
    }

    /** The next word, with a text beside it. */
    void put(long word, String text) {
        into.texts[(int) at & into.mask] = text;
        put(word);
    }

    /** Shows the report to the reader. */
    void publish() {
        into.written = at;
        if (full != null) {
            full.next = into;
            full = null;
        }
    }

    // ---- the reader's side

    /** Whether nothing is to be read. */
    boolean isEmpty() {
        return from.written == from.read && from.next == null;
    }

    /** Goes to the next report, if there is one before which no more than {@code stepsDone} steps were left; {@link #done} follows. */
    boolean next(long stepsDone) {
        while (from.written == from.read) {
            Part behind = from.next;
            if (behind == null) {
                return false;
            }
            // A ring gets its last report before the one behind it is made.
            if (from.written == from.read) {
                from = behind;
            }
        }
        position = from.read;
        end = position + word();
        return word() <= stepsDone;
    }

    /** Whether the report has more words. */
    boolean hasWord() {
        return position < end;
    }

    /** The next word. */
    long word() {
        return from.words[(int) position++ & from.mask];
    }

    /** The text beside the next word. */
    String text() {
        return from.texts[(int) position & from.mask];
    }

    /** Makes room of the report. */
    void done() {
        from.read = end;
    }
}
