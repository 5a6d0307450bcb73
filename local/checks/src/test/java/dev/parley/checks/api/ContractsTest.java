package dev.parley.checks.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.contracts.Wire;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * The contract that lies in the repository is the one that the template, the records and the error codes make. After a change of those,
 * {@code -Dcontracts.write=true} writes it anew.
 */
class ContractsTest {
    private static final Path ROOT = Path.of(System.getProperty("parley.root"));
    private static final Path CONTRACTS = ROOT.resolve("contracts");

    private final List<RestRoute> routes = Template.read(ROOT.resolve("template.yaml"), Map.of())
            .rest()
            .orElseThrow()
            .routes();
    private final Schemas schemas = new Schemas(new RecordDocs(CONTRACTS.resolve("src/main/java")));

    @Test
    void restIsAsWritten() throws IOException {
        assertIsWritten(
                CONTRACTS.resolve("openapi.yaml"), yaml(new OpenApi(new Endpoints(), schemas).document(routes)));
    }

    @Test
    void socketAndChannelAreAsWritten() throws IOException {
        assertIsWritten(CONTRACTS.resolve("asyncapi.yaml"), yaml(new AsyncApi(schemas).document()));
    }

    /** As every tool that reads such documents looks at it first. */
    @Test
    void socketAndChannelAreAnAsyncApiDocument() throws IOException {
        String document = Wire.write(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(CONTRACTS.resolve("asyncapi.yaml"))));
        try (InputStream schema = ContractsTest.class.getResourceAsStream("/asyncapi-3.0.0.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(schema)
                            .validate(document, InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void typesForTheClientLibraryAreAsWritten() throws IOException {
        new OpenApi(new Endpoints(), schemas).document(routes);
        new AsyncApi(schemas).document();
        assertIsWritten(ROOT.resolve("clients/web/packages/client/src/contract.ts"), TypeScript.write(schemas.named()));
    }

    @Test
    void nothingIsSaidOfRoutesThatAreNotThere() {
        assertThat(new Endpoints().all().keySet())
                .isEqualTo(routes.stream()
                        .map(RestRoute::name)
                        .filter(name -> !Endpoints.isAlias(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void assertIsWritten(Path file, String text) throws IOException {
        if (Boolean.getBoolean("contracts.write")) {
            Files.writeString(file, text);
        }
        assertThat(file).as("run this test with -Dcontracts.write=true").exists();
        assertThat(Files.readString(file))
                .as("%s is old: run this test with -Dcontracts.write=true", file.getFileName())
                .isEqualTo(text);
    }

    /** Quotes what YAML 1.1 takes for true or false: {@code on} and {@code no} are texts for every reader. */
    private static final class BothYamls extends JsonSchema {
        private static final Pattern WORDS = Pattern.compile("(?i)y|n|yes|no|on|off");

        @Override
        public ScalarResolver getScalarResolver() {
            ScalarResolver resolver = super.getScalarResolver();
            return (value, implicit) ->
                    implicit && WORDS.matcher(value).matches() ? Tag.BOOL : resolver.resolve(value, implicit);
        }
    }

    private static String yaml(Map<String, Object> document) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(160)
                .setSchema(new BothYamls())
                .build();
        return "# Made of template.yaml and the records of contracts; docs/contracts.md says how.\n"
                + new Dump(settings).dumpToString(document);
    }
}
