package dev.parley.local.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final String API = "Resources: {Api: {Type: 'AWS::Serverless::Api', Properties: {StageName: s}}, ";

    @TempDir
    Path folder;

    @Test
    void theTestTemplateReads() throws IOException {
        Template template = read(new String(
                TemplateTest.class.getResourceAsStream("/template.yaml").readAllBytes(), StandardCharsets.UTF_8));
        FunctionSpec web = template.functions().get("Web");
        assertThat(web.environment()).containsEntry("STAGE", "test").containsEntry("SCRIPT", "none.web");
        assertThat(web.code()).isEqualTo(folder.resolve("scripted.jar"));
        assertThat(web.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(template.functions().get("Brief").environment()).containsEntry("SCRIPT", "none.brief");
        assertThat(template.functions().get("Narrow").reservedConcurrency()).hasValue(1);
        assertThat(template.functions()).doesNotContainKey("Left");
        assertThat(template.functions().get("Socket").schedules())
                .containsExactly(new ScheduleSpec("Tick", Duration.ofHours(1)));
        assertThat(template.functions().get("Socket").streams()).isEmpty();
        assertThat(template.functions().get("Listener").streams())
                .containsExactly(new StreamSpec(
                        "Outbox",
                        "test-Outbox",
                        10,
                        true,
                        true,
                        true,
                        OptionalInt.of(2),
                        Optional.of(Duration.ofHours(1)),
                        Optional.of("Letters"),
                        List.of("{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"NewImage\":{\"type\":"
                                + "{\"S\":[{\"prefix\":\"mail.\"}]}}}}")));
        SocketApiSpec socket = template.socket().orElseThrow();
        assertThat(socket.routes().get("ask").replies()).isTrue();
        assertThat(socket.routes().get("slow").timeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(socket.authorizer().orElseThrow().function()).isEqualTo("Doorman");
        RestApiSpec rest = template.rest().orElseThrow();
        assertThat(rest.routes()).contains(new RestRoute("Anything", "ANY", "/any", "Web"));
        assertThat(rest.binaryMediaTypes()).containsExactly("image/png");
        assertThat(rest.cors().orElseThrow().allowOrigin()).isEqualTo("https://app.example.org");
    }

    @Test
    void aParametersValueMayComeFromOutside() throws IOException {
        Path file = folder.resolve("template.yaml");
        Files.writeString(
                file,
                "Parameters: {P: {Type: String}}\n" + API
                        + "F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: f.jar, Handler: h, "
                        + "Environment: {Variables: {A: !Ref P, B: !Sub 'x-${P}-${AWS::Region}', C: !If [No, a, b]}}}}}\n"
                        + "Conditions: {No: !Not [!Equals [!Ref P, value]]}");
        Template template = Template.read(file, Map.of("P", "value"));
        assertThat(template.functions().get("F").environment())
                .isEqualTo(Map.of("A", "value", "B", "x-value-us-east-1", "C", "b"));
        assertThatThrownBy(() -> Template.read(file, Map.of("Q", "x")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no parameter Q");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Stream: !GetAtt T.StreamArn, StartingPosition: MIDDLE|TRIM_HORIZON or LATEST",
                "Stream: !GetAtt T.StreamArn|needs StartingPosition",
                "Stream: !GetAtt T.Arn, StartingPosition: LATEST|StreamArn of a table",
                "Stream: !GetAtt U.StreamArn, StartingPosition: LATEST|StreamArn of a table",
                "Stream: 'arn:aws:dynamodb:x', StartingPosition: LATEST|StreamArn of a table",
                "StartingPosition: LATEST|StreamArn of a table"
            })
    void aStreamIsThatOfATableOfTheTemplate(String properties, String message) {
        assertThatThrownBy(() -> read(
                        "Resources: {T: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: t}}, F: {Type: 'AWS::Serverless::Function', "
                                + "Properties: {CodeUri: c, Handler: h, Events: {E: {Type: DynamoDB, Properties: {"
                                + properties
                                + "}}}}}}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Resources: [|not YAML",
                "text|not a mapping",
                "A: 1\\nA: 2|line 2",
                "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {Handler: h}}}|F needs CodeUri",
                "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: c}}}|F needs Handler",
                "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: !Ref Nothing, Handler: h}}}|Nothing",
                "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: !Cidr x, Handler: h}}}|Fn::Cidr",
                "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: c, Handler: h, Timeout: soon}}}|must be a number",
                "Resources: {F: {Properties: {}}}|F needs Type"
            })
    void whatIsWrongIsNamed(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRouteMayStandOnce() {
        String events =
                "Events: {A: {Type: Api, Properties: {Path: /a, Method: GET}}, B: {Type: Api, Properties: {Path: /a, Method: get}}}";
        assertThatThrownBy(
                        () -> read(API + "F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: c, Handler: h, "
                                + events + "}}}"))
                .hasMessageContaining("GET /a stands twice");
    }

    private Template read(String text) throws IOException {
        Path file = folder.resolve("template.yaml");
        Files.writeString(file, text);
        return Template.read(file, Map.of());
    }
}
