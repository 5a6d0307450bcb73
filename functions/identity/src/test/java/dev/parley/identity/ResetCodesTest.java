package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResetCodesTest {
    @Test
    void everyCodeReadsBackAsItIsShown() {
        ResetCodes codes = new ResetCodes(new SecureRandom());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String code = codes.next();
            assertThat(ResetCodes.normalized(ResetCodes.shown(code))).contains(code);
            seen.add(code);
        }

        assertThat(seen).hasSize(1000);
    }

    @Test
    void whatPeopleTypeIsReadGenerously() {
        assertThat(ResetCodes.normalized(" 7k3m 9qxa\n")).contains("7K3M9QXA");
        assertThat(ResetCodes.normalized("oOiI-lL10")).contains("00111110");
    }

    @Test
    void anythingElseIsNoCode() {
        for (String text : new String[] {null, "", "7K3M", "7K3M-9QXU", "7K3M-9QXAA", "7K3M_9QXA", "-".repeat(5000)}) {
            assertThat(ResetCodes.normalized(text)).isEmpty();
        }
    }
}
