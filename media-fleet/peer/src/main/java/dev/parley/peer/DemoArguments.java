package dev.parley.peer;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The demo's command line.
 *
 * @param url where the product is served
 * @param names the people; the first is the host
 * @param title the meeting's title
 * @param cache folder for media and the account
 * @param meeting an existing meeting to join as guests instead of making one
 * @param statsSeconds how often to tell what everybody sends and receives, 0 for never
 */
record DemoArguments(
        URI url, List<String> names, String title, Path cache, Optional<String> meeting, int statsSeconds) {
    static final String USAGE = """
            usage: DemoMain [--url http://127.0.0.1:8800] [--people 3 | --names Ana,Bo,Chidi]
                            [--meeting-title "Parley demo"] [--meeting abc-defg-hij] [--cache .parley/cache/demo]
                            [--stats 10]

              --url            where Parley is served
              --people         how many people to bring, 1 to 12
              --names          who they are, by name, in place of --people
              --meeting-title  the title of the meeting they make
              --meeting        a meeting that exists: they join it as guests and make none
              --cache          folder for their pictures, voices and account
              --stats          every so many seconds, tell what everybody sends and receives
            """;

    private static final List<String> NAMES =
            List.of("Ana", "Bo", "Chidi", "Daria", "Emil", "Fatou", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena");

    static DemoArguments parse(String... arguments) {
        URI url = URI.create("http://127.0.0.1:8800");
        List<String> names = NAMES.subList(0, 3);
        String title = "Parley demo";
        Path cache = Path.of(".parley", "cache", "demo");
        Optional<String> meeting = Optional.empty();
        int stats = 0;
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = arguments[i + 1];
            switch (name) {
                case "--url" -> url = URI.create(value);
                case "--people" -> names = NAMES.subList(0, number(name, value, 1, NAMES.size()));
                case "--names" -> names = names(value);
                case "--meeting-title" -> title = value;
                case "--meeting" -> meeting = Optional.of(value);
                case "--stats" -> stats = number(name, value, 0, 3600);
                case "--cache" -> cache = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        return new DemoArguments(url, List.copyOf(names), title, cache, meeting, stats);
    }

    private static int number(String name, String value, int least, int most) {
        int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
        return number;
    }

    private static List<String> names(String value) {
        List<String> names = new ArrayList<>();
        for (String name : value.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("--names needs at least one name");
        }
        return names;
    }
}
