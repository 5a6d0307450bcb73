package dev.parley.node.control;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.identity.LoginRequest;
import dev.parley.contracts.identity.PasswordChange;
import dev.parley.contracts.identity.ProfileUpdate;
import dev.parley.contracts.identity.RefreshRequest;
import dev.parley.contracts.identity.RegisterRequest;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MuteRequest;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.TicketRequest;
import dev.parley.rtp.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every body that the REST API, the socket and the control API take: the first byte says which; what was read can be written and read again. */
@Tag("fuzz")
class BodyFuzzTest {
    private static final List<Class<?>> BODIES = List.of(
            NodeOffer.class,
            NodeRestart.class,
            RoomAct.class,
            MediaOffer.class,
            MediaRestart.class,
            ClientFrame.class,
            TicketRequest.class,
            JoinRequest.class,
            GuestRequest.class,
            MeetingDraft.class,
            MuteRequest.class,
            ParticipantIds.class,
            RegisterRequest.class,
            LoginRequest.class,
            RefreshRequest.class,
            PasswordChange.class,
            ProfileUpdate.class);

    private static final List<byte[]> SEEDS = Stream.of(
                    "0{\"media_token\":\"x\",\"placement_epoch\":3,\"sdp\":\"v=0\",\"tracks\":[{\"mid\":\"0\",\"source\":\"camera\"}],"
                            + "\"denied\":[\"u_1\"]}",
                    "1{\"participant\":\"p\",\"placement_epoch\":1,\"sdp\":\"v=0\\r\\n\"}",
                    "2{\"act\":\"mute-all\",\"user\":\"u\",\"source\":\"microphone\",\"admission\":1,\"by\":\"p_1\"}",
                    "5{\"type\":\"chat\",\"id\":\"1\",\"text\":\"\\u00e9\",\"on\":true,\"at\":12,\"candidate\":{\"a\":[1]}}",
                    "9{\"title\":\"t\",\"start_time\":\"2026-01-01T00:00:00Z\",\"settings\":{\"lobby\":true}}",
                    ";{\"ids\":[\"a\",null]}",
                    "<{\"username\":\"a\",\"email\":\"a@b\",\"password\":\"p\"}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    @Test
    void anyBody() {
        Fuzz.runJson("json-bodies", WireException.class, SEEDS, input -> {
            if (input.length > 0) {
                Class<?> type = BODIES.get(Math.floorMod(input[0] - '0', BODIES.size()));
                Object read = Wire.read(Arrays.copyOfRange(input, 1, input.length), type);
                Wire.read(Wire.writeBytes(read), type);
            }
        });
    }
}
