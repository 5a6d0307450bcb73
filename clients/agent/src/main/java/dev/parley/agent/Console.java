package dev.parley.agent;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person sees: a bar that moves where there is a terminal, else a line for each tenth of a file. */
final class Console {
    private static final int WIDTH = 30;
    private static final int TENTH = 10;

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Integer> shown = new LinkedHashMap<>();
    private boolean barIsThere;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void say(String text) {
        if (barIsThere) {
            out.print("\r\u001b[K");
            barIsThere = false;
        }
        out.println(terminal ? text : Instant.now().toString().substring(0, 19) + "Z " + text);
        out.flush();
    }

    /** @param bytes of {@code size} that are there */
    synchronized void progress(Notice notice, long bytes) {
        int percent = notice.size() == 0 ? 100 : (int) (bytes * 100 / notice.size());
        if (terminal) {
            int full = percent * WIDTH / 100;
            out.print("\r\u001b[K[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + percent + " %  "
                    + SafeName.of(notice.name()) + ", " + size(bytes) + " of " + size(notice.size()));
            out.flush();
            barIsThere = true;
            return;
        }
        Integer before = shown.put(notice.pushId(), percent / TENTH);
        if (before == null || before != percent / TENTH) {
            say(SafeName.of(notice.name()) + ": " + percent + " % of " + size(notice.size()));
        }
    }

    synchronized void ended(Notice notice) {
        shown.remove(notice.pushId());
    }

    /** {@code 1.5 MiB} */
    static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : Math.round(value * 10) / 10.0 + " " + units[unit];
    }
}
