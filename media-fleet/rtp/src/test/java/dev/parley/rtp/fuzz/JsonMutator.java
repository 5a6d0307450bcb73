package dev.parley.rtp.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes JSON: nine of ten changes put a value in another's place, so that what comes out is still JSON, of another shape. */
final class JsonMutator extends Mutator {
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|[-+.\\w]++|\\S", Pattern.DOTALL);
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1e400",
        "0.5",
        "2147483648",
        "9223372036854775808",
        "\"\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\" \"",
        "[]",
        "{}",
        "[null]",
        "[[[]]]",
        "{\"a\":{\"b\":[1]}}"
    };

    private static final Set<String> PUNCTUATION = Set.of(":", ",", "}", "]");

    private final Map<byte[], List<String>> known = new IdentityHashMap<>();

    JsonMutator(Random random) {
        super(random);
    }

    @Override
    byte[] change(byte[] input, List<byte[]> corpus) {
        List<String> tokens = tokens(input);
        if (tokens.size() < 2 || input.length > MAX_LENGTH / 2 || random.nextInt(10) == 0) {
            return super.change(input, corpus);
        }
        int at = value(tokens);
        int end = end(tokens, at);
        boolean key = end < tokens.size() && tokens.get(end).equals(":");
        List<String> changed = new ArrayList<>(tokens.subList(0, at));
        if (random.nextInt(4) == 0 && !key) {
            changed.add(VALUES[random.nextInt(VALUES.length)]);
        } else {
            List<String> others = known.computeIfAbsent(pick(corpus), JsonMutator::tokens);
            int from = others.isEmpty() ? 0 : value(others);
            List<String> other = others.isEmpty() ? others : others.subList(from, end(others, from));
            boolean fits = !other.isEmpty() && (!key || other.getFirst().startsWith("\""));
            changed.addAll(fits ? other : tokens.subList(at, end));
        }
        changed.addAll(tokens.subList(end, tokens.size()));
        return String.join("", changed).getBytes(StandardCharsets.UTF_8);
    }

    /** Where a value, or a member's name, begins; anywhere when a few tries find none. */
    private int value(List<String> tokens) {
        int at = 0;
        for (int i = 0; i < 8; i++) {
            at = random.nextInt(tokens.size());
            if (!PUNCTUATION.contains(tokens.get(at))) {
                return at;
            }
        }
        return at;
    }

    private static List<String> tokens(byte[] input) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(new String(input, StandardCharsets.UTF_8));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    /** One behind a value: behind its closing bracket, when it opens one. */
    private static int end(List<String> tokens, int at) {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            String token = tokens.get(i);
            depth += token.equals("{") || token.equals("[") ? 1 : token.equals("}") || token.equals("]") ? -1 : 0;
            if (depth <= 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }
}
