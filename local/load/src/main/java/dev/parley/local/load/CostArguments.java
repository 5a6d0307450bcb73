package dev.parley.local.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What {@code local/bench cost} is told.
 *
 * @param idle whether a month without anybody is reckoned, in place of an hour of a meeting
 * @param profile of the database, for the idle month
 * @param people in the meeting
 * @param watchSeconds how long an idle installation is watched
 * @param root the repository's folder
 */
record CostArguments(boolean idle, Profile profile, int people, int watchSeconds, Path root, boolean json) {
    static final String USAGE = """
            local/bench cost [--people N] [--json]
            local/bench cost --idle [--profile zero|busy] [--watch S] [--json]

            What the control plane costs, from what it uses and the list prices of local/load/src/main/resources/dev/parley/local/load/prices.tsv.
            Without --idle: N people spend an hour in a meeting, all they do one after the other in a minute or so, against every function in
            one process; printed is what each of them used in that hour, and dollars. With --idle: what template.yaml has that costs
            something while nobody is there, and what its schedules use in S seconds, as a month. Media is in neither.

              --people N    2 to 50, default 9
              --profile P   zero: the database pauses, the default; busy: it does not, and has RDS Proxy before it
              --watch S     60 to 3600, default 130
              --json        one JSON object a line: {bench, profile, server, metric, value, unit, target, held}
            """;

    /** What of the database is paid for while nobody is there. */
    enum Profile {
        ZERO,
        BUSY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException with what is wrong */
    static CostArguments parse(List<String> given) {
        boolean idle = false;
        Profile profile = Profile.ZERO;
        int people = 9;
        int watch = 130;
        Path root = Path.of("");
        boolean json = false;
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "--idle" -> idle = true;
                case "--profile" -> profile = profile(Given.text(given, ++i));
                case "--people" -> people = Given.number(given, ++i, 2, 50);
                case "--watch" -> watch = Given.number(given, ++i, 60, 3_600);
                case "--root" -> root = Path.of(Given.text(given, ++i));
                case "--json" -> json = true;
                default -> throw new IllegalArgumentException("Unknown argument " + given.get(i));
            }
        }
        return new CostArguments(idle, profile, people, watch, root.toAbsolutePath(), json);
    }

    private static Profile profile(String word) {
        for (Profile profile : Profile.values()) {
            if (profile.word().equals(word)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("--profile is zero or busy, not " + word);
    }
}
