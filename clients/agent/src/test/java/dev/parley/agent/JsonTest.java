package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsThereIsReadAndWhatIsNotIsEmpty() {
        Json json = Json.parse(
                "{\"a\":\"x\",\"n\":12345678901,\"f\":1.5,\"t\":true,\"z\":null,\"o\":{\"b\":[\"c\",1,{\"d\":\"e\"}]}}");
        assertThat(json.text("a")).isEqualTo("x");
        assertThat(json.number("n")).isEqualTo(12_345_678_901L);
        assertThat(json.object("o").texts("b")).containsExactly("c");
        assertThat(json.object("o").objects("b").getFirst().text("d")).isEqualTo("e");
        assertThat(json.text("n") + json.text("z") + json.object("a").text("x") + json.number("a"))
                .isEqualTo("0");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Object> fields = Map.of("name", "a \"b\"\\\n\u0001ä", "size", 5L, "credential", true);
        assertThat(Json.parse(Json.write(fields)).fields()).isEqualTo(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":}", "1", "nul"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text).number("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedNoticesThrowNothingElse() {
        String whole =
                "{\"type\":\"file-notice\",\"push_id\":\"ps_1\",\"file_id\":\"f_1\",\"name\":\"a\",\"size\":10,\"sha256\":\""
                        + "0".repeat(64) + "\",\"attempt\":1,\"devices\":[\"dv_1\"]}";
        var random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            var damaged = new StringBuilder(whole);
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(128));
            }
            try {
                Notice.of(Json.parse(damaged.toString()));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("no ");
            }
        }
    }
}
