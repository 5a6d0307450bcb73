package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.kernel.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Devices whose frames are lost, doubled and overtaken come to the same messages, by the numbers alone. */
class DevicesConvergeTest {
    private final World world = new World();
    private final Caller ana = world.person("ana");
    private final Caller ben = world.person("ben");
    private final Map<String, Device> devices = new HashMap<>();

    private Device device(Caller person, String socket) {
        if (!world.sockets.get(person.userId()).contains(socket)) {
            world.sockets.get(person.userId()).add(socket);
        }
        Device device = new Device(world, person);
        devices.put(socket, device);
        return device;
    }

    private List<MessageView> truth(String id) {
        return world.messaging
                .messages()
                .history(ana, id, OptionalLong.of(0), OptionalLong.empty(), 10_000)
                .list();
    }

    private void act(Random random, Caller caller, String socket, String id, int step) {
        Caller on = World.on(caller, socket);
        long last = world.messaging.desk().read(caller, id).lastSeq();
        long seq = last == 0 ? 1 : 1 + random.nextLong(last);
        Messages messages = world.messaging.messages();
        try {
            switch (last == 0 ? 0 : random.nextInt(8)) {
                case 0, 1, 2 -> world.say(on, id, "k" + step, "message " + step);
                case 3 -> world.say(on, id, "k" + random.nextInt(step + 1), "message again");
                case 4 -> messages.edit(on, id, seq, new MessageEdit("edited " + step, null));
                case 5 -> messages.recall(on, id, seq);
                case 6 -> messages.react(on, id, seq, random.nextBoolean() ? "👍" : "🎉", random.nextBoolean());
                default -> world.messaging.receipts().mark(on, id, OptionalLong.empty(), OptionalLong.of(seq));
            }
        } catch (ApiException e) {
            assertThat(e.code())
                    .isIn("message.author", "message.recalled", "message.id_reused", "conversation.not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverBecomesOfFrames(long seed) {
        Random random = new Random(seed);
        List<String> ids = List.of(world.direct(ana, ben), world.group(ana, "One", ben), world.group(ben, "Two", ana));
        Map<String, Caller> sockets = Map.of("c_ana", ana, "c_ana_phone", ana, "c_ben", ben, "c_ben_phone", ben);
        sockets.forEach((socket, person) -> device(person, socket));
        Map<String, List<JsonNode>> late = new HashMap<>();
        for (int step = 0; step < 400; step++) {
            String socket =
                    List.of("c_ana", "c_ana_phone", "c_ben", "c_ben_phone").get(random.nextInt(4));
            act(random, sockets.get(socket), socket, ids.get(random.nextInt(3)), step);
            for (String each : sockets.keySet()) {
                List<JsonNode> frames = late.computeIfAbsent(each, key -> new ArrayList<>());
                for (JsonNode frame : world.read(each)) {
                    if (random.nextInt(4) != 0) {
                        frames.add(frame);
                    }
                    if (random.nextInt(8) == 0) {
                        frames.add(frame);
                    }
                }
                if (random.nextInt(5) == 0) {
                    Collections.shuffle(frames, random);
                    frames.forEach(devices.get(each)::take);
                    frames.clear();
                }
                if (random.nextInt(60) == 0) {
                    devices.get(each).sync(random.nextBoolean());
                } else if (random.nextInt(20) == 0) {
                    devices.get(each).heal();
                }
            }
        }
        late.forEach((socket, frames) -> frames.forEach(devices.get(socket)::take));
        devices.forEach((socket, device) -> {
            device.sync(random.nextBoolean());
            for (String id : ids) {
                assertThat(device.isComplete(id)).isTrue();
                assertThat(device.messages(id)).as("%s in %s", socket, id).isEqualTo(truth(id));
                assertThat(device.read(id))
                        .isEqualTo(world.messaging
                                .desk()
                                .read(sockets.get(socket), id)
                                .readSeq());
            }
        });
        for (String id : ids) {
            List<Long> numbers = truth(id).stream().map(MessageView::seq).toList();
            assertThat(numbers)
                    .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        }
    }

    @Test
    void whoWasAwayTooLongReadsAnew() {
        String id = world.direct(ana, ben);
        Device phone = device(ben, "c_ben_phone");
        world.say(ana, id, "k1", "one");
        phone.sync(false);
        world.say(ana, id, "k2", "two");
        world.messaging.messages().edit(ana, id, 1, new MessageEdit("one, edited", null));
        ((InMemoryConversations) world.conversations).forgetChanges(id, 3);
        phone.sync(true);
        assertThat(phone.messages(id)).isEqualTo(truth(id));
        world.clock.advance(Sync.CURSOR_KEPT.plus(Duration.ofSeconds(1)));
        world.say(ana, id, "k3", "three");
        phone.sync(false);
        assertThat(phone.messages(id)).isEqualTo(truth(id));
    }

    @Test
    void whoIsInTheConversationNoMoreIsTold() {
        String id = world.group(ana, "One", ben);
        Device phone = device(ben, "c_ben_phone");
        world.say(ana, id, "k1", "one");
        phone.sync(false);
        assertThat(phone.messages(id)).hasSize(1);
        world.messaging.desk().remove(ana, id, "u_ben");
        world.say(ana, id, "k2", "without him");
        phone.sync(true);
        assertThat(phone.messages(id)).isEmpty();
    }

    @Test
    void whereNothingHappenedTheCursorStays() {
        world.say(ana, world.direct(ana, ben), "k1", "one");
        var first = world.messaging.sync().since(ben, Optional.empty());
        var second = world.messaging.sync().since(ben, Optional.of(first.since()));
        assertThat(second.since()).isEqualTo(first.since());
        assertThat(second.conversations()).isEmpty();
        var strangers = world.messaging.sync().since(ana, Optional.of(first.since()));
        assertThat(strangers.resync()).as("another person's cursor is none").isTrue();
    }

    @Test
    void aSocketIsToldWhatItMissedAndThenUpToWhere() {
        String id = world.direct(ana, ben);
        for (int i = 1; i <= 5; i++) {
            world.say(ana, id, "k" + i, "m" + i);
        }
        world.read("c_ben");
        world.say(ben, "c_ben", "{'type':'resume','id':'9','streams':{'" + id + "':3,'c_none':1}}");
        List<JsonNode> told = world.read("c_ben");
        assertThat(told).extracting(frame -> frame.path("change").asLong(0)).containsExactly(4L, 5L, 6L, 0L);
        JsonNode resumed = told.getLast();
        assertThat(resumed.path("type").asString()).isEqualTo("resume");
        assertThat(resumed.path("streams").path(id).asLong()).isEqualTo(6);
        assertThat(resumed.path("resync").get(0).asString()).isEqualTo("c_none");
        ((InMemoryConversations) world.conversations).forgetChanges(id, 2);
        world.say(ben, "c_ben", "{'type':'resume','id':'9','streams':{'" + id + "':1}}");
        assertThat(world.read("c_ben").getLast().path("resync").get(0).asString())
                .isEqualTo(id);
    }
}
