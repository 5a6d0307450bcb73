package dev.parley.rtp.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes text: a quarter of its changes is to whole lines or words, the others to bytes. */
final class LineMutator extends Mutator {
    private static final String[] WORDS = {
        "", " ", "-1", "0", "99999999999999999999", ":", "/", ";", "=", "~", ",", "a=", "m="
    };

    LineMutator(Random random) {
        super(random);
    }

    @Override
    byte[] change(byte[] input, List<byte[]> corpus) {
        if (random.nextInt(4) > 0) {
            return super.change(input, corpus);
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1)));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
            case 2 -> lines.set(at, lines.get(random.nextInt(lines.size())));
            case 3 -> {
                String[] words = lines.get(at).split(" ", -1);
                words[random.nextInt(words.length)] = WORDS[random.nextInt(WORDS.length)];
                lines.set(at, String.join(" ", words));
            }
            default -> {
                String line = lines.get(at);
                lines.set(at, line.substring(0, line.isEmpty() ? 0 : random.nextInt(line.length())));
            }
        }
        byte[] changed = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        return changed.length <= MAX_LENGTH ? changed : Arrays.copyOf(changed, MAX_LENGTH);
    }
}
