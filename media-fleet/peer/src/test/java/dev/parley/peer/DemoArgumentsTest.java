package dev.parley.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DemoArgumentsTest {

    @Test
    void defaultsAreALocalMeetingOfThree() {
        DemoArguments arguments = DemoArguments.parse();
        assertThat(arguments.url()).hasToString("http://127.0.0.1:8800");
        assertThat(arguments.names()).containsExactly("Ana", "Bo", "Chidi");
    }

    @Test
    void namesAndNumbersAreTaken() {
        assertThat(DemoArguments.parse("--people", "5").names()).hasSize(5);
        assertThat(DemoArguments.parse("--names", "Zoe, Ada Lovelace").names()).containsExactly("Zoe", "Ada Lovelace");
        assertThat(DemoArguments.parse("--meeting", "abc-defg-hij").meeting()).contains("abc-defg-hij");
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        assertThatThrownBy(() -> DemoArguments.parse("--people", "99")).hasMessageContaining("1 to 12");
        assertThatThrownBy(() -> DemoArguments.parse("--colour", "red")).hasMessageContaining("--colour");
        assertThatThrownBy(() -> DemoArguments.parse("--url")).hasMessageContaining("needs a value");
    }
}
