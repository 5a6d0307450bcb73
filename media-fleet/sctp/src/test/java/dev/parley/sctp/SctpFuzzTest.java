package dev.parley.sctp;

import dev.parley.rtp.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever arrives, nothing is thrown, memory stays within the window, and time does not run away. */
@Tag("fuzz")
class SctpFuzzTest {
    private static final int INPUTS_A_LIFE = 200;

    private Link link = Link.connected(Link.Quality.PERFECT, 1);
    private int rightTag = rightTag(link);
    private int inputs;
    private long seed = 1;

    /** The tag the right end wants to see, taken from a real packet. */
    private static int rightTag(Link link) {
        link.left.sendText(0, "x", link.nowNanos);
        int tag = ByteBuffer.wrap(link.leftHeard.packets.element()).getInt(4);
        link.runFor(1);
        return tag;
    }

    @Test
    void anAssociationTakesAnything() {
        List<byte[]> corpus = MalformedInputTest.conversation(7);
        Fuzz.run("sctp", SctpException.class, corpus, input -> {
            if (++inputs % INPUTS_A_LIFE == 0) {
                begin();
            }
            link.right.receive(addressed(input), 0, input.length, link.nowNanos);
            link.rightHeard.packets.clear();
            link.nowNanos += 20_000_000;
            link.right.onTimer(link.nowNanos);
            if (link.right.nextDeadlineNanos() < link.nowNanos) {
                throw new AssertionError("a deadline that has passed after the timers ran");
            }
        });
    }

    /** Every other life begins before the handshake. */
    private void begin() {
        if (++seed % 2 == 0) {
            link = new Link(SctpConfig.defaults(), Link.Quality.PERFECT, seed);
            link.right.connect(link.nowNanos);
            rightTag = ByteBuffer.wrap(link.rightHeard.packets.element()).getInt(16);
        } else {
            link = Link.connected(Link.Quality.PERFECT, seed);
            rightTag = rightTag(link);
        }
    }

    /** Ports, tag and checksum are right, so that the chunks are looked at. */
    private byte[] addressed(byte[] input) {
        if (input.length >= 13) {
            ByteBuffer.wrap(input)
                    .putShort((short) 5000)
                    .putShort((short) 5000)
                    .putInt(input[12] == ChunkType.INIT ? 0 : rightTag);
        }
        return MalformedInputTest.sealed(input);
    }

    @Test
    void aCookieIsOursOrNone() {
        byte[] key = new byte[32];
        byte[] cookie = new StateCookie(1, 2, 3, 4, 5, 6, 7, true, true, 8, 9, 10).seal(key);
        Fuzz.run("sctp-cookie", SctpException.class, List.of(cookie), input -> {
            boolean same = Arrays.equals(input, cookie);
            if (StateCookie.open(key, input).isPresent() != same) {
                throw new AssertionError("a cookie that is ours was refused, or another was taken");
            }
        });
    }

    @Test
    void anOpenMessageIsReadOrRefused() {
        List<byte[]> corpus = List.of(
                DcepMessage.open(Reliability.LOSSY, "label", "protocol"),
                DcepMessage.open(new Reliability(true, Reliability.UNLIMITED, 5), "", ""),
                DcepMessage.ack());
        Fuzz.run("dcep", SctpException.class, corpus, DcepMessage::read);
    }
}
