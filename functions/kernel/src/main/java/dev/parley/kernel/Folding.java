package dev.parley.kernel;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into the words it is found by. Case, accents and widths make no difference: {@code Ｃafé} is {@code cafe}. Chinese, Japanese and
 * Korean are written without spaces and cut into pairs of characters, with the last one by itself, so that every part of such a run is
 * found: {@code 视频会议} has {@code 视频}, {@code 频会}, {@code 会议} and {@code 议}. Whatever is searched is searched by these words.
 */
public final class Folding {
    /** Longer words are found by their beginning. */
    static final int WORD_CHARS = 40;

    private static final int QUESTION_CHARS = 200;

    private Folding() {}

    /** The text without case, accents and widths. */
    static String fold(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK || isKana(c))
                .forEach(kept::appendCodePoint);
        return Normalizer.normalize(kept.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** The marks that tell one kana from another are no accents. */
    private static boolean isKana(int c) {
        return c == 0x3099 || c == 0x309A;
    }

    /** Every word of a text, once. */
    public static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (List<Integer> run : runs(fold(text))) {
            if (isPaired(run.getFirst())) {
                for (int i = 0; i < run.size(); i++) {
                    words.add(text(run.subList(i, Math.min(run.size(), i + 2))));
                }
            } else {
                words.add(text(run.subList(0, Math.min(run.size(), WORD_CHARS))));
            }
        }
        return words;
    }

    /**
     * What is looked for: a whole pair of characters, or the beginning of a word.
     *
     * @param whole whether it must be the whole word
     */
    public record Wanted(String word, boolean whole) {}

    /** The words of the question {@code q} of a request. @throws ApiException 400 where it is too long, or has none */
    public static List<Wanted> asked(String q) {
        if (q.length() > QUESTION_CHARS) {
            throw Errors.invalid("q", "q may have " + QUESTION_CHARS + " characters");
        }
        List<Wanted> wanted = wanted(q);
        if (wanted.isEmpty()) {
            throw Errors.invalid("q", "q must have a word");
        }
        return wanted;
    }

    /** The words of a question. */
    public static List<Wanted> wanted(String question) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        for (List<Integer> run : runs(fold(question))) {
            if (!isPaired(run.getFirst())) {
                wanted.add(new Wanted(text(run.subList(0, Math.min(run.size(), WORD_CHARS))), false));
            } else if (run.size() == 1) {
                wanted.add(new Wanted(text(run), false));
            } else {
                for (int i = 0; i + 1 < run.size(); i++) {
                    wanted.add(new Wanted(text(run.subList(i, i + 2)), true));
                }
            }
        }
        return List.copyOf(wanted);
    }

    /** Whether a text with these words is one that is looked for. */
    public static boolean fits(Set<String> words, List<Wanted> wanted) {
        return wanted.stream()
                .allMatch(one -> one.whole()
                        ? words.contains(one.word())
                        : words.stream().anyMatch(word -> word.startsWith(one.word())));
    }

    /** Runs of letters and digits, those of one kind of script each. */
    private static List<List<Integer>> runs(String folded) {
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int c : folded.codePoints().toArray()) {
            boolean letter = Character.isLetterOrDigit(c) || !run.isEmpty() && isMark(c);
            if (!letter || !run.isEmpty() && !isMark(c) && isPaired(c) != isPaired(run.getFirst())) {
                if (!run.isEmpty()) {
                    runs.add(run);
                    run = new ArrayList<>();
                }
            }
            if (letter) {
                run.add(c);
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    /** Vowel signs and the like, which are part of a word. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.COMBINING_SPACING_MARK || type == Character.NON_SPACING_MARK;
    }

    private static boolean isPaired(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> c == 0x30FC; // the long vowel of kana, which belongs to no script
        };
    }

    private static String text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }
}
