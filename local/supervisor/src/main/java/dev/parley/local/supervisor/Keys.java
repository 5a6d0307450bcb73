package dev.parley.local.supervisor;

import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.crypto.KeySet;
import dev.parley.platform.crypto.KeySetException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Shows and rotates the key sets of a folder: the program behind {@code local/keys}. Exit code 1 when it cannot, 2 for wrong arguments. */
public final class Keys {
    private Keys() {}

    public static void main(String[] arguments) {
        try {
            run(new Arguments(arguments, Set.of("--rotate"), Set.of("--root", "--folder", "--set", "--lead")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (KeySetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) {
        Path folder = Path.of(arguments
                .text("--folder")
                .orElse(Path.of(arguments.required("--root"), ".parley", "keys").toString()));
        KeyFolder keys = new KeyFolder(folder.toAbsolutePath().normalize());
        String wanted = arguments.text("--set").orElse("all");
        Duration lead = lead(arguments);
        boolean rotate = arguments.has("--rotate");
        if (rotate) {
            keys.createMissing(InstantSource.system(), new SecureRandom());
        }
        boolean found = false;
        for (KeyFolder.Name name : KeyFolder.Name.values()) {
            // Browsers subscribed with a key of this one: it is rotated only by its name.
            boolean left = rotate && name == KeyFolder.Name.PUSH;
            if (wanted.equals(name.word()) || wanted.equals("all") && !left) {
                found = true;
                KeySet set =
                        rotate ? keys.rotate(name, lead, InstantSource.system(), new SecureRandom()) : keys.load(name);
                print(name, set, Instant.now());
            }
        }
        if (!found) {
            throw new IllegalArgumentException("There is no key set " + wanted + ": access, media, node, push or all");
        }
    }

    private static Duration lead(Arguments arguments) {
        String text = arguments.text("--lead").orElse(KeyFolder.LEAD.toString());
        try {
            Duration lead = Duration.parse(text);
            if (!lead.isNegative()) {
                return lead;
            }
        } catch (DateTimeParseException e) {
            // answered below, like a time that is over
        }
        throw new IllegalArgumentException("--lead must be a duration such as PT24H, not '" + text + "'");
    }

    private static void print(KeyFolder.Name name, KeySet set, Instant now) {
        String signing = set.signingKeyId(now);
        for (String id : set.keyIds()) {
            Instant start = set.startOf(id);
            String state = id.equals(signing) ? "signs" : start.isAfter(now) ? "signs from " + start : "verifies";
            System.out.printf("%-7s %-32s %s%n", name.word(), id, state);
        }
    }
}
