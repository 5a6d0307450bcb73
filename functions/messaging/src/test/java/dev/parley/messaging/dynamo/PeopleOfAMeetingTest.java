package dev.parley.messaging.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.messaging.Member;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Those who hear a meeting's chat are noted together, each once: who was noted before keeps how far they had read. */
@Tag("component")
class PeopleOfAMeetingTest {
    private static final String CHAT = "m_abc-defg-hij";
    private static final int PEOPLE = 250;

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Stores stores = Stores.temporary();
    private final Dynamo dynamo = Dynamo.of(Settings.of(stores.values()));
    private final DynamoConversations conversations = new DynamoConversations(dynamo, clock);

    @AfterEach
    void close() {
        dynamo.close();
        stores.close();
    }

    private List<Member> people(int from, int to, long readSeq) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Member(CHAT, "u_" + i, false, clock.instant(), readSeq, readSeq, false))
                .toList();
    }

    private long readSeq(int person) {
        return conversations.member(CHAT, "u_" + person).orElseThrow().readSeq();
    }

    @Test
    void manyAreNotedAndWhoWasThereBeforeStaysAsTheyWere() {
        conversations.admit(people(0, 1, 3));
        conversations.admit(people(100, 130, 4));
        conversations.admit(people(0, PEOPLE, 9));
        assertThat(readSeq(0)).isEqualTo(3);
        assertThat(IntStream.range(100, 130).mapToLong(this::readSeq)).containsOnly(4L);
        assertThat(IntStream.range(130, PEOPLE).mapToLong(this::readSeq)).containsOnly(9L);
    }

    @Test
    void whoIsNotedByTwoAtOnceIsNotedOnce() throws Exception {
        List<Callable<Void>> storm = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long seq = i + 1;
            storm.add(() -> {
                conversations.admit(people(0, 60, seq));
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> one : threads.invokeAll(storm)) {
                one.get();
            }
        }
        assertThat(IntStream.range(0, 60).mapToLong(this::readSeq)).allMatch(seq -> seq >= 1 && seq <= 4);
    }
}
