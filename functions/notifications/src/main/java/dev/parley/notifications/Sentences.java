package dev.parley.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a notification in one sentence, in the reader's language. Thread-safe. */
final class Sentences {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final Set<String> COUNTED = Set.of("received", "mentioned");

    private final Map<Language, Properties> texts = new EnumMap<>(Language.class);

    Sentences() {
        for (Language language : Language.values()) {
            texts.put(language, read(language));
        }
    }

    /** @param byName what the one who did it is called; empty when nobody is. @param zone of times */
    String of(Language language, Notice notice, Optional<String> byName, ZoneId zone) {
        Properties words = texts.get(language);
        String key = notice.what();
        if (COUNTED.contains(key) && notice.count() > 1) {
            key += ".more";
        } else if (notice.startsAt().isPresent() && words.containsKey(key + ".at")) {
            key += ".at";
        }
        Map<String, String> values = Map.of(
                "by", byName.orElse(words.getProperty("somebody")),
                "title", notice.title(),
                "count", String.valueOf(notice.count()),
                "time", notice.startsAt().map(at -> language.when(at, zone)).orElse(""));
        return PLACE.matcher(words.getProperty(key, words.getProperty("other")))
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    /** What is sent to a telephone to confirm it. */
    String code(Language language, String code) {
        return texts.get(language).getProperty("code").replace("{code}", code);
    }

    /** The names of what can be said in a language. */
    Set<String> keys(Language language) {
        return texts.get(language).stringPropertyNames();
    }

    private static Properties read(Language language) {
        String name = language.tag() + "/sentences.properties";
        try (InputStream source = Sentences.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IllegalStateException("The text " + name + " is missing");
            }
            try (Reader reader = new InputStreamReader(source, StandardCharsets.UTF_8)) {
                Properties words = new Properties();
                words.load(reader);
                return words;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The text " + name + " cannot be read", e);
        }
    }
}
