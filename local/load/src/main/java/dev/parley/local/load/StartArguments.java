package dev.parley.local.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the functions' part of {@code local/bench start} is told.
 *
 * @param runs of each function in each manner; the median counts
 * @param functions which of them; all when empty
 * @param root the repository's folder, with packaged functions
 */
record StartArguments(int runs, List<String> functions, Path root, boolean json) {
    static final String USAGE = """
            local/bench start --functions [--runs N] [--only FUNCTION]... [--json]

            Starts each packaged function under AWS's runtime interface client, over embedded stores, and takes the time from its process's
            start to its first answer, which goes through its stores: plain; with an AOT cache that was written after its golden
            events; and, from where a snapshot would be restored, after priming. The median of N starts counts. Exit code 3 when one takes longer than its target.

              --runs N           1 to 50, default 5
              --only FUNCTION    identity, meetings, ...; all without it
              --json             one JSON object a line: {bench, profile, server, metric, value, unit, target, held}
            """;

    /** @throws IllegalArgumentException with what is wrong */
    static StartArguments parse(List<String> given) {
        int runs = 5;
        List<String> functions = new ArrayList<>();
        Path root = Path.of("");
        boolean json = false;
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "--runs" -> runs = Given.number(given, ++i, 1, 50);
                case "--only" -> functions.add(Given.text(given, ++i));
                case "--root" -> root = Path.of(Given.text(given, ++i));
                case "--json" -> json = true;
                default -> throw new IllegalArgumentException("Unknown argument " + given.get(i));
            }
        }
        for (String function : functions) {
            if (!FirstEvents.functions().contains(function)) {
                throw new IllegalArgumentException("There is no function " + function);
            }
        }
        return new StartArguments(runs, List.copyOf(functions), root.toAbsolutePath(), json);
    }
}
