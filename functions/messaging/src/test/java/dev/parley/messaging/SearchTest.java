package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.messaging.MembersRequest;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.SearchReply;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.OutboxEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchTest {
    private final World world = new World();
    private final Caller ana = world.person("ana");
    private final Caller ben = world.person("ben");
    private final Caller eve = world.person("eve");
    private final String direct = world.direct(ana, ben);

    private void learn(long seq, String type) {
        learn(direct, seq, type);
    }

    private void learn(String conversation, long seq, String type) {
        world.messaging.told(new OutboxEvent(
                "e", type, conversation, world.clock.instant(), Map.of("seq", Long.toString(seq), "by", "u_ana")));
    }

    private List<String> found(Caller caller, String question) {
        return world.messaging.search().find(caller, question, Optional.empty(), Optional.empty(), 10).list().stream()
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
        assertThat(world.messaging.search().find(ben, "lunch", Optional.empty(), Optional.empty(), 3))
                .satisfies(reply -> assertThat(reply.more()).isTrue())
                .satisfies(reply ->
                        assertThat(reply.list()).extracting(MessageView::seq).containsExactly(5L, 4L, 3L));
        assertThat(world.messaging
                        .search()
                        .find(ben, "lunch", Optional.of(group), Optional.empty(), 3)
                        .list())
                .isEmpty();
    }

    @Test
    void everyPageGoesOnWhereTheOneBeforeLeftOff() {
        String group = world.group(ana, "Lunch", ben);
        for (int i = 1; i <= 23; i++) {
            if (i % 3 == 0) {
                world.clock.advance(Duration.ofSeconds(1));
            }
            String where = i % 2 == 0 ? direct : group;
            learn(where, world.say(ana, where, "k" + i, "lunch " + i).seq(), "message.sent");
        }
        List<String> texts = new ArrayList<>();
        Optional<Bookmark> after = Optional.empty();
        SearchReply reply;
        do {
            reply = world.messaging.search().find(ben, "lunch", Optional.empty(), after, 4);
            reply.list().forEach(message -> texts.add(message.text()));
            after = Bookmark.of(Optional.ofNullable(reply.cursor()));
            assertThat(after.isPresent()).isEqualTo(reply.more());
        } while (reply.more());
        assertThat(texts).hasSize(23).doesNotHaveDuplicates();
    }

    @Test
    void whoWasRemovedFromAMeetingFindsNothingOfItAtOnce() {
        world.meeting("{}");
        Caller host = world.sit("host", "host", false);
        Caller kim = world.sit("kim", "participant", false);
        String room = ConversationIds.meeting(World.MEETING);
        learn(room, world.say(host, room, "k1", "the plan").seq(), "message.sent");
        assertThat(found(kim, "plan")).containsExactly("the plan");
        world.meeting("{}", kim.userId());
        assertThat(found(kim, "plan")).isEmpty();
        assertThat(found(host, "plan")).hasSize(1);
    }

    /** People come into groups and leave them, say things, edit and recall them, in an order drawn by chance. */
    @Test
    void whatSomebodyFindsIsWhatTheyMayReadAndNothingElse() {
        Random random = new Random(20_261_122);
        String[] words = {"plan", "Café", "lunch", "会议", "视频会议", "预算 budget", "10:30"};
        List<Caller> people = List.of(ana, ben, eve, world.person("kim"), world.person("lin"));
        Map<String, Set<Caller>> inside = new HashMap<>();
        Map<String, Caller> owners = new HashMap<>();
        Map<String, Map<Long, String>> said = new HashMap<>();
        Map<String, Caller> authors = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Caller owner = people.get(i);
            String group = world.group(owner, "Group " + i);
            owners.put(group, owner);
            inside.put(group, new HashSet<>(Set.of(owner)));
            said.put(group, new HashMap<>());
        }
        List<String> groups = List.copyOf(inside.keySet());
        for (int step = 0; step < 400; step++) {
            world.clock.advance(Duration.ofSeconds(5));
            String group = groups.get(random.nextInt(groups.size()));
            Caller somebody = people.get(random.nextInt(people.size()));
            boolean in = inside.get(group).contains(somebody);
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (!in) {
                        world.messaging
                                .desk()
                                .add(owners.get(group), group, new MembersRequest(List.of(somebody.userId()), null));
                        inside.get(group).add(somebody);
                    }
                }
                case 1 -> {
                    if (in && !somebody.equals(owners.get(group))) {
                        world.messaging.desk().remove(somebody, group, somebody.userId());
                        inside.get(group).remove(somebody);
                    }
                }
                case 2 -> {
                    Optional<Long> seq = said.get(group).keySet().stream().findFirst();
                    if (seq.isPresent() && inside.get(group).contains(authors.get(group + seq.get()))) {
                        world.messaging.messages().recall(authors.get(group + seq.get()), group, seq.get());
                        said.get(group).remove(seq.get());
                        // The index hears of it sometime, or has not yet.
                        if (random.nextBoolean()) {
                            learn(group, seq.get(), "message.recalled");
                        }
                    }
                }
                default -> {
                    if (in) {
                        String text = words[random.nextInt(words.length)] + " " + words[random.nextInt(words.length)];
                        long seq = world.say(somebody, group, "k" + step, text).seq();
                        said.get(group).put(seq, text);
                        authors.put(group + seq, somebody);
                        learn(group, seq, "message.sent");
                    }
                }
            }
            Caller asking = people.get(random.nextInt(people.size()));
            String question = words[random.nextInt(words.length)];
            Set<String> expected = new LinkedHashSet<>();
            said.forEach((where, messages) -> messages.forEach((seq, text) -> {
                if (inside.get(where).contains(asking)
                        && Arrays.asList(text.split(" ")).containsAll(List.of(question.split(" ")))) {
                    expected.add(where + "#" + seq);
                }
            }));
            Set<String> answered = new LinkedHashSet<>();
            world.messaging
                    .search()
                    .find(asking, question, Optional.empty(), Optional.empty(), 1_000)
                    .list()
                    .forEach(message -> answered.add(message.conversationId() + "#" + message.seq()));
            // What is written without spaces is found by a part of it too: 会议 in 视频会议.
            Set<String> readable = new HashSet<>();
            said.forEach((where, messages) -> messages.keySet().forEach(seq -> {
                if (inside.get(where).contains(asking)) {
                    readable.add(where + "#" + seq);
                }
            }));
            assertThat(answered).as(question).containsAll(expected);
            assertThat(readable).containsAll(answered);
        }
    }
}
