package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.template.StreamSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event source mapping: reads the shards of a table's stream, parents before their children, and hands what passes the filter to the
 * function. Runs on a thread of its own, one shard after another.
 */
final class StreamMapping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamMapping.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration SHARDS_EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String function;
    private final StreamSpec spec;
    private final BatchCall call;
    private final StreamSource source;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final List<EventPattern> patterns;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Map<String, String> iterators = new HashMap<>();

    private StreamMapping(
            String function,
            StreamSpec spec,
            BatchCall call,
            StreamSource source,
            DeadLetters deadLetters,
            InstantSource clock) {
        this.function = function;
        this.spec = spec;
        this.call = call;
        this.source = source;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.patterns = spec.filters().stream().map(EventPattern::parse).toList();
        this.thread = Thread.ofPlatform()
                .name("stream-" + function + "-" + spec.name())
                .daemon()
                .unstarted(this::run);
    }

    /** @throws IllegalArgumentException when a filter pattern cannot be used */
    static StreamMapping start(
            String function,
            StreamSpec spec,
            BatchCall call,
            StreamSource source,
            DeadLetters deadLetters,
            InstantSource clock) {
        var mapping = new StreamMapping(function, spec, call, source, deadLetters, clock);
        mapping.thread.start();
        return mapping;
    }

    /** Lets the call that is under way end, within limits, and begins no other. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(STOP_LIMIT)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (DynamoDbClient tables = source.tables().get();
                DynamoDbStreamsClient streams = source.streams().get()) {
            boolean complained = false;
            while (true) {
                try {
                    String stream = tables.describeTable(table -> table.tableName(spec.table()))
                            .table()
                            .latestStreamArn();
                    complained = false;
                    follow(stream, streams);
                } catch (RuntimeException e) {
                    if (!complained) {
                        LOG.warn("{}: the stream of {} cannot be handed over for now", function, spec.table(), e);
                    }
                    complained = true;
                }
                pause(AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: the mapping of {} has stopped", function, spec.table());
        }
    }

    private void follow(String stream, DynamoDbStreamsClient streams) throws InterruptedException {
        iterators.clear();
        var checkpoints = new Checkpoints(
                source.folder().resolve("streams").resolve(function + "-" + spec.name() + ".json"), stream);
        long listed = System.nanoTime() - SHARDS_EVERY.toNanos();
        List<Shard> shards = List.of();
        while (true) {
            if (System.nanoTime() - listed >= SHARDS_EVERY.toNanos()) {
                shards = shards(stream, streams);
                checkpoints.keep(shards.stream().map(Shard::shardId).collect(Collectors.toSet()));
                listed = System.nanoTime();
            }
            boolean read = false;
            for (Shard shard : readable(shards, checkpoints)) {
                read |= read(stream, shard.shardId(), checkpoints, streams);
            }
            pause(read ? Duration.ZERO : IDLE);
        }
    }

    private static List<Shard> shards(String stream, DynamoDbStreamsClient streams) {
        var shards = new ArrayList<Shard>();
        DescribeStreamRequest.Builder request = DescribeStreamRequest.builder().streamArn(stream);
        StreamDescription page;
        do {
            page = streams.describeStream(request.build()).streamDescription();
            shards.addAll(page.shards());
            request.exclusiveStartShardId(page.lastEvaluatedShardId());
        } while (page.lastEvaluatedShardId() != null);
        return shards;
    }

    /** Shards with something left, whose parent has nothing left. */
    private static List<Shard> readable(List<Shard> shards, Checkpoints checkpoints) {
        Set<String> unfinished = shards.stream()
                .map(Shard::shardId)
                .filter(id -> !checkpoints.isFinished(id))
                .collect(Collectors.toSet());
        return shards.stream()
                .filter(shard -> unfinished.contains(shard.shardId()))
                .filter(shard -> !unfinished.contains(String.valueOf(shard.parentShardId())))
                .toList();
    }

    /** Reads and hands over one batch. @return whether there may be more at once */
    private boolean read(String stream, String shard, Checkpoints checkpoints, DynamoDbStreamsClient streams)
            throws InterruptedException {
        GetRecordsResponse found;
        try {
            String iterator = iterators.computeIfAbsent(shard, id -> iterator(stream, id, checkpoints, streams));
            found = streams.getRecords(
                    request -> request.shardIterator(iterator).limit(spec.batchSize()));
        } catch (ExpiredIteratorException e) {
            iterators.remove(shard);
            return true;
        }
        if (!found.records().isEmpty()) {
            List<ObjectNode> wanted = found.records().stream()
                    .map(record -> StreamEvent.record(record, stream))
                    .filter(record -> EventPattern.wanted(patterns, record))
                    .toList();
            if (!wanted.isEmpty()) {
                delivery(stream, shard, checkpoints).deliver(wanted);
            }
            checkpoints.done(shard, found.records().getLast().dynamodb().sequenceNumber());
        }
        if (found.nextShardIterator() == null) {
            iterators.remove(shard);
            checkpoints.finished(shard);
            return true;
        }
        iterators.put(shard, found.nextShardIterator());
        return !found.records().isEmpty();
    }

    private String iterator(String stream, String shard, Checkpoints checkpoints, DynamoDbStreamsClient streams) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(stream).shardId(shard);
        boolean fresh = checkpoints.isEmpty() && !spec.fromOldest();
        request.shardIteratorType(fresh ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON);
        checkpoints
                .last(shard)
                .ifPresent(number -> request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(number));
        try {
            return streams.getShardIterator(request.build()).shardIterator();
        } catch (TrimmedDataAccessException e) {
            LOG.warn("{}: what followed the last record read of {} is no longer kept", function, spec.table());
            return streams.getShardIterator(request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                            .sequenceNumber(null)
                            .build())
                    .shardIterator();
        }
    }

    private Delivery delivery(String stream, String shard, Checkpoints checkpoints) {
        return new Delivery(
                spec,
                call::call,
                record -> checkpoints.done(shard, BatchCall.sequenceNumber(record)),
                (records, condition, tries, why) -> giveUp(stream, shard, records, condition, tries, why),
                this::pause,
                clock);
    }

    private void giveUp(
            String stream, String shard, List<ObjectNode> records, String condition, int tries, String why) {
        if (spec.deadLetters().isEmpty()) {
            LOG.error("{}: {} records are dropped after {} tries: {}", function, records.size(), tries, why);
            return;
        }
        ObjectNode letter = DeadLetter.of(function, shard, stream, records, condition, tries, why, clock.instant());
        String id = deadLetters.keep(function, letter);
        LOG.error(
                "{}: {} records are given up after {} tries, as dead letter {}: {}",
                function,
                records.size(),
                tries,
                id,
                why);
    }

    private void pause(Duration time) throws InterruptedException {
        if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The mapping stops");
        }
    }
}
