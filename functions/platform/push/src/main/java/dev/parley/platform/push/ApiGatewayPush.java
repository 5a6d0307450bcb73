package dev.parley.platform.push;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * {@link Push} by API Gateway's management API, {@code POST} and {@code DELETE /@connections/{id}}. A message to a room of a thousand is a
 * thousand of these requests, so they are made and signed here, with the SDK's signer and HTTP client, and without the rest of the SDK's client,
 * which took more than half of each one's processor time.
 */
public final class ApiGatewayPush implements Push, AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final int ATTEMPTS = 3;
    /** Before the second attempt, on average half of it; twice that before the third. */
    private static final long PAUSE_MILLIS = 100;

    private static final int THROTTLED = 429;
    private static final int NO_ANSWER = 0;

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    private ApiGatewayPush(Settings settings, URI endpoint) {
        this.endpoint = endpoint;
        this.region = AwsClients.region(settings).id();
        this.credentials = AwsClients.credentials(settings);
        this.http = AwsClients.http(ANSWER_TIMEOUT).build();
    }

    /** With {@code CONNECTIONS_ENDPOINT}. @throws dev.parley.kernel.SettingsException when that is missing */
    public static ApiGatewayPush of(Settings settings) {
        return new ApiGatewayPush(settings, URI.create(settings.required(SettingKeys.CONNECTIONS_ENDPOINT)));
    }

    /** With {@code CONNECTIONS_ENDPOINT} or, where that is empty, the API that an event came from. */
    public static ApiGatewayPush of(Settings settings, String domainName, String stage) {
        return new ApiGatewayPush(
                settings,
                settings.uri(SettingKeys.CONNECTIONS_ENDPOINT)
                        .orElseGet(() -> URI.create("https://" + domainName + "/" + stage)));
    }

    @Override
    public PushOutcome send(String connectionId, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return data.length > LARGEST_BYTES
                ? PushOutcome.TOO_LARGE
                : outcome(SdkHttpMethod.POST, connectionId, Optional.of(data));
    }

    @Override
    public PushOutcome close(String connectionId) {
        return outcome(SdkHttpMethod.DELETE, connectionId, Optional.empty());
    }

    private PushOutcome outcome(SdkHttpMethod method, String connectionId, Optional<byte[]> body) {
        int status = NO_ANSWER;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1 && !pause(attempt)) {
                break;
            }
            status = ask(method, connectionId, body);
            if (status != NO_ANSWER && status != THROTTLED && status < 500) {
                break;
            }
        }
        // By status, not by type: a gateway that sends no error type is understood as well.
        return switch (status) {
            case 200, 204 -> PushOutcome.SENT;
            case 410 -> PushOutcome.GONE;
            case 413 -> PushOutcome.TOO_LARGE;
            case THROTTLED -> PushOutcome.THROTTLED;
            default -> PushOutcome.FAILED;
        };
    }

    /** @return whether there was time to wait */
    private static boolean pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS << (attempt - 2)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One request. @return the status of its answer, 0 for none */
    private int ask(SdkHttpMethod method, String connectionId, Optional<byte[]> body) {
        try {
            SignedRequest signed = signed(method, connectionId, body);
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(null))
                            .build())
                    .call();
            if (response.responseBody().isPresent()) {
                // Read to its end, the connection serves the next request.
                try (InputStream answer = response.responseBody().get()) {
                    answer.transferTo(OutputStream.nullOutputStream());
                }
            }
            return response.httpResponse().statusCode();
        } catch (IOException | SdkException e) {
            return NO_ANSWER;
        }
    }

    private SignedRequest signed(SdkHttpMethod method, String connectionId, Optional<byte[]> body) {
        String id = URLEncoder.encode(connectionId, StandardCharsets.UTF_8).replace("+", "%20");
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .uri(endpoint)
                .encodedPath(endpoint.getRawPath() + "/@connections/" + id);
        body.ifPresent(bytes -> request.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Length", String.valueOf(bytes.length)));
        return signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request.build())
                .payload(body.map(ContentStreamProvider::fromByteArray).orElse(null))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    @Override
    public void close() {
        http.close();
    }
}
