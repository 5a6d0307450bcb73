package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FileHintsTest {
    private final InMemorySockets sockets = new InMemorySockets();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final FileHints hints = new FileHints(sockets, outlet);

    private void socket(String connectionId, String holder, Role role) {
        sockets.open(new Socket(
                connectionId,
                new SocketTicket(
                        holder,
                        "s_1",
                        role,
                        holder,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty()));
    }

    private void tell(String type, Map<String, String> data) {
        hints.tell(new OutboxEvent("e_1", type, "ps_1", Instant.EPOCH, data));
    }

    private static final Map<String, String> NOTICE = Map.ofEntries(
            Map.entry("push_id", "ps_1"),
            Map.entry("file_id", "f_1"),
            Map.entry("name", "plan.pdf"),
            Map.entry("size", "20971520"),
            Map.entry("sha256", "9f86"),
            Map.entry("media_type", "application/pdf"),
            Map.entry("from", "u_ana"),
            Map.entry("from_name", "Ana"),
            Map.entry("pushed_at", "2026-11-22T01:00:00Z"),
            Map.entry("to", "{\"u_ben\":[\"dv_1\",\"dv_2\"],\"dv_box\":[\"dv_box\"],\"u_new\":[]}"));

    @Test
    void aNoticeComesToEverySocketOfWhoHoldsTheDevices() {
        socket("c_1", "u_ben", Role.USER);
        socket("c_2", "u_ben", Role.USER);
        socket("c_box", "dv_box", Role.DEVICE);
        socket("c_new", "u_new", Role.USER);
        socket("c_eve", "u_eve", Role.USER);
        tell("file.notice", NOTICE);
        for (String connection : new String[] {"c_1", "c_2"}) {
            JsonNode frame = outlet.read(connection).getFirst();
            assertThat(frame.path("type").asString()).isEqualTo("file-notice");
            assertThat(frame.path("size").asLong()).isEqualTo(20_971_520);
            assertThat(frame.path("from").path("name").asString()).isEqualTo("Ana");
            assertThat(frame.path("at").asString()).isEqualTo("2026-11-22T01:00:00Z");
            assertThat(frame.path("devices").valueStream().map(JsonNode::asString))
                    .containsExactly("dv_1", "dv_2");
            assertThat(frame.has("note")).isFalse();
        }
        assertThat(outlet.read("c_box").getFirst().path("devices").get(0).asString())
                .isEqualTo("dv_box");
        assertThat(outlet.read("c_new").getFirst().path("devices")).isEmpty();
        assertThat(outlet.read("c_eve")).isEmpty();
    }

    @Test
    void sendersAndOwnersHearHowFarTheirFilesAre() {
        socket("c_ana", "u_ana", Role.USER);
        tell(
                "push.state",
                Map.of(
                        "user_id", "u_ana",
                        "push_id", "ps_1",
                        "file_id", "f_1",
                        "counts",
                                "{\"waiting\":1,\"notified\":0,\"downloading\":0,\"done\":2,\"failed\":0,\"settled\":false}"));
        JsonNode state = outlet.read("c_ana").getFirst();
        assertThat(state.path("type").asString()).isEqualTo("push-state");
        assertThat(state.path("counts").path("done").asInt()).isEqualTo(2);
        tell("file.state", Map.of("user_id", "u_ana", "file_id", "f_1", "state", "refused", "reason", "type"));
        JsonNode refused = outlet.read("c_ana").getFirst();
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).isEqualTo("type");
        tell("file.recalled", Map.of("push_id", "ps_1", "file_id", "f_1", "to", "{\"u_ana\":[\"dv_a\"]}"));
        assertThat(outlet.types("c_ana")).containsExactly("file-recalled");
    }

    @Test
    void whatIsNotAboutFilesIsPassedOverAndSocketsThatAreGoneAreForgotten() {
        socket("c_ben", "u_ben", Role.USER);
        outlet.gone.add("c_ben");
        tell("file.notice", NOTICE);
        assertThat(sockets.find("c_ben")).isEmpty();
        tell("meeting.changed", Map.of("meeting_id", "abc-defg-hij", "what", "lock"));
    }
}
