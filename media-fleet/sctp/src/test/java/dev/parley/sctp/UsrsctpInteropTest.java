package dev.parley.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our association against Debian's usrsctp, both sides opening at once, over a link that loses packets. */
@Tag("interop")
class UsrsctpInteropTest {
    private static final double LOSS = 0.05;

    private final Recorder heard = new Recorder();
    private final BlockingQueue<byte[]> fromThem = new LinkedBlockingQueue<>();
    private final Random random = new Random(5);
    private final List<Usrsctp.Message> theyHeard = new ArrayList<>();

    @Test
    void messagesLargeAndSmallOrderedAndNotCrossALossyLink() throws Throwable {
        Optional<Path> library = Usrsctp.library();
        if (library.isEmpty()) {
            System.out.println("skipped: libusrsctp.so.2 is not installed (apt install libusrsctp2)");
        }
        Assumptions.assumeTrue(library.isPresent(), "libusrsctp.so.2 is not installed");
        DataChannels ours = new DataChannels(SctpConfig.defaults(), true, new Random(1), heard);
        ours.negotiate(0, Reliability.RELIABLE);
        ours.negotiate(1, Reliability.UNORDERED);
        try (Usrsctp theirs = new Usrsctp(library.get(), fromThem)) {
            ours.connect(System.nanoTime());
            run(ours, theirs, () -> heard.established == 1, "the handshake");

            for (int i = 0; i < 200; i++) {
                ours.sendText(0, "ordered " + i, System.nanoTime());
                while (!theirs.send(0, 51, ("back " + i).getBytes(StandardCharsets.UTF_8), true)) {
                    step(ours, theirs);
                }
            }
            run(ours, theirs, () -> heard.textsOn(0).size() == 200 && theyHeard.size() == 200, "small messages");
            assertThat(heard.textsOn(0).get(199)).isEqualTo("back 199");
            assertThat(new String(theyHeard.get(199).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("ordered 199");
            assertThat(theyHeard.get(7).payloadProtocol()).isEqualTo(51);

            theyHeard.clear();
            byte[] large = new byte[100_000];
            new Random(2).nextBytes(large);
            ours.sendBinary(1, large, System.nanoTime());
            while (!theirs.send(1, 53, large, false)) {
                step(ours, theirs);
            }
            run(
                    ours,
                    theirs,
                    () -> heard.binaries.size() == 1 && theirBytes().length >= large.length,
                    "large messages");
            assertThat(heard.binaries.getFirst().payload()).isEqualTo(large);
            assertThat(theirBytes()).isEqualTo(large);
            assertThat(heard.closed).isEmpty();
            ours.shutdown(System.nanoTime());
        }
    }

    private byte[] theirBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        theyHeard.forEach(part -> all.writeBytes(part.payload()));
        return all.toByteArray();
    }

    private void run(DataChannels ours, Usrsctp theirs, BooleanSupplier done, String what) throws Throwable {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " took more than 60 s; closed: " + heard.closed);
            }
            step(ours, theirs);
        }
    }

    private void step(DataChannels ours, Usrsctp theirs) throws Throwable {
        byte[] packet;
        while ((packet = heard.packets.poll()) != null) {
            if (random.nextDouble() >= LOSS) {
                theirs.packet(packet);
            }
        }
        Optional<Usrsctp.Message> message = theirs.receive();
        while (message.isPresent()) {
            theyHeard.add(message.get());
            message = theirs.receive();
        }
        byte[] arrived = fromThem.poll(2, TimeUnit.MILLISECONDS);
        if (arrived != null && random.nextDouble() >= LOSS) {
            ours.receive(arrived, 0, arrived.length, System.nanoTime());
        }
        ours.onTimer(System.nanoTime());
    }
}
