package dev.parley.platform.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A store that is slow, full or busy is told apart from one that says no. */
class UnwillingStoreTest {
    private final UnwillingClient client = new UnwillingClient();
    private final Dynamo dynamo = new Dynamo(client, "");

    private UpdateItemResponse update() {
        return dynamo.call(store -> store.updateItem(update -> update.tableName("t")));
    }

    @Test
    void aWriteThatMeetsATransactionIsTriedAgain() {
        client.refusals.addAll(
                Collections.nCopies(3, TransactionConflictException.builder().build()));

        assertThat(update()).isNotNull();
        assertThat(client.calls).isEqualTo(4);
    }

    @Test
    void aWriteThatAlwaysMeetsTransactionsIsToBeTriedLater() {
        client.refusals.addAll(
                Collections.nCopies(99, TransactionConflictException.builder().build()));

        assertUnavailable();
        assertThat(client.calls).isEqualTo(7);
    }

    static List<SdkException> passing() {
        return List.of(
                ApiCallTimeoutException.create(8000),
                InternalServerErrorException.builder().build(),
                ProvisionedThroughputExceededException.builder().build(),
                TransactionInProgressException.builder().build(),
                (SdkException) DynamoDbException.builder()
                        .statusCode(500)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("InternalFailure")
                                .build())
                        .build(),
                (SdkException) DynamoDbException.builder().statusCode(503).build(),
                (SdkException) DynamoDbException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ThrottlingException")
                                .build())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsUnavailable(SdkException refusal) {
        client.refusals.add(refusal);

        assertUnavailable();
        assertThat(client.calls).isEqualTo(1);
    }

    static Stream<SdkException> answers() {
        return Stream.of(
                ConditionalCheckFailedException.builder().statusCode(400).build(),
                TransactionCanceledException.builder().statusCode(400).build(),
                ResourceNotFoundException.builder().statusCode(400).build());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsTheCallersToReadEvenWhenItIsNo(SdkException answer) {
        client.refusals.add(answer);

        assertThatThrownBy(this::update).isSameAs(answer);
        assertThat(client.calls).isEqualTo(1);
    }

    private void assertUnavailable() {
        assertThatThrownBy(this::update).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.code()).isEqualTo("store.unavailable");
            assertThat(e.retryAfter()).isPresent();
            assertThat(e.getCause()).isInstanceOf(SdkException.class);
        });
    }

    /** Refuses as often as it has refusals. */
    private static final class UnwillingClient implements DynamoDbClient {
        private final Deque<SdkException> refusals = new ArrayDeque<>();
        private int calls;

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            calls++;
            if (!refusals.isEmpty()) {
                throw refusals.pop();
            }
            return UpdateItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
