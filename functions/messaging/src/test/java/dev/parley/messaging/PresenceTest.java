package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.OutboxEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PresenceTest {
    private final World world = World.limited();
    private final Caller ana = world.person("ana");
    private final Caller ben = world.person("ben");
    private final Caller eve = world.person("eve");

    private List<String> states(String socket) {
        List<String> states = new ArrayList<>();
        for (JsonNode frame : world.read(socket)) {
            if (frame.path("type").asString().equals("presence")) {
                frame.path("people")
                        .forEach(one -> states.add(one.path("user_id").asString() + " "
                                + one.path("state").asString()));
            }
        }
        return states;
    }

    private void is(Caller caller, String device, String state) {
        world.say(
                caller,
                "c_" + caller.userId().substring(2),
                "{'type':'presence','id':'1','device':'" + device + "','state':'" + state + "'}");
    }

    @Test
    void aPersonIsAsTheDeviceThatIsThereMostAndThoseHearItWhoShareAConversation() {
        world.direct(ana, ben);
        states("c_ben");
        is(ana, "phone", "away");
        assertThat(states("c_ben")).containsExactly("u_ana away");
        assertThat(states("c_eve")).isEmpty();
        world.clock.advance(Presence.COALESCED.multipliedBy(3));
        is(ana, "laptop", "online");
        assertThat(states("c_ben")).containsExactly("u_ana online");
        world.clock.advance(Presence.COALESCED.multipliedBy(3));
        is(ana, "phone", "away");
        assertThat(states("c_ben")).as("still online").isEmpty();
        is(ana, "laptop", "offline");
        assertThat(states("c_ben")).containsExactly("u_ana away");
    }

    @Test
    void aLeaseThatNobodyRenewsEnds() {
        world.direct(ana, ben);
        is(ana, "laptop", "online");
        states("c_ben");
        world.say(ben, "c_ben", "{'type':'presence','id':'1','state':'online','watch':true}");
        assertThat(states("c_ben")).contains("u_ana online");
        world.clock.advance(Presence.LEASE.plusSeconds(1));
        world.say(ben, "c_ben", "{'type':'presence','id':'1','state':'online','watch':true}");
        assertThat(states("c_ben")).isEmpty();
    }

    @Test
    void aDeviceOfWhichNothingIsHeardIsAwayAndWhenItComesBackTheOthersHearIt() {
        world.direct(ana, ben);
        world.say(ana, "c_ana", "{'type':'presence','state':'online','every':45}");
        assertThat(states("c_ben")).containsExactly("u_ana online");
        world.clock.advance(Duration.ofSeconds(89));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(seenBy(ben)).containsExactly("u_ana away");
        world.say(ana, "c_ana", "{'type':'presence','state':'online','every':45}");
        assertThat(states("c_ben")).containsExactly("u_ana online");
        world.clock.advance(Presence.LEASE.plusSeconds(1));
        assertThat(seenBy(ben)).isEmpty();
    }

    @Test
    void whoSpeaksSeldomIsAskedWhileSomebodyLooksAndIsAwayWithoutAnAnswer() {
        world.direct(ana, ben);
        world.say(ana, "c_ana", "{'type':'presence','state':'online','every':300}");
        world.clock.advance(Duration.ofSeconds(59));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        assertThat(asked("c_ana")).as("heard of a moment ago").isEmpty();
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        assertThat(asked("c_ana")).containsExactly(60);
        world.say(ana, "c_ana", "{'type':'presence','state':'online','every':60}");
        world.clock.advance(Duration.ofSeconds(119));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        world.say(ana, "c_ana", "{'type':'presence','state':'online','every':300}");
        world.clock.advance(Duration.ofMinutes(4));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        assertThat(asked("c_ana")).containsExactly(60);
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        assertThat(asked("c_ana")).as("asked a moment ago").isEmpty();
        world.clock.advance(Duration.ofSeconds(16));
        assertThat(seenBy(ben)).containsExactly("u_ana away");
    }

    @Test
    void whoDoesNotSayHowSoonTheySpeakAgainIsBelievedToTheEnd() {
        world.direct(ana, ben);
        is(ana, "laptop", "online");
        world.clock.advance(Presence.LEASE.minusSeconds(1));
        assertThat(seenBy(ben)).containsExactly("u_ana online");
        assertThat(asked("c_ana")).isEmpty();
    }

    /** In how many seconds somebody is asked to speak again, each time they are asked. */
    private List<Integer> asked(String socket) {
        return world.read(socket).stream()
                .filter(frame -> frame.has("every"))
                .map(frame -> frame.path("every").asInt())
                .toList();
    }

    @Test
    void whoSaysAgainWhatTheySaidIsToldToNobody() {
        world.direct(ana, ben);
        for (int i = 0; i < 40; i++) {
            world.say(ana, "c_ana", "{'type':'presence','state':'online','every':45}");
            world.clock.advance(Duration.ofSeconds(45));
        }
        assertThat(states("c_ben")).containsExactly("u_ana online");
        assertThat(seenBy(ben)).containsExactly("u_ana online");
    }

    @Test
    void whoseSocketWasClosedIsAwayAMinuteAndThenGone() {
        world.direct(ana, ben);
        is(ana, "laptop", "online");
        states("c_ben");
        closed(ana, "c_ana");
        assertThat(states("c_ben")).containsExactly("u_ana away");
        world.clock.advance(Presence.GRACE.minusSeconds(1));
        assertThat(seenBy(ben)).containsExactly("u_ana away");
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(seenBy(ben)).isEmpty();
    }

    @Test
    void aSocketThatIsClosedLateTakesNobodyAwayWhoHasAnother() {
        world.direct(ana, ben);
        world.say(ana, "c_ana", "{'type':'presence','device':'laptop','state':'online'}");
        world.say(ana, "c_ana_again", "{'type':'presence','device':'laptop','state':'online'}");
        states("c_ben");
        closed(ana, "c_ana");
        closed(ana, "c_of_no_presence");
        assertThat(states("c_ben")).isEmpty();
        assertThat(seenBy(ben)).containsExactly("u_ana online");
    }

    @Test
    void whoGoesWithAWordIsGoneAtOnce() {
        world.direct(ana, ben);
        is(ana, "laptop", "online");
        states("c_ben");
        is(ana, "laptop", "offline");
        closed(ana, "c_ana");
        assertThat(states("c_ben")).containsExactly("u_ana offline");
        assertThat(seenBy(ben)).isEmpty();
    }

    @Test
    void howSoonADeviceSpeaksAgainHasItsBounds() {
        for (int every : List.of(-1, 0, 29, 301)) {
            world.say(ana, "c_ana", "{'type':'presence','id':'1','state':'online','every':" + every + "}");
            JsonNode refusal = world.read("c_ana").getFirst();
            assertThat(refusal.path("code").asString()).isEqualTo("signal.field");
            assertThat(refusal.path("details").asString()).isEqualTo("every");
        }
    }

    private void closed(Caller caller, String connectionId) {
        world.messaging.told(OutboxEvent.once(
                "socket.closed",
                caller.userId(),
                connectionId,
                world.clock.instant(),
                Map.of("user_id", caller.userId(), "connection_id", connectionId)));
    }

    /** How the others are, as somebody sees who looks. */
    private List<String> seenBy(Caller caller) {
        String socket = "c_" + caller.userId().substring(2);
        world.read(socket);
        world.say(caller, socket, "{'type':'presence','id':'look','state':'online','watch':true}");
        List<String> seen = new ArrayList<>();
        for (JsonNode frame : world.read(socket)) {
            if (frame.path("id").asString().equals("look")) {
                frame.path("people")
                        .forEach(one -> seen.add(one.path("user_id").asString() + " "
                                + one.path("state").asString()));
            }
        }
        return seen;
    }

    @Test
    void oftenIsToldSeldomAndAtLast() {
        world.direct(ana, ben);
        states("c_ben");
        for (int i = 0; i < 20; i++) {
            is(ana, "laptop", i % 2 == 0 ? "away" : "online");
        }
        assertThat(states("c_ben")).hasSizeLessThanOrEqualTo(2);
        world.clock.advance(Presence.COALESCED.multipliedBy(3));
        is(ana, "laptop", "busy");
        assertThat(states("c_ben")).containsExactly("u_ana busy");
    }

    @Test
    void whoTypesIsSeenByTheOthersForALittleWhile() {
        String id = world.direct(ana, ben);
        world.read("c_ana");
        world.read("c_ben");
        for (int i = 0; i < 10; i++) {
            world.say(ana, "c_ana", "{'type':'typing','conversation_id':'" + id + "','on':true}");
        }
        List<JsonNode> told = world.read("c_ben");
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().path("name").asString()).isEqualTo("Name of ana");
        assertThat(world.read("c_ana")).isEmpty();
        world.say(eve, "c_eve", "{'type':'typing','conversation_id':'" + id + "','on':true}");
        assertThat(world.read("c_eve").getFirst().path("code").asString()).isEqualTo("conversation.not_found");
        world.clock.advance(Duration.ofSeconds(10));
        world.say(ana, "c_ana", "{'type':'typing','conversation_id':'" + id + "','on':false}");
        assertThat(world.read("c_ben").getFirst().path("on").asBoolean()).isFalse();
    }

    @Test
    void inALargeGroupNobodySeesWhoTypesReadsOrComes() {
        List<Caller> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(world.person("p" + i));
        }
        String id = world.group(ana, "Many", many.toArray(Caller[]::new));
        world.say(ana, id, "k", "hello all");
        many.forEach(one -> world.read("c_" + one.userId().substring(2)));
        world.say(ana, "c_ana", "{'type':'typing','conversation_id':'" + id + "','on':true}");
        is(ana, "laptop", "online");
        world.say(many.getFirst(), "c_p0", "{'type':'receipt','conversation_id':'" + id + "','read':1}");
        assertThat(world.read("c_p1")).isEmpty();
        assertThat(world.read("c_ana"))
                .noneMatch(frame -> frame.path("type").asString().equals("receipt"));
    }
}
