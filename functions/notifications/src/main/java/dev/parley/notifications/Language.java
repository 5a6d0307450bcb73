package dev.parley.notifications;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** The languages that mail is written in. */
enum Language {
    ENGLISH("en", "EEEE, d MMMM uuuu, HH:mm", "Hello,", "Hello %s,", "No fixed time", "%s (%s)"),
    CHINESE("zh", "uuuu年M月d日 EEEE HH:mm", "您好！", "%s，您好！", "未定", "%s（%s）");

    private final String tag;
    private final DateTimeFormatter when;
    private final String greeting;
    private final String greetingByName;
    private final String noTime;
    private final String withZone;

    Language(String tag, String when, String greeting, String greetingByName, String noTime, String withZone) {
        this.tag = tag;
        this.when = DateTimeFormatter.ofPattern(when, Locale.forLanguageTag(tag));
        this.greeting = greeting;
        this.greetingByName = greetingByName;
        this.noTime = noTime;
        this.withZone = withZone;
    }

    /** Chinese for {@code zh} and whatever begins with it; English for everything else. */
    static Language of(String locale) {
        return locale.toLowerCase(Locale.ROOT).startsWith(CHINESE.tag) ? CHINESE : ENGLISH;
    }

    /** {@code en} or {@code zh}: the folder of its texts, and what an HTML page says it is written in. */
    String tag() {
        return tag;
    }

    String greeting(String name) {
        return name.isEmpty() ? greeting : greetingByName.formatted(name);
    }

    String noTime() {
        return noTime;
    }

    /** {@code Monday, 2 November 2026, 10:15 (UTC)}. */
    String when(Instant time, ZoneId zone) {
        String place =
                zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getDisplayName(TextStyle.FULL, Locale.forLanguageTag(tag));
        return withZone.formatted(when.format(time.atZone(zone)), place);
    }
}
