package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.tokens.MediaClaims;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DenySetTest {
    private final DenySet denied = new DenySet();

    private static MediaClaims person(String user, String guestKey) {
        return new MediaClaims("p_1", user, "A", "guest", 1, 1, Optional.ofNullable(guestKey), List.of());
    }

    @Test
    void aKickHoldsAgainstAnOlderListForTwoMinutes() {
        denied.kick("u_1", 0);
        denied.replaceList(List.of());
        assertThat(denied.denies(person("u_1", null), 119_000_000_000L)).isTrue();
        assertThat(denied.denies(person("u_2", null), 119_000_000_000L)).isFalse();
        assertThat(denied.denies(person("u_1", null), 121_000_000_000L)).isFalse();
    }

    @Test
    void theListHoldsUntilTheNextOne() {
        denied.replaceList(List.of("u_1", "key"));
        assertThat(denied.denies(person("u_1", null), 0)).isTrue();
        assertThat(denied.denies(person("g_9", "key"), 0)).isTrue();
        denied.replaceList(List.of());
        assertThat(denied.denies(person("u_1", null), 0)).isFalse();
    }

    @Test
    void aGuestKeyFollowsItsGuestUnderAnotherName() {
        denied.kick("g_1", 0);
        denied.kick("key", 0);
        denied.kick(null, 0);
        denied.kick(" ", 0);
        assertThat(denied.denies(person("g_2", "key"), 1)).isTrue();
        assertThat(denied.denies(person("g_2", "other"), 1)).isFalse();
    }
}
