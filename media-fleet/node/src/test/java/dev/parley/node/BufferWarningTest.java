package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.transport.udp.NioUdpEngine;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who runs a node learns at its start that the kernel's buffers are too small, and what to set. */
class BufferWarningTest {
    private static final Path READ_LIMIT = Path.of("/proc/sys/net/core/rmem_max");
    private static final Path WRITE_LIMIT = Path.of("/proc/sys/net/core/wmem_max");

    private static List<String> warnings(int receiveBytes, int sendBytes) {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.parley.transport.udp");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        logger.addAppender(heard);
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (UdpEngine engine = NioUdpEngine.open(new UdpSettings(bind, receiveBytes, sendBytes))) {
            assertThat(engine.localAddress().getPort()).isPositive();
        } finally {
            logger.detachAppender(heard);
        }
        return heard.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void buffersBelowWhatWasAskedForAreNamedWithTheSettingThatHelps() throws IOException {
        assumeTrue(Files.isReadable(READ_LIMIT) && Files.isReadable(WRITE_LIMIT), "Linux tells its limits");
        int receive = Integer.parseInt(Files.readAllLines(READ_LIMIT).getFirst());
        int send = Integer.parseInt(Files.readAllLines(WRITE_LIMIT).getFirst());
        assertThat(warnings(receive + 4096, send + 8192))
                .hasSize(2)
                .anyMatch(text -> text.contains("SO_RCVBUF is " + receive + " bytes")
                        && text.endsWith("sysctl -w net.core.rmem_max=" + (receive + 4096)))
                .anyMatch(text -> text.contains("SO_SNDBUF is " + send + " bytes")
                        && text.endsWith("sysctl -w net.core.wmem_max=" + (send + 8192)));
        assertThat(warnings(receive, send)).isEmpty();
    }
}
