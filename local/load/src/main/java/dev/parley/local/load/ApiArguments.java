package dev.parley.local.load;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code local/bench api} is told.
 *
 * @param people accounts, sockets, and seats of the meeting
 * @param extra who also want into the meeting and find no seat
 * @param joinsPerSecond of the storm
 * @param requestsPerSecond of each kind
 * @param warmUpSeconds in which they rise to that before it is counted how long they take
 * @param seconds how long those are kept up
 * @param messages told to the whole room
 * @param root the repository's folder
 */
record ApiArguments(
        int people,
        int extra,
        int joinsPerSecond,
        int requestsPerSecond,
        int warmUpSeconds,
        int seconds,
        int messages,
        Path root,
        boolean json) {
    static final String USAGE = """
            local/bench api [--people N] [--joins-per-second J] [--requests-per-second R] [--warm-up W] [--seconds S] [--messages M]
                      [--json]

            Starts the control plane as a process of its own, over embedded stores in a folder of its own and without rate limits. Makes N
            accounts; lets all of them and a tenth more into one meeting with N seats at once; opens a socket for each; tells the room M
            things and takes the time until each socket has them; then asks each kind of request R times a second. Client and control plane
            share the machine. Exit code 3 when the seats are not exact, a push is lost or late, or a request fails.

              --people N               2 to 1000, default 1000
              --joins-per-second J     default 500
              --requests-per-second R  of each kind, default 20
              --warm-up W              seconds in which they rise to R a second before the S that count, default 20: the compiler is at work until then
              --seconds S              default 15
              --messages M             default 20
              --json                   one JSON object a line: {bench, profile, server, metric, value, unit, target, held}
            """;

    /** @throws IllegalArgumentException with what is wrong */
    static ApiArguments parse(List<String> given) {
        int people = 1000;
        int joins = 500;
        int requests = 20;
        int warmUp = 20;
        int seconds = 15;
        int messages = 20;
        Path root = Path.of("");
        boolean json = false;
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "--people" -> people = Given.number(given, ++i, 2, 1_000);
                case "--joins-per-second" -> joins = Given.number(given, ++i, 1, 10_000);
                case "--requests-per-second" -> requests = Given.number(given, ++i, 1, 1_000);
                case "--warm-up" -> warmUp = Given.number(given, ++i, 0, 600);
                case "--seconds" -> seconds = Given.number(given, ++i, 1, 600);
                case "--messages" -> messages = Given.number(given, ++i, 1, 1_000);
                case "--root" -> root = Path.of(given.get(++i));
                case "--json" -> json = true;
                default -> throw new IllegalArgumentException("Unknown argument " + given.get(i));
            }
        }
        return new ApiArguments(
                people,
                Math.max(1, people / 10),
                joins,
                requests,
                warmUp,
                seconds,
                messages,
                root.toAbsolutePath(),
                json);
    }
}
