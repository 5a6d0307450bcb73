package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentArgumentsTest {
    @Test
    void runIsWhatItDoesByItself() {
        AgentArguments arguments =
                AgentArguments.parse("--folder", "kept", "--once", "--parallel", "8", "--silence", "5");
        assertThat(arguments.command()).isEqualTo("run");
        assertThat(arguments.flags()).containsExactly("--once");
        assertThat(arguments.options().parallel()).isEqualTo(8);
        assertThat(arguments.options().silence()).isEqualTo(Duration.ofSeconds(5));
        assertThat(arguments.credential(Map.of("XDG_CONFIG_HOME", "/c"))).isEqualTo(Path.of("/c/parley/agent.json"));
        assertThat(AgentArguments.parse("register", "--server", "https://meet.example.org/")
                        .server())
                .isEqualTo(URI.create("https://meet.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dance",
                "run --server x",
                "register --once",
                "run --folder",
                "run --parallel 17",
                "run --silence 0",
                "register --server ftp://x"
            })
    void whatIsWrongIsSaid(String line) {
        assertThatThrownBy(() -> {
                    AgentArguments arguments = AgentArguments.parse(line.split(" "));
                    arguments.options();
                    arguments.server();
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCredentialIsItsOwnersAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config/agent.json");
        var credential = new Credential(URI.create("https://meet.example.org"), "dv_1", "dk_\"x");
        credential.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Credential.read(file)).isEqualTo(credential);
        assertThat(credential.toString()).doesNotContain("dk_");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        for (Path wrong : new Path[] {file, folder.resolve("nothing")}) {
            assertThatThrownBy(() -> Credential.read(wrong))
                    .isInstanceOfSatisfying(
                            AgentException.class, e -> assertThat(e.exitCode()).isEqualTo(Exit.CREDENTIAL));
        }
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> Credential.read(file)).isInstanceOf(AgentException.class);
    }
}
