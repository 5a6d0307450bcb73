package dev.parley.platform.aws;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Builds AWS clients alike: the JDK's own HTTP client, the region and, where the settings hold them, static credentials and another
 * endpoint. Without static credentials the default provider chain decides, so that they are refreshed after a restore.
 */
public final class AwsClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final String DEFAULT_REGION = "us-east-1";

    private AwsClients() {}

    /**
     * Configures and builds one client.
     *
     * @param builder the service's builder
     * @param endpoint where the service is, when it is not where AWS has it
     * @param answerTimeout longest wait for bytes of one answer; a call with its retries takes twice that at most
     */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, Settings settings, Optional<URI> endpoint, Duration answerTimeout) {
        endpoint.ifPresent(builder::endpointOverride);
        // Not multiplied: a duration does that by decimal numbers, whose tables take a cold machine a hundredth of a
        // second.
        Duration callTimeout = answerTimeout.plus(answerTimeout);
        return builder.region(region(settings))
                .credentialsProvider(credentials(settings))
                .overrideConfiguration(override -> override.apiCallTimeout(callTimeout))
                .httpClientBuilder(http(answerTimeout))
                .build();
    }

    /** Loads what every client is made of and takes long: TLS without its certificates, and what is known of regions. */
    public static void loadAhead() {
        http(CONNECT_TIMEOUT).build().close();
        ServiceMetadata.of("dynamodb").regions();
    }

    /** Reads the certificates that connections are checked with. */
    public static void loadTrustAhead() {
        SystemTrust.load();
    }

    /** A client that asks nobody: its requests are made and signed, by nobody, and answered with an empty object. For what is loaded ahead. */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C toNowhere(B builder) {
        return builder.region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "none")))
                .httpClient(new Nowhere())
                .build();
    }

    /** The HTTP client that they all have. @param answerTimeout longest wait for bytes of one answer */
    public static UrlConnectionHttpClient.Builder http(Duration answerTimeout) {
        return UrlConnectionHttpClient.builder()
                .tlsTrustManagersProvider(() -> new TrustManager[] {new SystemTrust()})
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(answerTimeout);
    }

    /** The region of the settings, for what is no client. */
    public static Region region(Settings settings) {
        return Region.of(settings.text(SettingKeys.AWS_REGION, DEFAULT_REGION));
    }

    /** Static credentials where the settings hold them, else the default provider chain. */
    public static AwsCredentialsProvider credentials(Settings settings) {
        Optional<String> key = settings.find(SettingKeys.AWS_ACCESS_KEY_ID).filter(value -> !value.isBlank());
        boolean temporary = settings.find(SettingKeys.AWS_SESSION_TOKEN).isPresent();
        if (key.isEmpty() || temporary) {
            return DefaultCredentialsProvider.builder().build();
        }
        String secret = settings.required(SettingKeys.AWS_SECRET_ACCESS_KEY);
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.get(), secret));
    }
}
