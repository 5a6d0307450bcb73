package dev.parley.local.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MailPageTest {
    private static final String LINK = "http://localhost:8800/reset-password#email=ana%40example.org&code=7K3M-9QXA";

    @TempDir
    private Path folder;

    private MailPage page;

    @BeforeEach
    void leaveMail() throws IOException {
        page = new MailPage(folder);
        leave("1795275237544-aaaa", "ana@example.org", "Reset <it>", "Hello <Ana>,\n\n" + LINK + "\n");
        leave("1795275237999-bbbb", "ben@example.org", "Later", "Nothing to click.");
        Files.writeString(folder.resolve("notes.txt"), "not mail");
    }

    private void leave(String id, String address, String subject, String text) throws IOException {
        ObjectNode mail = EventJson.MAPPER.createObjectNode();
        mail.put("at", "2026-11-21T15:33:57Z").put("type", "mail.password_reset");
        mail.put("address", address).put("name", "Ana & Co");
        mail.put("subject", subject)
                .put("text", text)
                .put("html", "<p>for eyes</p>")
                .put("source", "MIME-Version: 1.0");
        Files.write(folder.resolve(id + ".json"), EventJson.MAPPER.writeValueAsBytes(mail));
    }

    private HttpReply get(String path, String query, String from, String host) {
        return page.answer(new IncomingRequest(
                "GET", path, query, List.of(new IncomingRequest.Header("Host", host)), from, "HTTP/1.1", "http"));
    }

    private String body(String path) {
        HttpReply reply = get(path, "", "127.0.0.1", "localhost:8800");
        assertThat(reply.status()).isEqualTo(200);
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theListHasTheNewestFirst() {
        String list = body("/local/mail");

        assertThat(list.indexOf("Later")).isLessThan(list.indexOf("Reset &lt;it&gt;"));
        assertThat(list).contains("/local/mail/1795275237544-aaaa", "Ana &amp; Co &lt;ana@example.org&gt;");
    }

    @Test
    void whatIsPushedIsListedAsWell() throws IOException {
        Files.writeString(
                folder.resolve("1795275238000-cccc.json"),
                "{\"at\":\"2026-11-21T15:34:00Z\",\"type\":\"push\",\"address\":\"push.example.net\",\"name\":\"u_1\","
                        + "\"subject\":\"Grace sent you a message\",\"text\":\"Grace sent you a message\"}");

        assertThat(body("/local/outbox")).contains("push to u_1 &lt;push.example.net&gt;", "mail to Ana");
        assertThat(body("/local/mail/1795275238000-cccc")).doesNotContain("As HTML", "Source");
    }

    @Test
    void aMailShowsItsTextWithLinksThatCanBeClicked() {
        String shown = body("/local/mail/1795275237544-aaaa");

        String link = LINK.replace("&", "&amp;");
        assertThat(shown).contains("Hello &lt;Ana&gt;,", "<a href=\"" + link + "\">" + link + "</a>");
        assertThat(body("/local/mail/1795275237544-aaaa/html")).isEqualTo("<p>for eyes</p>");
        assertThat(body("/local/mail/1795275237544-aaaa/source")).isEqualTo("MIME-Version: 1.0");
    }

    @Test
    void testsReadItAsJson() {
        JsonNode all = EventJson.MAPPER.readTree(body("/local/mail.json"));
        assertThat(all).hasSize(2);

        HttpReply anas = get("/local/mail.json", "to=ANA%40example.org", "127.0.0.1", "localhost");
        JsonNode one = EventJson.MAPPER.readTree(anas.body());
        assertThat(one).hasSize(1);
        assertThat(one.path(0).path("links").path(0).asString()).isEqualTo(LINK);
        assertThat(one.path(0).path("type").asString()).isEqualTo("mail.password_reset");
    }

    @Test
    void noPageRunsAnythingOrIsKept() {
        HttpReply reply = get("/local/mail/1795275237544-aaaa/html", "", "127.0.0.1", "localhost");

        assertThat(reply.headers().get("Content-Security-Policy").getFirst()).startsWith("default-src 'none'");
        assertThat(reply.headers().get("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, evil.example.org",
        "127.0.0.1, ''",
        "127.0.0.1, localhost.example.org:8800",
        "192.168.1.7, localhost:8800",
        "192.168.1.7, 192.168.1.5:8800"
    })
    void nobodyElseSeesIt(String from, String host) {
        assertThat(get("/local/mail", "", from, host).status()).isEqualTo(404);
        assertThat(get("/local/mail.json", "", from, host).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/local/mail/notes",
                "/local/mail/1795275237544-dddd",
                "/local/mail/../mail/1795275237544-aaaa",
                "/local/mail/1795275237544-aaaa/other",
                "/local/mail/"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertThat(get(path, "", "127.0.0.1", "localhost").status()).isEqualTo(404);
    }

    @Test
    void ownsItsOwnPathsAlone() {
        assertThat(page.owns("/local/mail")).isTrue();
        assertThat(page.owns("/local/outbox")).isTrue();
        assertThat(page.owns("/local/mail.json")).isTrue();
        assertThat(page.owns("/local/mail/x")).isTrue();
        assertThat(page.owns("/local/mailbox")).isFalse();
        assertThat(page.owns("/m/abc-defg-hij")).isFalse();
    }
}
