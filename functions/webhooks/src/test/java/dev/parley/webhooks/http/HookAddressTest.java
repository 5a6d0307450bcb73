package dev.parley.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a webhook may lead, and where not. */
class HookAddressTest {
    private static HttpEndpoint endpoint(boolean loopback, String... addresses) {
        return new HttpEndpoint(host -> found(addresses), loopback, Duration.ofSeconds(5));
    }

    private static InetAddress[] found(String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        return all;
    }

    private static String refusal(HttpEndpoint endpoint, String url) {
        try {
            endpoint.check(url);
            return "";
        } catch (ApiException e) {
            return e.code();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.0.0.7",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "100::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThat(refusal(endpoint(false, address), "https://hooks.example.org/in"))
                .isEqualTo("webhook.address");
        assertThat(refusal(endpoint(false, "93.184.216.34", address), "https://hooks.example.org/in"))
                .isEqualTo("webhook.address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "93.184.216.34",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2606:4700::1111",
                "2a00:1450:4001::200e"
            })
    void whatIsPublicIsNot(String address) {
        assertThat(refusal(endpoint(false, address), "https://hooks.example.org/in"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.org",
                "http://hooks.example.org/",
                "ftp://hooks.example.org/",
                "https:///in",
                "https://ana:secret@hooks.example.org/",
                "https://hooks.example.org/#x",
                "https://hooks.example.org:0/",
                "https://hooks.example.org:99999/",
                "https://hooks example.org/",
                "file:///etc/passwd",
                "javascript:alert(1)"
            })
    void anAddressMustBeAPlainHttpsOne(String url) {
        assertThat(refusal(endpoint(false, "93.184.216.34"), url)).isEqualTo("request.invalid");
    }

    @Test
    void aNumberForAnAddressIsLookedAtAsWhatItIs() {
        var endpoint = new HttpEndpoint(InetAddress::getAllByName, false, Duration.ofSeconds(5));
        assertThat(refusal(endpoint, "https://127.0.0.1/")).isEqualTo("webhook.address");
        assertThat(refusal(endpoint, "https://2130706433/")).isNotEmpty();
        assertThat(refusal(endpoint, "https://[::1]/")).isEqualTo("webhook.address");
        assertThat(refusal(endpoint, "https://[::ffff:10.0.0.1]/")).isEqualTo("webhook.address");
    }

    @Test
    void onOneMachineTheMachineItselfMayBeCalledAndNothingElseBeside() {
        assertThat(refusal(endpoint(true, "127.0.0.1"), "http://localhost:4000/in"))
                .isEmpty();
        assertThat(refusal(endpoint(true, "::1"), "http://localhost:4000/in")).isEmpty();
        assertThat(refusal(endpoint(true, "10.0.0.1"), "http://router/in")).isEqualTo("webhook.address");
        assertThat(refusal(endpoint(true, "93.184.216.34"), "http://hooks.example.org/"))
                .isEqualTo("request.invalid");
    }

    /** A name may answer otherwise when it is called than when the webhook was made. */
    @Test
    void aNameThatTurnsInwardIsNotConnectedTo() throws Exception {
        try (var listener = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var endpoint = endpoint(false, "127.0.0.1")) {
            var outcome = endpoint.post(
                    "https://hooks.example.org:" + listener.getLocalPort() + "/in", Map.of(), new byte[] {'{', '}'});
            assertThat(outcome.error()).contains("address");
            listener.setSoTimeout(1);
            assertThatThrownBy(listener::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }
}
