package dev.parley.checks.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Javadoc of records, enums and sealed interfaces, read from the sources of {@code contracts} and written as Markdown. */
final class RecordDocs {
    /** @param components what is said of each component, by its name in Java */
    record Doc(String text, Map<String, String> components) {
        static final Doc NONE = new Doc("", Map.of());
    }

    private static final Pattern DECLARATION = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)*"
                    + "(?:public |static |sealed )*(?:record|enum|interface) (\\w+)",
            Pattern.DOTALL);
    private static final Pattern PARAM = Pattern.compile("@param\\s+(\\w+)\\s+((?:(?!@param).)*)", Pattern.DOTALL);
    private static final Pattern INLINE =
            Pattern.compile("\\{@(code|link|literal)\\s+((?:[^{}]|\\{[^{}]*})*)}", Pattern.DOTALL);

    private final Path sources;
    private final Map<Path, Map<String, Doc>> read = new HashMap<>();

    /** @param sources the folder that the packages lie in */
    RecordDocs(Path sources) {
        this.sources = sources;
    }

    Optional<Doc> of(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        Path file = sources.resolve(top.getName().replace('.', '/') + ".java");
        return Optional.ofNullable(read.computeIfAbsent(file, RecordDocs::read).get(type.getSimpleName()));
    }

    private static Map<String, Doc> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            Map<String, Doc> docs = new HashMap<>();
            Matcher found = DECLARATION.matcher(Files.readString(file));
            while (found.find()) {
                docs.put(found.group(2), parse(found.group(1)));
            }
            return docs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Doc parse(String comment) {
        String plain = comment.replaceAll("(?m)^\\s*\\* ?", "");
        int tags = plain.indexOf("@param");
        Map<String, String> components = new LinkedHashMap<>();
        Matcher parameter = PARAM.matcher(tags < 0 ? "" : plain.substring(tags));
        while (parameter.find()) {
            components.put(parameter.group(1), markdown(parameter.group(2)));
        }
        return new Doc(markdown(tags < 0 ? plain : plain.substring(0, tags)), components);
    }

    private static String markdown(String javadoc) {
        String text = INLINE.matcher(javadoc).replaceAll(inline -> Matcher.quoteReplacement(inline(inline)));
        return text.replaceAll("\\s+", " ")
                .replaceAll(" ?<p> ?", "\n\n")
                .replaceAll(" ?<li> ?", "\n- ")
                .replaceAll(" ?</?[a-z]+>", "")
                .strip();
    }

    private static String inline(MatchResult inline) {
        String words = inline.group(2).strip();
        if (inline.group(1).equals("link")) {
            words = words.contains(" ") ? words.substring(words.indexOf(' ') + 1) : words;
            words = words.substring(words.lastIndexOf('.') + 1).replace("#", "");
        }
        return "`" + words + "`";
    }
}
