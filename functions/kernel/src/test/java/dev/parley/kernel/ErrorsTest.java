package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void codesAreStableWordsUsedOnce() {
        Set<String> seen = new HashSet<>();
        for (Errors error : Errors.values()) {
            assertThat(error.code()).matches("[a-z_]+(\\.[a-z_]+)?");
            assertThat(error.status()).isBetween(400, 599);
            assertThat(error.message()).endsWith(".");
            assertThat(seen.add(error.code())).as(error.code()).isTrue();
        }
    }

    @Test
    void anAnswerCarriesNoStackTrace() {
        ApiException refused = Errors.invalid("title", "title must not be empty");

        assertThat(refused.getStackTrace()).isEmpty();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("request.invalid");
        assertThat(refused.details()).containsEntry("field", "title");
        assertThat(Errors.limited(Duration.ofSeconds(3)).retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void aPageCountsItsPages() {
        assertThat(new Envelope.Page<>(List.of(1, 2), 5, 1, 2).totalPages()).isEqualTo(3);
        assertThat(new Envelope.Page<>(List.of(), 0, 1, 20).totalPages()).isZero();
    }
}
