package dev.parley.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataChannelsTest {

    @Test
    void bothEndsMayConnectAtOnce() {
        Link link = Link.connected(Link.Quality.PERFECT, 1);

        link.left.sendText(0, "hello", link.nowNanos);
        link.right.sendText(0, "hello yourself", link.nowNanos);
        link.runFor(1);

        assertThat(link.rightHeard.textsOn(0)).containsExactly("hello");
        assertThat(link.leftHeard.textsOn(0)).containsExactly("hello yourself");
    }

    @Test
    void oneEndConnectsAndTheOtherOnlyAnswers() {
        Link link = new Link(SctpConfig.defaults(), Link.Quality.PERFECT, 2);
        link.left.connect(link.nowNanos);
        link.left.sendText(0, "sent before the handshake was done", link.nowNanos);
        link.runFor(1);

        assertThat(link.left.isEstablished()).isTrue();
        assertThat(link.right.isEstablished()).isTrue();
        assertThat(link.rightHeard.textsOn(0)).containsExactly("sent before the handshake was done");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void everythingArrivesOnceAndInOrderOverABadLink(long seed) {
        Link link = Link.connected(seed % 2 == 0 ? Link.Quality.BAD : Link.Quality.AWFUL, seed);
        Random random = new Random(seed);
        List<String> there = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            there.add(i + ":" + "x".repeat(random.nextInt(i % 10 == 0 ? 6000 : 200)));
            back.add(i + "!" + "y".repeat(random.nextInt(300)));
            assertThat(link.left.sendText(0, there.getLast(), link.nowNanos)).isTrue();
            assertThat(link.right.sendText(0, back.getLast(), link.nowNanos)).isTrue();
            link.runFor(0.005);
        }
        link.runUntil(() -> link.rightHeard.texts.size() >= 300 && link.leftHeard.texts.size() >= 300, 600);
        link.runFor(5);

        assertThat(link.rightHeard.textsOn(0)).isEqualTo(there);
        assertThat(link.leftHeard.textsOn(0)).isEqualTo(back);
        assertThat(link.leftHeard.closed).isEmpty();
        assertThat(link.rightHeard.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void largeMessagesAreCutAndPutTogether(long seed) {
        Link link = Link.connected(Link.Quality.BAD, seed);
        byte[] large = new byte[SctpConfig.defaults().maxMessageBytes()];
        new Random(seed).nextBytes(large);
        for (int i = 0; i < 4; i++) {
            large[0] = (byte) i;
            assertThat(link.left.sendBinary(0, large.clone(), link.nowNanos)).isTrue();
        }
        link.runUntil(() -> link.rightHeard.binaries.size() == 4, 600);

        for (int i = 0; i < 4; i++) {
            large[0] = (byte) i;
            assertThat(link.rightHeard.binaries.get(i).payload()).isEqualTo(large);
        }
    }

    @Test
    void aPerfectLinkIsUsedWell() {
        Link link = Link.connected(new Link.Quality(0, 0, 10_000_000, 0), 31);
        byte[] large = new byte[200_000];
        int before = link.packets;
        long startNanos = link.nowNanos;
        for (int i = 0; i < 20; i++) {
            link.left.sendBinary(0, large, link.nowNanos);
        }
        link.runUntil(() -> link.rightHeard.binaries.size() == 20, 60);

        int needed = 20 * (200_000 / 1132 + 1);
        assertThat(link.packets - before)
                .as("data, and a SACK for every second packet")
                .isLessThan(needed * 16 / 10);
        assertThat(link.nowNanos - startNanos).as("slow start opens the window").isLessThan(2_000_000_000L);
    }

    @Test
    void theLossyChannelGivesUpWhatIsLostAndDeliversNothingTwice() {
        Link link = Link.connected(Link.Quality.BAD, 41);
        for (int i = 0; i < 500; i++) {
            link.left.sendText(1, "m" + i + " " + "z".repeat(i % 7 == 0 ? 3000 : 20), link.nowNanos);
            link.runFor(0.01);
        }
        link.runFor(10);

        List<String> heard = link.rightHeard.textsOn(1);
        assertThat(new HashSet<>(heard)).hasSameSizeAs(heard);
        assertThat(heard).hasSizeBetween(350, 499);
        assertThat(link.leftHeard.closed).isEmpty();
        link.left.sendText(0, "the reliable channel goes on", link.nowNanos);
        link.runUntil(() -> !link.rightHeard.textsOn(0).isEmpty(), 30);
        assertThat(link.left.queuedBytes()).isZero();
    }

    @Test
    void anOrderedChannelWithALifetimeSkipsWhatIsTooOld() {
        Link link = Link.connected(Link.Quality.PERFECT, 42);
        int id = link.left.open("positions", "", new Reliability(true, Reliability.UNLIMITED, 100), link.nowNanos);
        link.runFor(1);
        link.lose = packet -> true;
        link.left.sendText(id, "too late", link.nowNanos);
        link.runFor(0.3);
        link.lose = packet -> false;
        link.left.sendText(id, "in time", link.nowNanos);
        link.runFor(5);

        assertThat(link.rightHeard.textsOn(id)).containsExactly("in time");
    }

    @Test
    void channelsAreOpenedInBandAndClosedByStreamReset() {
        Link link = Link.connected(Link.Quality.BAD, 51);
        Reliability reliability = new Reliability(false, 3, Reliability.UNLIMITED);
        int id = link.left.open("chat", "v1", reliability, link.nowNanos);
        int other = link.right.open("files", "", Reliability.RELIABLE, link.nowNanos);
        link.runUntil(() -> link.rightHeard.opened.size() == 1 && link.leftHeard.opened.size() == 1, 30);

        assertThat(id).isEven();
        assertThat(other).isOdd();
        assertThat(link.rightHeard.opened).containsExactly(new Recorder.Opened(id, "chat", "v1", reliability));
        link.left.sendText(id, "", link.nowNanos);
        link.left.sendBinary(id, new byte[0], link.nowNanos);
        link.runFor(10);
        assertThat(link.rightHeard.textsOn(id)).containsExactly("");
        assertThat(link.rightHeard.binaries).hasSize(1);

        link.left.close(id, link.nowNanos);
        assertThatThrownBy(() -> link.left.sendText(id, "too late", link.nowNanos))
                .isInstanceOfSatisfying(
                        SctpException.class, e -> assertThat(e.code()).isEqualTo(SctpException.Code.NO_SUCH_STREAM));
        link.runUntil(
                () -> link.rightHeard.channelsClosed.contains(id) && link.leftHeard.channelsClosed.contains(id), 30);

        assertThat(link.left.open("again", "", Reliability.RELIABLE, link.nowNanos))
                .isEqualTo(id);
        link.runUntil(() -> link.rightHeard.opened.size() == 2, 30);
        link.left.sendText(id, "numbering starts anew", link.nowNanos);
        link.runUntil(() -> link.rightHeard.textsOn(id).contains("numbering starts anew"), 30);
    }

    @Test
    void shutdownDeliversWhatIsQueuedFirst() {
        Link link = Link.connected(Link.Quality.BAD, 61);
        List<String> sent = IntStream.range(0, 50).mapToObj(i -> "line " + i).toList();
        sent.forEach(line -> link.left.sendText(0, line, link.nowNanos));
        link.left.shutdown(link.nowNanos);
        link.runUntil(() -> !link.leftHeard.closed.isEmpty() && !link.rightHeard.closed.isEmpty(), 120);

        assertThat(link.rightHeard.textsOn(0)).isEqualTo(sent);
        assertThat(link.leftHeard.closed.getFirst().kind()).isEqualTo(CloseReason.Kind.SHUTDOWN);
        assertThat(link.left.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void abortReachesThePeer() {
        Link link = Link.connected(Link.Quality.PERFECT, 62);
        link.left.abort("kicked");
        link.runFor(1);

        assertThat(link.leftHeard.closed).extracting(CloseReason::kind).containsExactly(CloseReason.Kind.LOCAL_ABORT);
        assertThat(link.rightHeard.closed).extracting(CloseReason::kind).containsExactly(CloseReason.Kind.REMOTE_ABORT);
        assertThatThrownBy(() -> link.left.sendText(0, "x", link.nowNanos)).isInstanceOf(SctpException.class);
    }

    @Test
    void aSilentPeerEndsTheAssociation() {
        Link link = Link.connected(Link.Quality.PERFECT, 63);
        link.lose = packet -> true;
        link.left.sendText(0, "anyone?", link.nowNanos);
        link.runUntil(() -> !link.leftHeard.closed.isEmpty(), 200);

        assertThat(link.leftHeard.closed.getFirst().kind()).isEqualTo(CloseReason.Kind.TIMEOUT);
    }

    @Test
    void anUnansweredHandshakeEnds() {
        Link link = new Link(SctpConfig.defaults(), Link.Quality.PERFECT, 64);
        link.lose = packet -> true;
        link.left.connect(link.nowNanos);
        link.runUntil(() -> !link.leftHeard.closed.isEmpty(), 200);

        assertThat(link.leftHeard.closed.getFirst().kind()).isEqualTo(CloseReason.Kind.TIMEOUT);
    }

    @Test
    void aFullQueueSaysSoAndTooLargeAMessageIsRefused() {
        SctpConfig config = SctpConfig.defaults().withBuffers(1 << 20, 1000);
        Link link = new Link(config, Link.Quality.PERFECT, 71);

        assertThat(link.left.sendBinary(0, new byte[900], link.nowNanos)).isTrue();
        assertThat(link.left.sendBinary(0, new byte[900], link.nowNanos)).isFalse();
        assertThatThrownBy(() -> link.left.sendBinary(0, new byte[(256 << 10) + 1], link.nowNanos))
                .isInstanceOfSatisfying(
                        SctpException.class, e -> assertThat(e.code()).isEqualTo(SctpException.Code.MESSAGE_TOO_LARGE));
    }

    @Test
    void aMessageOverOurLimitEndsTheAssociationAndNotTheProcess() {
        SctpConfig small = SctpConfig.defaults().withMaxMessageBytes(10_000, 256 << 10);
        Link link = new Link(SctpConfig.defaults(), small, Link.Quality.PERFECT, 72);
        link.left.connect(link.nowNanos);
        link.runFor(1);
        link.left.sendBinary(0, new byte[20_000], link.nowNanos);
        link.runFor(2);

        assertThat(link.rightHeard.closed.getFirst().kind()).isEqualTo(CloseReason.Kind.PROTOCOL_VIOLATION);
        assertThat(link.leftHeard.closed.getFirst().kind()).isEqualTo(CloseReason.Kind.REMOTE_ABORT);
    }

    @Test
    void streamsTakeTurns() {
        Link link = Link.connected(Link.Quality.PERFECT, 81);
        int bulk = link.left.open("bulk", "", Reliability.RELIABLE, link.nowNanos);
        for (int i = 0; i < 50; i++) {
            link.left.sendBinary(bulk, new byte[20_000], link.nowNanos);
        }
        link.left.sendText(0, "urgent", link.nowNanos);
        link.runUntil(() -> !link.rightHeard.textsOn(0).isEmpty(), 10);

        assertThat(link.rightHeard.binaries).hasSizeLessThan(10);
    }

    @Test
    void aPeerThatStartsAnewIsTakenBack() {
        Link link = Link.connected(Link.Quality.PERFECT, 91);
        link.left.sendText(0, "before", link.nowNanos);
        link.runFor(1);
        Recorder newcomer = new Recorder();
        DataChannels again = new DataChannels(SctpConfig.defaults(), true, new Random(1092), newcomer);
        again.negotiate(0, Reliability.RELIABLE);
        link.replaceLeft(again, newcomer);
        again.connect(link.nowNanos);
        link.runFor(3);
        again.sendText(0, "after", link.nowNanos);
        link.right.sendText(0, "welcome back", link.nowNanos);
        link.runFor(3);

        assertThat(link.rightHeard.textsOn(0)).containsExactly("before", "after");
        assertThat(newcomer.textsOn(0)).containsExactly("welcome back");
        assertThat(link.rightHeard.closed).isEmpty();
    }

    @Test
    void theNumbersOfALongConversationWrapAround() {
        Link link = Link.connected(Link.Quality.PERFECT, 93);
        for (int i = 0; i < 70_000; i++) {
            while (!link.left.sendText(0, "m" + i, link.nowNanos)) {
                link.runFor(0.1);
            }
        }
        link.runUntil(() -> link.rightHeard.texts.size() == 70_000, 600);

        assertThat(link.rightHeard.texts.getLast().text()).isEqualTo("m69999");
    }
}
