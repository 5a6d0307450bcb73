package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings settings = Settings.of(Map.of(
            "NAME",
            "parley",
            "EMPTY",
            "",
            "SIZE",
            " 7 ",
            "BAD",
            "seven",
            "LIMITS",
            "off",
            "WAIT",
            "PT30S",
            "AT",
            "http://[x"));

    @Test
    void anEmptyValueIsPresentButNotEnoughWhereOneIsRequired() {
        assertThat(settings.find("EMPTY")).contains("");
        assertThat(settings.find("NONE")).isEmpty();
        assertThat(settings.required("NAME")).isEqualTo("parley");
        assertThatThrownBy(() -> settings.required("EMPTY"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("Setting EMPTY is missing");
    }

    @Test
    void typedValuesAreReadOrRefusedByName() {
        assertThat(settings.integer("SIZE", 1)).isEqualTo(7);
        assertThat(settings.integer("NONE", 1)).isEqualTo(1);
        assertThat(settings.flag("LIMITS", true)).isFalse();
        assertThat(settings.flag("NONE", true)).isTrue();
        assertThat(settings.duration("WAIT", Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.uri("NONE")).isEmpty();
        assertThatThrownBy(() -> settings.integer("BAD", 1))
                .hasMessageContaining("BAD")
                .hasMessageContaining("seven");
        assertThatThrownBy(() -> settings.flag("BAD", true)).hasMessageContaining("on or off");
        assertThatThrownBy(() -> settings.duration("BAD", Duration.ZERO)).hasMessageContaining("PT30S");
        assertThatThrownBy(() -> settings.uri("AT")).isInstanceOf(SettingsException.class);
    }
}
