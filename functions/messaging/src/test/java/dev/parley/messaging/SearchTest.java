package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.kernel.OutboxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchTest {
    private final World world = new World();
    private final Caller ana = world.person("ana");
    private final Caller ben = world.person("ben");
    private final Caller eve = world.person("eve");
    private final String direct = world.direct(ana, ben);

    private void learn(long seq, String type) {
        world.messaging.told(new OutboxEvent(
                "e", type, direct, world.clock.instant(), Map.of("seq", Long.toString(seq), "by", "u_ana")));
    }

    private List<String> found(Caller caller, String question) {
        return world.messaging.search().find(caller, question, Optional.empty(), 10).list().stream()
                .map(MessageView::text)
                .toList();
    }

    @Test
    void thoseInTheConversationFindWhatItsMessagesSayNow() {
        world.say(ana, direct, "k1", "Das Café öffnet um 9");
        world.say(ana, direct, "k2", "视频会议改到明天");
        learn(1, "message.sent");
        learn(2, "message.sent");
        assertThat(found(ben, "cafe OFFNET")).containsExactly("Das Café öffnet um 9");
        assertThat(found(ben, "会议")).containsExactly("视频会议改到明天");
        assertThat(found(ben, "d")).hasSize(1);
        assertThat(found(eve, "cafe")).isEmpty();
        world.messaging.messages().edit(ana, direct, 1, new MessageEdit("Das Lokal öffnet um 9", null));
        assertThat(found(ben, "cafe")).as("before the index knows").isEmpty();
        learn(1, "message.edited");
        assertThat(found(ben, "lokal")).hasSize(1);
        world.messaging.messages().recall(ana, direct, 2);
        assertThat(found(ben, "会议")).as("before the index knows").isEmpty();
        learn(2, "message.recalled");
        learn(2, "message.sent");
        assertThat(found(ben, "会议")).isEmpty();
    }

    @Test
    void theNewestComeFirstAndOneConversationCanBeAsked() {
        String group = world.group(ana, "Lunch", ben);
        for (int i = 1; i <= 5; i++) {
            world.clock.advance(Duration.ofMinutes(1));
            world.say(ana, direct, "k" + i, "lunch number " + i);
            learn(i, "message.sent");
        }
        assertThat(world.messaging.search().find(ben, "lunch", Optional.empty(), 3))
                .satisfies(reply -> assertThat(reply.more()).isTrue())
                .satisfies(reply ->
                        assertThat(reply.list()).extracting(MessageView::seq).containsExactly(5L, 4L, 3L));
        assertThat(world.messaging
                        .search()
                        .find(ben, "lunch", Optional.of(group), 3)
                        .list())
                .isEmpty();
    }
}
