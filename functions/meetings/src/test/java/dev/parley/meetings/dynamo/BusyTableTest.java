package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.kernel.HandMovedClock;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A host acts while people take seats: on the store the two meet on one item, and neither may fail for that. */
class BusyTableTest {
    private static final LiveMeeting MEETING = new LiveMeeting(
            "abc-defg-hij",
            "Standup",
            "u_host",
            MeetingType.VIDEO,
            true,
            false,
            false,
            10,
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
    private static final Participant WAITING = new Participant(
            "p_0123456789abcdef0123",
            "u_ana",
            Optional.empty(),
            "Ana",
            MeetingRole.PARTICIPANT,
            ParticipantState.WAITING,
            0,
            Optional.empty(),
            Optional.empty(),
            1);

    private final BusyClient client = new BusyClient();
    private final LiveMeetings live =
            new DynamoLiveMeetings(new Dynamo(client, ""), new HandMovedClock(), new Random(1));

    @Test
    void anActThatMeetsASeatBeingTakenIsTriedAgain() {
        assertThat(live.change(MEETING.withLock(true))).isTrue();
        assertThat(client.transactions).isEqualTo(2);
    }

    @Test
    void startingAMeetingThatPeopleAreJoiningIsTriedAgain() {
        assertThat(live.open(MEETING)).isTrue();
        assertThat(client.transactions).isEqualTo(2);
    }

    @Test
    void admittingSomebodyWhoAsksAgainAtThatMomentIsTriedAgain() {
        Participant admitted = WAITING.moved(ParticipantState.ADMITTED, Instant.EPOCH);
        assertThat(live.move(MEETING.meetingId(), Optional.of(WAITING), admitted))
                .isTrue();
        assertThat(client.transactions).isEqualTo(2);
    }

    @Test
    void aTransactionCancelledForNoReasonOfItsOwnIsTriedAgain() {
        client.reasons = List.of();
        assertThat(live.change(MEETING.withLock(true))).isTrue();
        assertThat(client.transactions).isEqualTo(2);
    }

    @Test
    void aTransactionThatIsWrongIsNot() {
        client.reasons = reasons("None", "ValidationError");
        assertThatThrownBy(() -> live.change(MEETING.withLock(true))).isInstanceOf(TransactionCanceledException.class);
        assertThat(client.transactions).isEqualTo(1);
    }

    private static List<CancellationReason> reasons(String... codes) {
        return Stream.of(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList();
    }

    /** Another transaction is on every item: plain writes are refused, transactions pass the second time. */
    private static final class BusyClient implements DynamoDbClient {
        private int transactions;
        private List<CancellationReason> reasons = reasons("TransactionConflict");

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            if (++transactions == 1) {
                throw TransactionCanceledException.builder()
                        .cancellationReasons(reasons)
                        .build();
            }
            return TransactWriteItemsResponse.builder().build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            throw TransactionConflictException.builder().build();
        }

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            throw TransactionConflictException.builder().build();
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
