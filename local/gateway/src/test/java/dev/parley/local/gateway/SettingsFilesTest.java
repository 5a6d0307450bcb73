package dev.parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsFilesTest {
    @Test
    void aFunctionsSettingsAreReadByTheirOwnerAlone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        try (var gateway = new ScriptedGateway();
                Stream<Path> files = Files.walk(gateway.settings())) {
            List<Path> settings = files.filter(Files::isRegularFile).toList();
            assertThat(settings).isNotEmpty();
            for (Path file : settings) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }
}
