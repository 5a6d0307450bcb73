package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids(new SecureRandom());

    @Test
    void everyKindHasItsPrefix() {
        assertThat(ids.user()).matches("u_[0-9a-z]{26}");
        assertThat(ids.guest()).matches("g_[0-9a-z]{26}");
        assertThat(ids.session()).matches("s_[0-9a-z]{26}");
        assertThat(ids.participant()).matches("p_[0-9a-z]{26}");
        assertThat(ids.request()).matches("r_[0-9a-z]{26}");
    }

    @Test
    void aMeetingIsItsCode() {
        String code = ids.meeting();

        assertThat(code).matches("[a-z]{3}-[a-z]{4}-[a-z]{3}");
        assertThat(Ids.isMeeting(code)).isTrue();
        assertThat(Ids.isMeeting("ABC-defg-hij")).isFalse();
        assertThat(Ids.isMeeting(code + "x")).isFalse();
        assertThat(Ids.isMeeting(null)).isFalse();
    }

    @Test
    void aSecretIs256BitsOfUrlSafeText() {
        assertThat(ids.secret()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void nothingRepeats() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(ids.user())).isTrue();
            assertThat(seen.add(ids.meeting())).isTrue();
        }
    }
}
