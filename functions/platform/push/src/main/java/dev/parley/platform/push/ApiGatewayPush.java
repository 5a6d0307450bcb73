package dev.parley.platform.push;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;

/** {@link Push} by API Gateway's management API. */
public final class ApiGatewayPush implements Push, AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final ApiGatewayManagementApiClient client;

    public ApiGatewayPush(ApiGatewayManagementApiClient client) {
        this.client = Objects.requireNonNull(client);
    }

    /** With {@code CONNECTIONS_ENDPOINT}. @throws dev.parley.kernel.SettingsException when that is missing */
    public static ApiGatewayPush of(Settings settings) {
        return at(settings, URI.create(settings.required(SettingKeys.CONNECTIONS_ENDPOINT)));
    }

    /** With {@code CONNECTIONS_ENDPOINT} or, where that is empty, the API that an event came from. */
    public static ApiGatewayPush of(Settings settings, String domainName, String stage) {
        return at(
                settings,
                settings.uri(SettingKeys.CONNECTIONS_ENDPOINT)
                        .orElseGet(() -> URI.create("https://" + domainName + "/" + stage)));
    }

    private static ApiGatewayPush at(Settings settings, URI endpoint) {
        return new ApiGatewayPush(AwsClients.build(
                ApiGatewayManagementApiClient.builder(), settings, Optional.of(endpoint), ANSWER_TIMEOUT));
    }

    @Override
    public PushOutcome send(String connectionId, String text) {
        SdkBytes data = SdkBytes.fromUtf8String(text);
        if (data.asByteArrayUnsafe().length > LARGEST_BYTES) {
            return PushOutcome.TOO_LARGE;
        }
        return outcome(() ->
                client.postToConnection(post -> post.connectionId(connectionId).data(data)));
    }

    @Override
    public PushOutcome close(String connectionId) {
        return outcome(() -> client.deleteConnection(delete -> delete.connectionId(connectionId)));
    }

    @Override
    public Optional<ConnectionState> find(String connectionId) {
        try {
            GetConnectionResponse found = client.getConnection(get -> get.connectionId(connectionId));
            return Optional.of(new ConnectionState(
                    Optional.ofNullable(found.connectedAt()).orElse(Instant.EPOCH),
                    Optional.ofNullable(found.lastActiveAt()).orElse(Instant.EPOCH),
                    found.identity() == null
                            ? ""
                            : String.valueOf(found.identity().sourceIp())));
        } catch (SdkServiceException e) {
            if (e.statusCode() == 410) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static PushOutcome outcome(Runnable call) {
        try {
            call.run();
            return PushOutcome.SENT;
        } catch (SdkServiceException e) {
            // By status, not by type: a gateway that sends no error type is understood as well.
            return switch (e.statusCode()) {
                case 410 -> PushOutcome.GONE;
                case 413 -> PushOutcome.TOO_LARGE;
                case 429 -> PushOutcome.THROTTLED;
                default -> PushOutcome.FAILED;
            };
        } catch (SdkException e) {
            return PushOutcome.FAILED;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
