package dev.parley.checks.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

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

    private static String yaml(Map<String, Object> document) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(160)
                .build();
        return "# Made of template.yaml and the records of contracts; docs/contracts.md says how.\n"
                + new Dump(settings).dumpToString(document);
    }
}
