package dev.parley.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
    private static final long MILLI = 1_000_000L;
    private final KeyFrameRequests requests = new KeyFrameRequests(new Asks());

    @Test
    void theFirstGoesAtOnceAndTheOthersWait() {
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
}
