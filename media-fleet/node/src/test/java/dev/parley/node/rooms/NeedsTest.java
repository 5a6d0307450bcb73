package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeedsTest {
    private final Needs needs = new Needs();

    @Test
    void everybodyIsToldOfTheFirstWhoNeedsItAndOfTheLastWhoDoesNot() {
        assertThat(needs.text()).isEmpty();
        assertThat(needs.begin("recording")).contains("{\"t\":\"gather\",\"on\":true,\"why\":\"recording\"}");
        assertThat(needs.begin("ai")).isEmpty();
        assertThat(needs.begin("recording")).isEmpty();
        assertThat(needs.end("recording")).isEmpty();
        assertThat(needs.text()).contains("{\"t\":\"gather\",\"on\":true,\"why\":\"ai\"}");
        assertThat(needs.end("ai")).contains("{\"t\":\"gather\",\"on\":false}");
        assertThat(needs.end("ai")).isEmpty();
        assertThat(needs.text()).isEmpty();
    }
}
