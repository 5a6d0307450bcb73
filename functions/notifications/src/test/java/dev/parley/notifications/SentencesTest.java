package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Sentences sentences = new Sentences();

    private static Notice notice(String what, int count, String title, Optional<Instant> startsAt) {
        return new Notice(
                "n_1",
                "u_1",
                NoticeKind.MESSAGE,
                what,
                Instant.EPOCH,
                count,
                Optional.empty(),
                Optional.of("u_2"),
                title,
                startsAt,
                "/",
                Optional.empty(),
                false,
                1);
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(sentences.keys(Language.CHINESE)).isEqualTo(sentences.keys(Language.ENGLISH));
    }

    @Test
    void oneIsSaidOtherwiseThanMany() {
        Optional<String> grace = Optional.of("Grace {count} $1");
        assertThat(sentences.of(Language.ENGLISH, notice("received", 1, "", Optional.empty()), grace, ZONE))
                .isEqualTo("Grace {count} $1 sent you a message");
        assertThat(sentences.of(Language.ENGLISH, notice("received", 10, "", Optional.empty()), Optional.empty(), ZONE))
                .isEqualTo("Somebody sent you 10 messages");
        assertThat(sentences.of(
                        Language.CHINESE, notice("mentioned", 2, "午餐", Optional.empty()), Optional.of("艾达"), ZONE))
                .isEqualTo("艾达 等人在 午餐 中提到了您 2 次");
    }

    @Test
    void aTimeIsInTheReadersZone() {
        Optional<Instant> starts = Optional.of(Instant.parse("2026-11-02T10:15:00Z"));
        assertThat(sentences.of(Language.ENGLISH, notice("changed", 1, "Weekly", starts), Optional.empty(), ZONE))
                .isEqualTo("Weekly is planned anew: Monday, 2 November 2026, 18:15 (China Time)");
        assertThat(sentences.of(Language.ENGLISH, notice("unheard-of", 1, "", starts), Optional.empty(), ZONE))
                .isEqualTo("Something happened");
    }
}
