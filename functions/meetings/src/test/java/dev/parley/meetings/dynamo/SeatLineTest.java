package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.kernel.HandMovedClock;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings.Seating;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** A storm of joins is a line at one writer, and not a crowd whose transactions cancel each other. */
class SeatLineTest {
    private static final long PATIENCE_SECONDS = 30;
    private static final LiveMeeting MEETING = new LiveMeeting(
            "abc-defg-hij",
            "Standup",
            "u_host",
            MeetingType.VIDEO,
            true,
            false,
            false,
            1_000,
            0,
            Optional.empty(),
            MeetingSettings.DEFAULTS,
            0,
            Set.of(),
            Set.of(),
            Instant.EPOCH,
            Optional.empty(),
            1,
            0);

    private final SlowClient client = new SlowClient();
    private final DynamoLiveMeetings live =
            new DynamoLiveMeetings(new Dynamo(client, ""), new HandMovedClock(), new Random(1));
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private CompletableFuture<Seating> ask(int person, List<Thread> asking) {
        Participant seated = new Participant(
                "p_%020d".formatted(person),
                "u_" + person,
                Optional.empty(),
                "Person " + person,
                MeetingRole.PARTICIPANT,
                ParticipantState.JOINED,
                person + 1,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                1);
        return CompletableFuture.supplyAsync(
                () -> {
                    asking.add(Thread.currentThread());
                    return live.seat(MEETING, Optional.empty(), seated);
                },
                callers);
    }

    @Test
    void whoComesWhileSeatsAreBeingWrittenIsSeatedTogetherWithTheOthersWhoDo() throws Exception {
        List<Thread> asking = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Seating>> storm = new ArrayList<>();
        storm.add(ask(0, asking));
        assertThat(client.begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 60; i++) {
            storm.add(ask(i, asking));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> asking.size() == storm.size() && asking.stream().allMatch(SeatLineTest::waits));
        client.goOn.countDown();
        for (CompletableFuture<Seating> one : storm) {
            assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Seating.SEATED);
        }
        // The counter, and two items for each of 1, 49 and 11 people.
        assertThat(client.items).containsExactly(3, 99, 23);
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Takes every transaction, the first of them slowly. */
    private static final class SlowClient implements DynamoDbClient {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final List<Integer> items = Collections.synchronizedList(new ArrayList<>());

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            items.add(request.transactItems().size());
            begun.countDown();
            try {
                assertThat(goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return TransactWriteItemsResponse.builder().build();
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
