package dev.parley.local.gateway.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the {@code DynamoDB} events of functions. Their stream must be that of a table in the same template,
 * {@code !GetAtt Table.StreamArn}: the table's name is how a local store knows it. What only changes how often a function is called
 * ({@code MaximumBatchingWindowInSeconds}, {@code ParallelizationFactor}) is not looked at.
 */
final class StreamReader {
    private static final int DEFAULT_BATCH = 100;

    private final Map<String, Object> resources;
    private final Intrinsics intrinsics;

    StreamReader(Map<String, Object> resources, Intrinsics intrinsics) {
        this.resources = resources;
        this.intrinsics = intrinsics;
    }

    List<StreamSpec> streams(Section events) {
        var streams = new ArrayList<StreamSpec>();
        events.children().forEach((name, event) -> {
            if (event.required("Type").equals("DynamoDB")) {
                streams.add(stream(name, event.section("Properties")));
            }
        });
        return streams;
    }

    private StreamSpec stream(String name, Section properties) {
        String start = properties.required("StartingPosition");
        if (!start.equals("TRIM_HORIZON") && !start.equals("LATEST")) {
            throw new TemplateException(properties.place() + ".StartingPosition must be TRIM_HORIZON or LATEST");
        }
        int retries = properties.integer("MaximumRetryAttempts", -1);
        int seconds = properties.integer("MaximumRecordAgeInSeconds", -1);
        return new StreamSpec(
                name,
                table(properties),
                properties.integer("BatchSize", DEFAULT_BATCH),
                start.equals("TRIM_HORIZON"),
                properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                properties.flag("BisectBatchOnFunctionError", false),
                retries < 0 ? OptionalInt.empty() : OptionalInt.of(retries),
                seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
                deadLetters(properties),
                properties.section("FilterCriteria").sections("Filters").stream()
                        .map(filter -> filter.required("Pattern"))
                        .toList());
    }

    private String table(Section properties) {
        Object stream = properties.raw("Stream").orElse("");
        if (stream instanceof Map<?, ?> map
                && map.get("Fn::GetAtt") instanceof List<?> path
                && path.size() == 2
                && path.getLast().equals("StreamArn")
                && resources.containsKey(String.valueOf(path.getFirst()))) {
            String id = String.valueOf(path.getFirst());
            Section resource = new Section(id, resources.get(id), intrinsics);
            if (resource.required("Type").equals("AWS::DynamoDB::Table")) {
                return resource.section("Properties").required("TableName");
            }
        }
        throw new TemplateException(
                properties.place() + ".Stream must be !GetAtt of the StreamArn of a table in this template");
    }

    private static Optional<String> deadLetters(Section properties) {
        Section destination = properties.section("DestinationConfig").section("OnFailure");
        return destination.text("Destination").map(arn -> arn.substring(arn.lastIndexOf(':') + 1));
    }
}
