package dev.parley.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
    private static final long MILLI = 1_000_000L;
    private final KeyFrameRequests requests = new KeyFrameRequests(new Asks());

    @Test
    void theFirstGoesAtOnceAndIsRepeatedOnlyWhenItWasNotAnswered() {
        assertThat(requests.takeDue(-700 * MILLI)).isFalse();
        requests.request();
        requests.request();
        assertThat(requests.takeDue(-700 * MILLI)).isTrue();
        requests.request();
        assertThat(requests.takeDue(-201 * MILLI)).isFalse();
        assertThat(requests.takeDue(-200 * MILLI)).isTrue();
        assertThat(requests.takeDue(900 * MILLI)).isFalse();
    }

    @Test
    void aKeyFrameAnswersThoseThatWait() {
        requests.request();
        requests.takeDue(0);
        requests.request();
        requests.onKeyFrame();
        assertThat(requests.takeDue(900 * MILLI)).isFalse();
    }

    @Test
    void whoComesAfterAKeyFrameDoesNotWait() {
        requests.request();
        requests.takeDue(0);
        requests.onKeyFrame();
        requests.request();
        assertThat(requests.takeDue(99 * MILLI)).isFalse();
        assertThat(requests.takeDue(100 * MILLI)).isTrue();
    }

    @Test
    void whereManyComeTheSenderIsAskedTwiceASecond() {
        List<Long> askedAtMillis = new ArrayList<>();
        for (long now = 0; now < 10_000; now += 10) {
            requests.request();
            if (requests.takeDue(now * MILLI)) {
                askedAtMillis.add(now);
                requests.onKeyFrame();
            }
        }
        assertThat(askedAtMillis.subList(0, 6)).containsExactly(0L, 100L, 200L, 300L, 500L, 1_000L);
        assertThat(askedAtMillis).hasSize(23);
    }

    @Test
    void afterAQuietTimeThereAreAsManyInARowAgain() {
        for (int i = 0; i < KeyFrameRequests.BURST; i++) {
            requests.request();
            assertThat(requests.takeDue(100 * i * MILLI)).isTrue();
            requests.onKeyFrame();
        }
        for (int i = 0; i < KeyFrameRequests.BURST; i++) {
            requests.request();
            assertThat(requests.takeDue((10_000 + 100 * i) * MILLI)).isTrue();
            requests.onKeyFrame();
        }
        requests.request();
        assertThat(requests.takeDue(10_400 * MILLI)).isFalse();
    }
}
