package dev.parley.notifications;

import dev.parley.notifications.Letter.Action;
import dev.parley.notifications.Letter.Block;
import dev.parley.notifications.Letter.Code;
import dev.parley.notifications.Letter.Lines;
import dev.parley.notifications.Letter.Paragraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of one kind of mail in one language. The first line is the subject; blocks follow, with an empty line before each: a line
 * {@code [label](link)} is something to click, a line in backticks a code, everything else a paragraph. <code>{name}</code> stands for a
 * value, and a block <code>{lines}</code> for a list of {@code line_1}, {@code line_2} and so on. Values are put in after the text was taken apart, so that no value can be a block.
 */
final class LetterTemplate {
    private static final Pattern ACTION = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    private final Language language;
    private final String source;
    private final String subject;
    private final List<Block> blocks;

    private LetterTemplate(Language language, String source, String subject, List<Block> blocks) {
        this.language = language;
        this.source = source;
        this.subject = subject;
        this.blocks = List.copyOf(blocks);
    }

    static LetterTemplate parse(Language language, String source) {
        String[] parts = source.strip().split("\\n\\s*\\n");
        var blocks = new ArrayList<Block>();
        Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .map(LetterTemplate::block)
                .forEach(blocks::add);
        return new LetterTemplate(language, source, parts[0].strip(), blocks);
    }

    private static Block block(String text) {
        if (text.equals("{lines}")) {
            return new Lines(List.of());
        }
        Matcher action = ACTION.matcher(text);
        if (action.matches()) {
            return new Action(action.group(1), action.group(2));
        }
        Matcher code = CODE.matcher(text);
        return code.matches() ? new Code(code.group(1)) : new Paragraph(text);
    }

    /** The names of the values it needs. */
    Set<String> places() {
        var names = new TreeSet<String>();
        PLACE.matcher(source).results().forEach(place -> names.add(place.group(1)));
        return names;
    }

    /** @throws LetterException when a value is missing, or a link is no web address */
    Letter fill(Map<String, String> values) {
        List<Block> filled = blocks.stream()
                .map(block -> switch (block) {
                    case Paragraph paragraph -> (Block) new Paragraph(put(paragraph.text(), values));
                    case Action action -> new Action(put(action.label(), values), web(put(action.link(), values)));
                    case Code code -> new Code(put(code.text(), values));
                    case Lines _ -> lines(values);
                })
                .toList();
        return new Letter(language, put(subject, values), filled);
    }

    /** {@code line_1}, {@code line_2} and so on, at least one. */
    private static Lines lines(Map<String, String> values) {
        List<String> lines = new ArrayList<>();
        for (String line = values.get("line_1"); line != null; line = values.get("line_" + (lines.size() + 1))) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new LetterException("A mail needs a value for lines");
        }
        return new Lines(lines);
    }

    private static String put(String text, Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new LetterException("A mail needs a value for " + place.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String web(String link) {
        if (!link.startsWith("https://") && !link.startsWith("http://")) {
            throw new LetterException("A mail's link is no web address");
        }
        return link;
    }
}
