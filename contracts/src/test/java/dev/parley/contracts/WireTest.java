package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.RoomAct;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void namesAreSnakeCaseAndNullsAreLeftOut() {
        String json = Wire.write(new ChannelMessage.SlotState(2, "p_1", Source.SCREEN_AUDIO, "live", null, null));
        assertThat(json)
                .isEqualTo("{\"slot\":2,\"participant\":\"p_1\",\"source\":\"screen-audio\",\"state\":\"live\"}");
        MediaOffer offer = Wire.read("{\"media_token\":\"x\",\"sdp\":\"v=0\",\"later\":1}", MediaOffer.class);
        assertThat(offer).isEqualTo(new MediaOffer("x", "v=0", List.of()));
    }

    @Test
    void channelMessagesAreNamedByT() {
        ChannelMessage end = new ChannelMessage.End("kicked", "p_2");
        assertThat(Wire.write(end)).isEqualTo("{\"t\":\"end\",\"reason\":\"kicked\",\"by\":\"p_2\"}");
        assertThat(Wire.read(Wire.write(end), ChannelMessage.class)).isEqualTo(end);
        String want = "{\"t\":\"want\",\"rev\":3,\"slots\":[{\"slot\":0,\"participant\":\"p\",\"source\":\"camera\","
                + "\"width\":640,\"height\":360,\"fps\":30,\"stage\":true}]}";
        assertThat(Wire.read(want, ChannelMessage.class))
                .isEqualTo(new ChannelMessage.Want(
                        3, List.of(new ChannelMessage.WantedSlot(0, "p", Source.CAMERA, 640, 360, 30, true))));
    }

    @Test
    void aMessageOfTheFutureIsIgnoredNotRefused() {
        assertThat(Wire.read("{\"t\":\"hologram\",\"depth\":3}", ChannelMessage.class))
                .isInstanceOf(ChannelMessage.Unknown.class);
        assertThat(Wire.read("{\"rev\":3}", ChannelMessage.class)).isInstanceOf(ChannelMessage.Unknown.class);
    }

    @Test
    void actsHaveTheirWireNames() {
        assertThat(Wire.write(new RoomAct(RoomAct.Kind.MUTE_ALL, null, null, Source.MICROPHONE, 0, "p_1")))
                .contains("\"act\":\"mute-all\"");
    }

    @Test
    void wrongShapesNameTheField() {
        assertThatThrownBy(() -> Wire.read("{\"media_token\":{}}", MediaOffer.class))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("media_token"));
        assertThatThrownBy(() -> Wire.read("{", MediaOffer.class)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> Wire.read("null", MediaOffer.class)).isInstanceOf(WireException.class);
    }
}
