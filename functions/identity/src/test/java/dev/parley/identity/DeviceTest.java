package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0                                    | Firefox | Linux
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0 | Edge | Windows
            Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36   | Chrome  | Android
            Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1 | Safari | iPad
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15 | Safari | macOS
            parley-agent/1.2 (Linux)                                                                                  | parley-agent | Linux
            """)
    void aDeviceIsNamedAsItsOwnerKnowsIt(String userAgent, String client, String system) {
        Device device = Device.of(userAgent.strip(), "192.0.2.1");

        assertThat(device.client()).isEqualTo(client);
        assertThat(device.system()).isEqualTo(system);
    }

    @Test
    void whatSaysNothingOrTooMuchIsNothing() {
        assertThat(Device.of("", "").client()).isEmpty();
        assertThat(Device.of("<script>alert(1)</script>", "").client()).isEmpty();
        assertThat(Device.of("x".repeat(5000), "").client()).isEmpty();
        assertThat(Device.of("Mozilla/5.0", "9".repeat(500)).address()).hasSize(64);
    }
}
