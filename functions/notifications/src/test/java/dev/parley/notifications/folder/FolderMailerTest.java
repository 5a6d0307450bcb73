package dev.parley.notifications.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.HandMovedClock;
import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.notifications.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FolderMailerTest {
    private static final Mail MAIL = new Mail(
            "e_1",
            "mail.password_reset",
            new Mailbox("Ana", "ana@example.org"),
            "Subject",
            "Text\n",
            "<p>HTML</p>\n",
            Optional.empty());

    @TempDir
    private Path folder;

    private FolderMailer mailer(Path where) {
        return new FolderMailer(where, Mailbox.parse("no-reply@example.org"), new HandMovedClock());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aMailIsAFileForItsOwnerAloneAndAMailSentTwiceIsTwo() throws IOException {
        Path mail = folder.resolve("mail");
        mailer(mail).send(MAIL);
        mailer(mail).send(MAIL);

        List<Path> files = files(mail);
        assertThat(files).hasSize(2).allSatisfy(file -> {
            assertThat(file.getFileName().toString()).matches("1772366400000-[0-9a-f]{8}\\.json");
            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        });
        JsonNode content = JsonMapper.builder().build().readTree(Files.readAllBytes(files.getFirst()));
        assertThat(content.path("address").asString()).isEqualTo("ana@example.org");
        assertThat(content.path("subject").asString()).isEqualTo("Subject");
        assertThat(content.path("event").asString()).isEqualTo("e_1");
        assertThat(content.path("source").asString()).startsWith("From: no-reply@example.org\r\n");
        assertThat(content.has("calendar")).isFalse();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAFailureToTryAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("mail"), "not a folder");

        assertThatThrownBy(() -> mailer(file).send(MAIL)).isInstanceOf(MailException.class);
    }
}
