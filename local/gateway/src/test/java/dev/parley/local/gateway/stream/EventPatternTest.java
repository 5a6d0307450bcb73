package dev.parley.local.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.gateway.event.EventJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventPatternTest {
    private static final JsonNode EVENT = EventJson.MAPPER.readTree(
            "{\"eventName\":\"INSERT\",\"dynamodb\":{\"NewImage\":{\"type\":{\"S\":\"mail.invitation\"}},\"SizeBytes\":26}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | true",
                "{\"eventName\":[\"INSERT\"]} | true",
                "{\"eventName\":[\"REMOVE\",\"INSERT\"]} | true",
                "{\"eventName\":[\"REMOVE\"]} | false",
                "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"NewImage\":{\"type\":{\"S\":[{\"prefix\":\"mail.\"}]}}}} | true",
                "{\"dynamodb\":{\"NewImage\":{\"type\":{\"S\":[{\"prefix\":\"account.\"}]}}}} | false",
                "{\"dynamodb\":{\"NewImage\":{\"type\":{\"S\":[{\"prefix\":\"account.\"},\"mail.invitation\"]}}}} | true",
                "{\"dynamodb\":{\"OldImage\":[{\"exists\":false}]}} | true",
                "{\"dynamodb\":{\"OldImage\":[{\"exists\":true}]}} | false",
                "{\"dynamodb\":{\"SizeBytes\":[26]}} | true",
                "{\"dynamodb\":{\"SizeBytes\":[\"26\"]}} | false",
                "{\"eventName\":[{\"anything-but\":[\"REMOVE\"]}]} | true",
                "{\"eventName\":[{\"anything-but\":[\"INSERT\"]}]} | false",
                "{\"missing\":[{\"anything-but\":[\"INSERT\"]}]} | false"
            })
    void letsThroughWhatItSays(String pattern, boolean matches) {
        assertThat(EventPattern.parse(pattern).matches(EVENT)).isEqualTo(matches);
    }

    @Test
    void oneOfSeveralPatternsIsEnoughAndNoneLetsEverythingThrough() {
        EventPattern no = EventPattern.parse("{\"eventName\":[\"REMOVE\"]}");
        EventPattern yes = EventPattern.parse("{\"eventName\":[\"INSERT\"]}");

        assertThat(EventPattern.wanted(List.of(), EVENT)).isTrue();
        assertThat(EventPattern.wanted(List.of(no, yes), EVENT)).isTrue();
        assertThat(EventPattern.wanted(List.of(no), EVENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"INSERT\"",
                "{\"eventName\":\"INSERT\"}",
                "{\"a\":[{\"numeric\":[\">\",1]}]}",
                "{\"a\":[{\"anything-but\":\"x\"}]}",
                "{\"a\":[{\"prefix\":\"x\",\"suffix\":\"y\"}]}"
            })
    void whatItDoesNotKnowIsRefusedNotIgnored(String pattern) {
        assertThatThrownBy(() -> EventPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
