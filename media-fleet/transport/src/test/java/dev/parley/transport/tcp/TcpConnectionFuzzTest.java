package dev.parley.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.transport.udp.UdpEngine;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However a stream is cut and whatever its frames say of their length: whole frames come out, or the connection closes. */
@Tag("fuzz")
class TcpConnectionFuzzTest {
    private static final int LARGEST_FRAME = 2048 - UdpEngine.TAIL_ROOM_BYTES;

    private static final int LARGE_FRAMES_EVERY = 61;

    private StreamChannel stream;
    private TcpConnection connection;
    private long taken;
    private long given;

    @Test
    void framesComeOutWholeOrTheConnectionCloses() throws IOException {
        HexFormat hex = HexFormat.of();
        List<byte[]> corpus = List.of(
                hex.parseHex("0003010203"),
                hex.parseHex("00000001aa0002bbcc"),
                hex.parseHex("00"),
                hex.parseHex("0400" + "55".repeat(300)),
                hex.parseHex("ffff01"));
        connect();
        Fuzz.run("ice-tcp", IOException.class, corpus, input -> {
            if (input.length % LARGE_FRAMES_EVERY != 0) {
                // A frame too large ends the connection: most inputs have none, wherever their frames begin.
                for (int i = 0; i < input.length; i++) {
                    input[i] &= 7;
                }
            }
            stream.arrive(input);
            given += input.length;
            connection.receive((buffer, offset, length, from) -> {
                taken += 2 + length;
                if (length > LARGEST_FRAME || buffer.capacity() - offset - length < UdpEngine.TAIL_ROOM_BYTES) {
                    throw new AssertionError("a frame of " + length + " bytes at " + offset);
                }
            });
            if (!connection.isOpen()) {
                connect();
            } else if (given - taken >= 2 + LARGEST_FRAME) {
                throw new AssertionError("a whole frame was held back: " + given + " bytes in, " + taken + " out");
            }
        });
        assertThat(taken).isLessThanOrEqualTo(given);
    }

    private void connect() throws IOException {
        stream = new StreamChannel();
        connection = new TcpConnection(stream, null, 0);
        taken = 0;
        given = 0;
    }
}
