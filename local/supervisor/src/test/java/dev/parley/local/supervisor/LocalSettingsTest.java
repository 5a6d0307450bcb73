package dev.parley.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSettingsTest {
    private static final Path CHECKOUT = Path.of("../..");
    private static final Path NODE_SAMPLE = Path.of("media-fleet/node/node-sample.properties");
    private static final Pattern SAMPLE_LINE = Pattern.compile("#([A-Z][A-Z0-9_]*)=(.*)");

    @TempDir
    private Path root;

    @BeforeEach
    void placeWhatANodeTakes() throws IOException {
        Files.createDirectories(root.resolve(NODE_SAMPLE).getParent());
        Files.copy(CHECKOUT.resolve(NODE_SAMPLE), root.resolve(NODE_SAMPLE));
    }

    private LocalSettings read(Map<String, String> environment, String... lines) throws IOException {
        Files.write(root.resolve(LocalSettings.FILE), Arrays.asList(lines));
        return LocalSettings.read(root, environment);
    }

    @Test
    void theSampleIsTheManualOfEverySettingAndItsDefault() throws IOException {
        Map<String, String> described = new LinkedHashMap<>();
        for (String line : Files.readAllLines(CHECKOUT.resolve("parley.sample.env"))) {
            Matcher matcher = SAMPLE_LINE.matcher(line);
            if (matcher.matches()) {
                assertThat(described.put(matcher.group(1), matcher.group(2)))
                        .as(matcher.group(1) + " is there once")
                        .isNull();
            } else {
                assertThat(line)
                        .satisfiesAnyOf(
                                one -> assertThat(one).isEmpty(),
                                one -> assertThat(one).startsWith("# "));
            }
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (LocalSetting setting : LocalSetting.values()) {
            known.put(setting.name(), setting.fallback());
        }
        assertThat(described).containsExactlyInAnyOrderEntriesOf(known);
    }

    @Test
    void withoutFileAndEnvironmentEverythingIsAsItIsByDefault() {
        LocalSettings settings = LocalSettings.read(root, Map.of("PATH", "/bin", "HOME", "/home/ana"));
        assertThat(settings.report()).isEmpty();
        assertThat(settings.environment()).isEmpty();
        assertThat(settings.ofNodes()).isEmpty();
        assertThat(settings.number(LocalSetting.SERVER_PORT)).isEqualTo(8800);
        assertThat(settings.iceServers()).isEqualTo("[]");
        assertThat(settings.isElsewhere()).isFalse();
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        LocalSettings settings = read(
                Map.of("SERVER_PORT", "9001", "NODE_SRTP", "jce"),
                "# mine",
                "",
                "SERVER_PORT=9000",
                "  MAIL_FROM = Ana <ana@example.org> ",
                "NODE_SRTP=accp",
                "NODE_MAX_PARTICIPANTS=20");
        assertThat(settings.number(LocalSetting.SERVER_PORT)).isEqualTo(9001);
        assertThat(settings.text(LocalSetting.MAIL_FROM)).isEqualTo("Ana <ana@example.org>");
        assertThat(settings.ofNodes())
                .containsExactlyInAnyOrderEntriesOf(Map.of("NODE_SRTP", "jce", "NODE_MAX_PARTICIPANTS", "20"));
        assertThat(settings.report())
                .containsExactly("set by you: SERVER_PORT, MAIL_FROM, NODE_MAX_PARTICIPANTS, NODE_SRTP");
    }

    @Test
    void whatIsHandedOnIsTheSame() throws IOException {
        LocalSettings settings = read(Map.of(), "STUN_SERVERS=stun:a.example:3478, stun:b.example", "RATE_LIMITS=off");
        LocalSettings other = LocalSettings.handedOn(settings.environment());
        assertThat(other.iceServers()).isEqualTo("[{\"urls\":[\"stun:a.example:3478\",\"stun:b.example\"]}]");
        assertThat(other.text(LocalSetting.RATE_LIMITS)).isEqualTo("off");
    }

    @Test
    void iceServersStandInPlaceOfStunServers() throws IOException {
        String json = "[{\"urls\":[\"turn:t.example\"],\"username\":\"u\",\"credential\":\"c\"}]";
        assertThat(read(Map.of(), "STUN_SERVERS=stun:a.example", "ICE_SERVERS=" + json)
                        .iceServers())
                .isEqualTo(json);
    }

    @Test
    void aDatabaseElsewhereIsNamedOneWayOrTheOther() throws IOException {
        assertThat(read(Map.of(), "DATABASE_HOST=db.example", "DATABASE_NAME=meet")
                        .databaseAddress())
                .isEqualTo("postgresql://db.example:5432/meet");
        assertThat(read(Map.of("DATABASE_URL", "jdbc:aws-wrapper:postgresql://db:6432/x"))
                        .databaseAddress())
                .isEqualTo("postgresql://db:6432/x");
        assertThatThrownBy(() -> read(Map.of("DATABASE_URL", "postgresql://db/x"), "DATABASE_HOST=db"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave one out");
        assertThatThrownBy(() -> read(Map.of(), "DATABASE_USER=ana"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DATABASE_HOST or DATABASE_URL is missing");
    }

    @Test
    void anS3ServerElsewhereIsNamedAsMinioIs() throws IOException {
        LocalSettings own = read(Map.of());
        assertThat(own.areFilesElsewhere()).isFalse();

        LocalSettings minio = read(
                Map.of("MINIO_SECRET_KEY", "s"),
                "MINIO_ENDPOINT=minio.example:9000",
                "MINIO_ACCESS_KEY=a",
                "MINIO_ROOT_USER=root");
        assertThat(minio.areFilesElsewhere()).isTrue();
        assertThat(minio.filesEndpoint()).hasToString("http://minio.example:9000");
        assertThat(minio.filesPublicEndpoint()).isEqualTo(minio.filesEndpoint());
        assertThat(minio.text(LocalSetting.MINIO_BUCKET)).isEqualTo("parley-files");
        assertThat(minio.report())
                .containsExactly(
                        "set by you: MINIO_ENDPOINT, MINIO_ACCESS_KEY, MINIO_SECRET_KEY",
                        "not used: MINIO_ROOT_USER - an S3 server of yours is named by MINIO_ENDPOINT, MINIO_ACCESS_KEY, MINIO_SECRET_KEY and MINIO_BUCKET");

        LocalSettings secure = read(
                Map.of("MINIO_SECRET_KEY", "s", "MINIO_ACCESS_KEY", "a", "MINIO_USE_SSL", "true"),
                "MINIO_ENDPOINT=10.0.0.7",
                "MINIO_PUBLIC_ENDPOINT=http://files.example:9000/");
        assertThat(secure.filesEndpoint()).hasToString("https://10.0.0.7");
        assertThat(secure.filesPublicEndpoint()).hasToString("http://files.example:9000");

        assertThatThrownBy(() -> read(Map.of(), "MINIO_ENDPOINT=minio:9000", "MINIO_ACCESS_KEY=a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MINIO_ENDPOINT needs both");
        assertThatThrownBy(() -> read(Map.of(), "MINIO_BUCKET=mine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MINIO_ENDPOINT is missing");
        assertThatThrownBy(() -> read(Map.of(), "MINIO_SECRET_KEY=se\u0007cret"))
                .hasMessageNotContaining("cret\u0007")
                .hasMessageNotContaining("\u0007cret");
    }

    @Test
    void theNatsAddressIsWhatNodesTellUnlessTheirOwnSettingSaysOtherwise() throws IOException {
        assertThat(read(Map.of("NAT_1TO1_IPS", "203.0.113.7")).ofNodes())
                .isEqualTo(Map.of("NODE_MEDIA_HOST", "203.0.113.7"));
        assertThat(read(Map.of("NAT_1TO1_IPS", "203.0.113.7"), "NODE_MEDIA_HOST=203.0.113.8")
                        .ofNodes())
                .isEqualTo(Map.of("NODE_MEDIA_HOST", "203.0.113.8"));
    }

    @Test
    void componentsThatAreReplacedAreNamedWithWhatDoesTheirWork() throws IOException {
        LocalSettings settings = read(Map.of("REDIS_HOST", "r"), "REDIS_PORT=6379", "ETCD_ENDPOINTS=e", "JWT_SECRET=x");
        assertThat(settings.report())
                .containsExactly(
                        "not used: REDIS_HOST, REDIS_PORT - short-lived keys, limits and presence are items of DynamoDB",
                        "not used: ETCD_ENDPOINTS - leases and placement are items of DynamoDB",
                        "not used: JWT_SECRET - tokens are signed by key pairs, which local/keys shows and rotates");
        assertThat(settings.environment()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        assertThatThrownBy(() -> read(Map.of(), "# one", "SERVER_PROT=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parley.env line 2: there is no setting SERVER_PROT; parley.sample.env has them all");
        assertThatThrownBy(() -> read(Map.of(), "SERVER_PORT=70000"))
                .hasMessage("parley.env line 1: SERVER_PORT must be a number from 1 to 65535, not '70000'");
        assertThatThrownBy(() -> read(Map.of(), "export X"))
                .hasMessage("parley.env line 1: write NAME=value, or # before what is not for Parley");
        assertThatThrownBy(() -> read(Map.of(), "NODE_MEDIA_PORT=1"))
                .hasMessage("parley.env line 1: NODE_MEDIA_PORT is chosen by local/up for each node");
        assertThatThrownBy(() -> read(Map.of("MEETING_EMPTY_AFTER", "ten minutes")))
                .hasMessage("MEETING_EMPTY_AFTER must be a time such as PT10M, not 'ten minutes'");
        assertThatThrownBy(() -> read(Map.of(), "ICE_PORT_MIN=20000", "ICE_PORT_MAX=19999"))
                .hasMessage("ICE_PORT_MAX must not be below ICE_PORT_MIN");
    }

    @Test
    void aPasswordIsNeverRepeated() {
        assertThatThrownBy(() -> read(Map.of("DATABASE_PASSWORD", "se\u0007cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("cret");
    }
}
