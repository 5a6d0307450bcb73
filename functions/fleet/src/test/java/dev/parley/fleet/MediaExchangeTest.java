package dev.parley.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.TokenException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaExchangeTest {
    private static final String ROOM = "abc-defg-hij";
    private static final MediaOffer OFFER = new MediaOffer("good", "v=0", List.of());

    private final FakeDoors doors = new FakeDoors();
    private final FakeRooms rooms = new FakeRooms();
    private final MediaExchange exchange = new MediaExchange(this::verify, doors, rooms);
    private final Principal ana = user("u_ana");

    /** A meeting with one person in it. */
    private static final class FakeDoors implements Doors {
        private Optional<Door> door = Optional.of(new Door(true, List.of("u_old")));
        private final Map<String, String> places = new HashMap<>();
        private final Set<String> seated = new HashSet<>(List.of(ParticipantIds.of(ROOM, "u_ana")));

        @Override
        public Optional<Door> find(String meetingId) {
            return door.filter(known -> ROOM.equals(meetingId));
        }

        @Override
        public boolean isSeated(String meetingId, String participantId) {
            return seated.contains(participantId);
        }

        @Override
        public boolean isKnown(String meetingId, String participantId) {
            return participantId.equals(ParticipantIds.of(ROOM, "u_ana"));
        }

        @Override
        public Optional<Breakouts> breakouts(String meetingId, String userId) {
            return Optional.ofNullable(places.get(userId))
                    .map(place ->
                            new Breakouts(3, List.of(new Breakout(place, "One")), false, null, Map.of(userId, place)));
        }
    }

    @Test
    void anOfferBringsThePlaceOfItsParticipantInTheBreakoutRooms() {
        exchange.open(ana, ROOM, OFFER);
        assertThat(rooms.offers.getLast().breakouts()).isNull();
        doors.places.put("u_ana", "b_1");
        exchange.open(ana, ROOM, OFFER);
        assertThat(rooms.offers.getLast().breakouts().places()).containsExactly(Map.entry("u_ana", "b_1"));
        assertThat(rooms.offers.getLast().breakouts().revision()).isEqualTo(3);
    }

    /** Nodes {@code n1}, {@code n2} …, each asked in turn, the full ones refusing. */
    private final class FakeRooms implements RoomNodes {
        private final List<String> calls = new ArrayList<>();
        private final Set<String> full = new HashSet<>();
        private final Set<String> guarded = new HashSet<>();
        private final List<NodeOffer> offers = new ArrayList<>();
        private boolean placed = true;
        private boolean knowsSessions = true;
        private boolean fresh = true;
        private Runnable whileOpening = () -> {};

        @Override
        public Optional<RoomNode> find(String roomId) {
            return placed ? Optional.of(node("n1", 4)) : Optional.empty();
        }

        @Override
        public RoomNode place(String roomId, Set<String> unwilling) {
            return node("n" + (unwilling.size() + 1), 4 + unwilling.size());
        }

        private RoomNode node(String id, long epoch) {
            return new RoomNode() {
                @Override
                public String nodeId() {
                    return id;
                }

                @Override
                public long placementEpoch() {
                    return epoch;
                }

                @Override
                public boolean fresh() {
                    return fresh;
                }

                @Override
                public MediaAnswer open(NodeOffer offer) {
                    calls.add("open " + id);
                    offers.add(offer);
                    record Refused(int status, String code, String message) implements ErrorCode {}
                    if (full.contains(id)) {
                        throw new Refused(503, "fleet.full", "full").exception();
                    }
                    if (guarded.contains(id)) {
                        throw new Refused(503, "node.no_new_rooms", "no new rooms").exception();
                    }
                    whileOpening.run();
                    return new MediaAnswer("v=0 answer", "m_1", id, epoch);
                }

                @Override
                public MediaAnswer restart(String sessionId, NodeRestart restart) {
                    calls.add("restart " + sessionId + " of " + restart.participant());
                    checkKnown();
                    return new MediaAnswer("v=0 again", sessionId, id, epoch);
                }

                @Override
                public void close(String sessionId, String participantId) {
                    calls.add("close " + sessionId + " of " + participantId);
                    checkKnown();
                }

                private void checkKnown() {
                    if (!knowsSessions) {
                        record Unknown(int status, String code, String message) implements ErrorCode {}
                        throw new Unknown(404, "media.session", "no such session").exception();
                    }
                }
            };
        }
    }

    private static Principal user(String id) {
        return new Principal(id, "s_1", Role.USER, id, 0, Optional.empty(), Optional.empty());
    }

    private MediaClaims verify(String token, Audience audience) {
        if (!"good".equals(token) || !audience.equals(Audience.room(ROOM))) {
            throw new TokenException(TokenException.Reason.SIGNATURE);
        }
        return new MediaClaims(
                ParticipantIds.of(ROOM, "u_ana"), "u_ana", "Ana", "participant", 1, 0, Optional.empty(), List.of());
    }

    private static Consumer<Throwable> refused(int status, String code) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(ApiException.class);
            assertThat(((ApiException) thrown).status()).isEqualTo(status);
            assertThat(((ApiException) thrown).code()).isEqualTo(code);
        };
    }

    @Test
    void anOfferGoesToTheRoomsNodeWithWhoIsDenied() {
        MediaAnswer answer = exchange.open(ana, ROOM, OFFER);
        assertThat(answer).isEqualTo(new MediaAnswer("v=0 answer", "m_1", "n1", 4));
        assertThat(rooms.offers.getFirst().denied()).containsExactly("u_old");
        assertThat(rooms.offers.getFirst().placementEpoch()).isEqualTo(4);
        assertThat(rooms.offers.getFirst().mediaToken()).isEqualTo("good");
    }

    @Test
    void aTokenIsForItsOwnerInItsRoom() {
        assertThatThrownBy(() -> exchange.open(user("u_eve"), ROOM, OFFER)).satisfies(refused(401, "media.token"));
        assertThatThrownBy(() -> exchange.open(ana, "zzz-zzzz-zzz", OFFER)).satisfies(refused(401, "media.token"));
        assertThatThrownBy(() -> exchange.open(ana, ROOM, new MediaOffer("bad", "v=0", null)))
                .satisfies(refused(401, "media.token"));
        assertThatThrownBy(() -> exchange.open(ana, ROOM, new MediaOffer(null, "v=0", null)))
                .satisfies(refused(401, "media.token"));
        assertThat(rooms.calls).isEmpty();
    }

    @Test
    void theRemovedAreRefusedWhateverTokenTheyHold() {
        doors.door = Optional.of(new Door(true, List.of("u_ana")));
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(403, "media.not_admitted"));
        assertThatThrownBy(() -> exchange.restart(ana, ROOM, "m_1", new MediaRestart("v=0")))
                .satisfies(refused(403, "media.not_admitted"));
        assertThat(rooms.calls).isEmpty();
    }

    @Test
    void whoLeftOrNeverJoinedHasNoMedia() {
        doors.seated.clear();
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(403, "media.not_admitted"));
        doors.door = Optional.empty();
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(403, "media.not_admitted"));
        doors.door = Optional.of(new Door(false, List.of()));
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(410, "meeting.ended"));
    }

    @Test
    void aKickWhileTheOfferIsUnderWayStillEndsIt() {
        rooms.whileOpening = () -> doors.door = Optional.of(new Door(true, List.of("u_ana")));
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(403, "media.not_admitted"));
        assertThat(rooms.calls).containsExactly("open n1", "close m_1 of " + ParticipantIds.of(ROOM, "u_ana"));
    }

    @Test
    void aFullNodeIsPassedOverForANewRoomOnly() {
        rooms.full.addAll(List.of("n1", "n2"));
        assertThat(exchange.open(ana, ROOM, OFFER).nodeId()).isEqualTo("n3");
        rooms.full.add("n3");
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(503, "fleet.full"));
        rooms.calls.clear();
        rooms.fresh = false;
        assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER)).satisfies(refused(503, "fleet.full"));
        assertThat(rooms.calls).containsExactly("open n1");
    }

    @Test
    void aNodeThatTakesNoNewRoomsIsPassedOverAndItsWordIsNotTheClients() {
        for (boolean fresh : new boolean[] {true, false}) {
            rooms.fresh = fresh;
            rooms.guarded.addAll(List.of("n1", "n2"));
            assertThat(exchange.open(ana, ROOM, OFFER).nodeId()).isEqualTo("n3");
            rooms.guarded.add("n3");
            assertThatThrownBy(() -> exchange.open(ana, ROOM, OFFER))
                    .satisfies(refused(503, "fleet.full"))
                    .satisfies(thrown ->
                            assertThat(((ApiException) thrown).retryAfter()).isPresent());
            rooms.guarded.clear();
        }
    }

    @Test
    void aRestartIsOfOnesOwnSession() {
        assertThat(exchange.restart(ana, ROOM, "m_1", new MediaRestart("v=0")).sdp())
                .isEqualTo("v=0 again");
        exchange.close(ana, ROOM, "m_1");
        String own = ParticipantIds.of(ROOM, "u_ana");
        assertThat(rooms.calls).containsExactly("restart m_1 of " + own, "close m_1 of " + own);
        assertThatThrownBy(() -> exchange.close(user("u_eve"), ROOM, "m_1"))
                .satisfies(refused(403, "media.not_admitted"));
        assertThatThrownBy(() -> exchange.close(ana, ROOM, "../x")).satisfies(refused(409, "media.session"));
        rooms.placed = false;
        assertThatThrownBy(() -> exchange.restart(ana, ROOM, "m_1", new MediaRestart("v=0")))
                .satisfies(refused(409, "media.moved"));
        exchange.close(ana, ROOM, "m_1");
    }

    @Test
    void aSessionThatHasEndedCannotBeRestartedAndEndingItAgainIsDone() {
        rooms.knowsSessions = false;
        assertThatThrownBy(() -> exchange.restart(ana, ROOM, "m_1", new MediaRestart("v=0")))
                .satisfies(refused(409, "media.session"));
        exchange.close(ana, ROOM, "m_1");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "  ")
    void withoutAnOfferThereIsNothingToExchange(String sdp) {
        assertThatThrownBy(() -> exchange.open(ana, ROOM, new MediaOffer("good", sdp, null)))
                .satisfies(refused(422, "sdp.unusable"));
        assertThatThrownBy(() -> exchange.restart(ana, ROOM, "m_1", new MediaRestart(sdp)))
                .satisfies(refused(422, "sdp.unusable"));
    }

    @Test
    void aGuestOfAnotherMeetingIsNotAdmitted() {
        Principal guest =
                new Principal("g_1", "g_1", Role.GUEST, "G", 0, Optional.of("zzz-zzzz-zzz"), Optional.of("k"));
        assertThatThrownBy(() -> exchange.restart(guest, ROOM, "m_1", new MediaRestart("v=0")))
                .satisfies(refused(403, "media.not_admitted"));
        assertThatThrownBy(() -> exchange.close(guest, ROOM, "m_1")).satisfies(refused(403, "media.not_admitted"));
    }
}
