package dev.parley.messaging.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.messaging.Caller;
import dev.parley.messaging.World;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many write at once, and send again what they had no answer to: nothing is lost, nothing is there twice, no number is missing. */
@Tag("component")
class ConcurrentSendersTest {
    private static Stores stores;
    private static Dynamo dynamo;

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final World world = new World(new DynamoConversations(dynamo, clock), RateLimiter.unlimited(), clock);

    @BeforeAll
    static void open() {
        stores = Stores.temporary();
        dynamo = Dynamo.of(Settings.of(stores.values()));
    }

    @AfterAll
    static void close() {
        dynamo.close();
        stores.close();
    }

    @Test
    void whatIsSentTwiceByManyAtOnceIsThereOnceInOneOrder() throws Exception {
        Caller ana = world.person("ana");
        Caller ben = world.person("ben");
        Caller cleo = world.person("cleo");
        String group = world.group(ana, "Many", ben, cleo);
        Random random = new Random(7);
        List<Callable<MessageView>> sends = new ArrayList<>();
        for (Caller caller : List.of(ana, ben, cleo)) {
            for (int i = 0; i < 25; i++) {
                String name = "m" + i;
                int copies = 1 + random.nextInt(3);
                for (int copy = 0; copy < copies; copy++) {
                    sends.add(() -> world.say(caller, group, name, caller.userId() + " says " + name));
                }
            }
        }
        Collections.shuffle(sends, random);
        Map<String, Long> seqOf = new HashMap<>();
        try (ExecutorService devices = Executors.newFixedThreadPool(8)) {
            for (Future<MessageView> sent : devices.invokeAll(sends)) {
                MessageView message = sent.get();
                Long before = seqOf.put(message.text(), message.seq());
                assertThat(before).as(message.text()).isIn(null, message.seq());
            }
        }
        assertThat(seqOf).hasSize(75);
        assertThat(seqOf.values())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 75).boxed().toList());
        var history = world.messaging.messages().history(ana, group, OptionalLong.of(0), OptionalLong.empty(), 100);
        assertThat(history.list())
                .extracting(MessageView::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 75).boxed().toList());
        assertThat(history.lastSeq()).isEqualTo(75);
        assertThat(world.messaging.messages().changes(ana, group, 0, 100).list())
                .extracting(MessagingFrame.Change::change)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 76).boxed().toList());
    }

    @Test
    void whoReactsEditsAndRecallsAtOnceLeavesOneLastState() throws Exception {
        Caller ana = world.person("anna");
        Caller ben = world.person("bert");
        String id = world.direct(ana, ben);
        world.say(ana, id, "first", "the one they all change");
        List<Callable<MessageView>> acts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String text = "edit " + i;
            String emoji = List.of("👍", "🎉", "❤️").get(i % 3);
            boolean on = i % 2 == 0;
            acts.add(() -> world.messaging.messages().edit(ana, id, 1, new MessageEdit(text, null)));
            acts.add(() -> world.messaging.messages().react(ben, id, 1, emoji, on));
        }
        try (ExecutorService devices = Executors.newFixedThreadPool(6)) {
            for (Future<MessageView> one : devices.invokeAll(acts)) {
                one.get();
            }
        }
        var changes = world.messaging.messages().changes(ana, id, 0, 100).list();
        assertThat(changes)
                .extracting(MessagingFrame.Change::change)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, changes.size()).boxed().toList());
        MessageView now = world.messaging.messages().read(ben, id, 1);
        assertThat(now.change()).isEqualTo(changes.getLast().change());
        assertThat(changes.getLast().message()).isEqualTo(now);
    }

    @Test
    void aNameStandsForOneContent() {
        Caller ana = world.person("ana");
        String id = world.direct(ana, world.person("ben"));
        MessageView first = world.say(ana, id, "n", "one thing");
        assertThat(world.say(ana, id, "n", "one thing")).isEqualTo(first);
        assertThat(catchThrowable(() ->
                        world.messaging.messages().send(ana, id, new MessageDraft("n", "another", null, null, null))))
                .extracting(thrown -> ((ApiException) thrown).code())
                .isEqualTo("message.id_reused");
        assertThat(world.messaging.messages().read(ana, id, 1)).isEqualTo(first);
    }
}
