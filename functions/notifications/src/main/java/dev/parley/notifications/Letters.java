package dev.parley.notifications;

import dev.parley.kernel.OutboxEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the letters: the texts of this package, with what an event says. Thread-safe. */
final class Letters {
    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_LINK = 2_000;
    /** Controls, and characters that turn the direction of what stands after them: neither belongs into a name or a title. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    private final String publicUrl;
    private final Map<Language, Map<MailKind, LetterTemplate>> templates = new EnumMap<>(Language.class);

    /** @param publicUrl what every link of ours starts with, without a slash at its end */
    Letters(String publicUrl) {
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
        for (Language language : Language.values()) {
            Map<MailKind, LetterTemplate> texts = new EnumMap<>(MailKind.class);
            for (MailKind kind : MailKind.values()) {
                texts.put(kind, LetterTemplate.parse(language, read(language, kind)));
            }
            templates.put(language, texts);
        }
    }

    LetterTemplate template(Language language, MailKind kind) {
        return templates.get(language).get(kind);
    }

    /** @throws LetterException when the event lacks something that the letter says */
    Letter write(MailKind kind, OutboxEvent event) {
        Language language = Language.of(event.data().getOrDefault("locale", ""));
        return template(language, kind).fill(values(kind, language, event.data()));
    }

    private Map<String, String> values(MailKind kind, Language language, Map<String, String> data) {
        Map<String, String> values = new HashMap<>();
        data.forEach((name, value) -> values.put(name, clean(value, LONGEST_VALUE)));
        values.computeIfPresent("link", (name, link) -> clean(data.get("link"), LONGEST_LINK));
        values.put("greeting", language.greeting(kind.namesReader() ? values.getOrDefault("name", "") : ""));
        values.put("when", when(language, data));
        values.put("notifications_link", publicUrl + "/notifications");
        values.put("forgot_link", publicUrl + "/forgot-password");
        // Behind the #, so that neither a server's log nor a Referer header has it.
        values.put(
                "reset_link",
                publicUrl + "/reset-password#email=" + encoded(data.getOrDefault("email", "")) + "&code="
                        + encoded(data.getOrDefault("code", "")));
        return values;
    }

    private static String when(Language language, Map<String, String> data) {
        String starts = data.getOrDefault("starts", "");
        if (starts.isBlank()) {
            return language.noTime();
        }
        try {
            return language.when(Instant.parse(starts), zone(data.getOrDefault("time_zone", "")));
        } catch (DateTimeException e) {
            throw new LetterException("A mail's time is none");
        }
    }

    private static ZoneId zone(String name) {
        return name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name);
    }

    private static String clean(String value, int longest) {
        String text = NOT_TEXT.matcher(value).replaceAll(" ").strip();
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String read(Language language, MailKind kind) {
        String name = language.tag() + "/" + kind.text() + ".txt";
        try (InputStream text = Letters.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("The text " + name + " is missing");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The text " + name + " cannot be read", e);
        }
    }
}
