package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.meetings.QualityPage;
import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QualityServiceTest {
    private static final int ALL = 180;

    private final World world = new World();
    private final InMemoryQualityHistory history = new InMemoryQualityHistory();
    private final QualityService quality = new QualityService(world.plans, world.live, world.desk, history);
    private final QualityRemoval removal = new QualityRemoval(world.live, world.plans, history, world.clock);
    private String id;
    private String host;
    private String ana;
    private String ben;

    @BeforeEach
    void start() {
        id = world.started(draft("Standup"));
        host = world.join(world.host, id).participantId();
        ana = world.join(world.ana, id).participantId();
        ben = world.join(world.ben, id).participantId();
        history.add(id, world.clock.instant(), host, ana, ben);
    }

    private QualityPage read(Principal who) {
        return quality.read(who, id, Optional.empty(), Optional.empty(), ALL);
    }

    @Test
    void hostsReadOfEverybodyAndOthersOfThemselves() {
        assertThat(read(world.host).people())
                .extracting(QualityPerson::participantId)
                .containsExactlyInAnyOrder(host, ana, ben);
        assertThat(read(world.host).samples()).hasSize(3);
        assertThat(read(world.ana).people()).containsExactly(new QualityPerson(ana, "Name of " + ana));
        assertThat(read(world.ana).samples())
                .extracting(QualitySample::participantId)
                .containsExactly(ana);
        assertThat(read(world.ana).bucketSeconds()).isEqualTo(10);
    }

    @Test
    void aCoHostReadsOfEverybodyAfterTheyLeftAndAfterTheEndToo() {
        world.roles.assign(world.host, id, "u_ana", "co-host");
        assertThat(read(world.ana).samples()).hasSize(3);
        world.joining.leave(world.ana, id);
        assertThat(read(world.ana).samples()).hasSize(3);
        world.moderation.end(world.host, id);
        assertThat(read(world.ana).samples()).hasSize(3);
        assertThat(read(world.ben).samples()).hasSize(1);
    }

    @Test
    void whoLooksAfterMeetingsReadsOfEverybodyAndStrangersOfNobody() {
        Principal admin = new Principal("u_admin", "s", Role.ADMIN, "Admin", 0, Optional.empty(), Optional.empty());
        assertThat(read(admin).samples()).hasSize(3);
        assertThatThrownBy(() -> read(World.user("u_eve"))).satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        world.moderation.kick(world.host, id, "u_ben");
        assertThatThrownBy(() -> read(world.ben)).satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        String elsewhere = world.started(draft("Elsewhere"));
        Principal guest = world.guest(elsewhere, "Gus");
        assertThatThrownBy(() -> read(guest)).satisfies(refused(MeetingErrors.NOT_FOUND));
    }

    @Test
    void aGuestReadsOfThemselves() {
        Principal guest = world.guest(id, "Gus");
        String gus = world.join(guest, id).participantId();
        history.add(id, world.clock.instant().plusSeconds(60), host, gus);

        assertThat(read(guest).samples())
                .extracting(QualitySample::participantId)
                .containsExactly(gus);
    }

    @Test
    void pagesGoBackInTimeAndTellWhetherThereIsMore() {
        Instant start = world.clock.instant();
        for (int i = 1; i < 10; i++) {
            history.add(id, start.plusSeconds(60L * i), host);
        }
        QualityPage first = quality.read(world.host, id, Optional.empty(), Optional.empty(), 4);
        QualityPage second = quality.read(world.host, id, Optional.empty(), Bookmark.of(Optional.of(first.next())), 4);
        QualityPage last = quality.read(world.host, id, Optional.empty(), Bookmark.of(Optional.of(second.next())), 4);

        assertThat(first.samples()).extracting(QualitySample::at).first().isEqualTo(start.plusSeconds(540));
        assertThat(second.samples()).extracting(QualitySample::at).first().isEqualTo(start.plusSeconds(300));
        assertThat(last.samples()).extracting(QualitySample::at).last().isEqualTo(start);
        assertThat(last.next()).isNull();
        assertThat(quality.read(world.host, id, Optional.of(start.plusSeconds(480)), Optional.empty(), ALL)
                        .samples())
                .hasSizeBetween(2, 3);
    }

    @Test
    void oneReplyHasNoMoreSamplesThanItCanCarry() {
        String[] crowd = IntStream.range(0, 2_000).mapToObj(i -> "p_" + i).toArray(String[]::new);
        for (int i = 1; i <= 4; i++) {
            history.add(id, world.clock.instant().plus(Duration.ofMinutes(i)), crowd);
        }
        QualityPage first = read(world.host);
        QualityPage second =
                quality.read(world.host, id, Optional.empty(), Bookmark.of(Optional.of(first.next())), ALL);

        assertThat(first.samples()).hasSize(4_000);
        assertThat(second.samples()).hasSize(4_003);
        assertThat(second.next()).isNull();
    }

    @Test
    void whoseAccountIsGoneIsInNoMeetingAnyMore() {
        String other = world.started(draft("Over"));
        String there = world.join(world.ana, other).participantId();
        history.add(other, world.clock.instant(), there);
        world.moderation.end(world.host, other);

        OutboxEvent banned =
                new OutboxEvent("e_1", "account.banned", "u_ana", world.clock.instant(), Map.of("user_id", "u_ana"));
        removal.accept(banned);
        assertThat(read(world.host).samples()).hasSize(3);

        OutboxEvent deleted =
                new OutboxEvent("e_2", "account.deleted", "u_ana", world.clock.instant(), Map.of("user_id", "u_ana"));
        removal.accept(deleted);
        removal.accept(deleted);
        history.add(id, world.clock.instant().plusSeconds(60), host, ana);

        assertThat(read(world.host).people())
                .extracting(QualityPerson::participantId)
                .containsExactlyInAnyOrder(host, ben);
        assertThat(read(world.host).samples()).hasSize(3);
        assertThat(quality.read(world.host, other, Optional.empty(), Optional.empty(), ALL)
                        .people())
                .isEmpty();
        assertThat(there).isEqualTo(ParticipantIds.of(other, "u_ana"));
    }
}
