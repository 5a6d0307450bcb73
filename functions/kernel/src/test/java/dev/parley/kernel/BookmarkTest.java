package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {
    private static final Instant NOON = Instant.parse("2026-04-09T12:00:00.123456Z");

    @Test
    void itComesBackAsItWasGiven() {
        for (String id : List.of("f_abc-D9", "qdm-pusk-edv", "m_qdm-pusk-edv.b_1#000000000007")) {
            Bookmark bookmark = new Bookmark(NOON, id);
            assertThat(Bookmark.of(Optional.of(bookmark.text()))).contains(bookmark);
        }
        assertThat(Bookmark.of(Optional.empty())).isEmpty();
        assertThat(Bookmark.of(Optional.of(""))).isEmpty();
    }

    @Test
    void anEntryIsBehindItOrNot() {
        Bookmark bookmark = new Bookmark(NOON, "f_m");
        assertThat(bookmark.isBefore(NOON.minusNanos(1000), "f_z")).isTrue();
        assertThat(bookmark.isBefore(NOON, "f_l")).isTrue();
        assertThat(bookmark.isBefore(NOON, "f_m")).isFalse();
        assertThat(bookmark.isBefore(NOON, "f_n")).isFalse();
        assertThat(bookmark.isBefore(NOON.plusNanos(1000), "f_a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-09T12:00:00Z",
                "2026-04-09T12:00:00Z ",
                "2026-04-09T12:00:00Z a\u0000b",
                "2026-04-09T12:00:00Z a b",
                "+1000000000-12-31T23:59:59Z f_1",
                "-0001-01-01T00:00:00Z f_1",
                "now f_1"
            })
    void whatWasNeverGivenOutIsRefused(String text) {
        refused(Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anythingElseIsRefusedTheSameWay() {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>(List.of("%", "=", "ä", " "));
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
            texts.add(Base64.getUrlEncoder().encodeToString(bytes));
        }
        texts.forEach(BookmarkTest::refused);
    }

    private static void refused(String cursor) {
        assertThatExceptionOfType(ApiException.class)
                .as(cursor)
                .isThrownBy(() -> Bookmark.of(Optional.of(cursor)))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(Errors.REQUEST_INVALID));
    }
}
