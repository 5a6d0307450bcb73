package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.local.gateway.template.Template;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.LambdaFunction;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template says of each function what the function's own code says: its routes and its tables, no more and no less. */
class TemplateTruthTest {
    private static final Path TEMPLATE = RunningSystem.ROOT.resolve("template.yaml");
    private static final Pattern RESOURCE = Pattern.compile(" {2}([A-Za-z]+):");
    private static final Pattern TABLE_OF_POLICY =
            Pattern.compile(".*:table/\\$\\{TablePrefix}([A-Za-z]+)(/index/\\*)?");

    /** By the logical id in the template. */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "Identity", "dev.parley.identity.function.IdentityFunction",
            "Meetings", "dev.parley.meetings.function.MeetingsFunction",
            "Signaling", "dev.parley.signaling.function.SignalingFunction",
            "Fleet", "dev.parley.fleet.function.FleetFunction",
            "Notifications", "dev.parley.notifications.function.NotificationsFunction",
            "Messaging", "dev.parley.messaging.function.MessagingFunction",
            "Files", "dev.parley.files.function.FilesFunction");

    @TempDir
    Path folder;

    @Test
    void everyFunctionAnswersTheRoutesThatTheTemplateSendsIt() throws Exception {
        Map<String, Set<String>> written = new TreeMap<>();
        Template.read(TEMPLATE, Map.of())
                .rest()
                .orElseThrow()
                .routes()
                .forEach(route -> written.computeIfAbsent(route.function(), name -> new TreeSet<>())
                        .add(route.method() + " " + route.path()));

        Map<String, Set<String>> answered = new TreeMap<>();
        for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
            Set<String> patterns = new TreeSet<>(wired(function.getValue()).patterns());
            if (!patterns.isEmpty()) {
                answered.put(function.getKey(), patterns);
            }
        }

        assertThat(answered).isEqualTo(written);
    }

    @Test
    void everyFunctionMayUseTheTablesThatItsCodeUsesAndNoOthers() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.parley");
        Map<String, Set<String>> used = new TreeMap<>();
        FUNCTIONS.forEach((name, type) -> used.put(name, tablesUsedFrom(classes.get(type))));

        assertThat(tablesAllowed()).isEqualTo(used);
    }

    /** The function as it wires itself; nothing is connected by that. */
    private EventRouter wired(String type) throws Exception {
        LambdaFunction function =
                (LambdaFunction) Class.forName(type).getDeclaredConstructor().newInstance();
        Method wire = function.getClass().getDeclaredMethod("wire", Settings.class);
        wire.setAccessible(true);
        return (EventRouter) wire.invoke(function, settings());
    }

    private Settings settings() {
        new KeyFolder(folder).createMissing(InstantSource.system(), new SecureRandom());
        Map<String, String> values = new HashMap<>();
        values.put(SettingKeys.KEYS_URI, folder.toUri().toString());
        values.put(SettingKeys.OBJECTS_URI, folder.toUri().toString());
        values.put(SettingKeys.FILES_URI, "s3://parley-files/");
        values.put(SettingKeys.PUBLIC_URL, "http://localhost:8800");
        values.put(SettingKeys.WS_URL, "ws://localhost:8800/ws/signaling");
        values.put(SettingKeys.DYNAMODB_ENDPOINT, "http://127.0.0.1:9");
        values.put(SettingKeys.DATABASE_URL, "jdbc:aws-wrapper:postgresql://127.0.0.1:9/parley");
        values.put(SettingKeys.DATABASE_USER, "parley");
        values.put(SettingKeys.MAIL_FROM, "Parley <no-reply@example.org>");
        values.put("AWS_REGION", "us-east-1");
        values.put("AWS_ACCESS_KEY_ID", "local");
        values.put("AWS_SECRET_ACCESS_KEY", "local");
        return Settings.of(values);
    }

    /** The tables that the classes name which this one needs, directly or through others of ours. */
    private static Set<String> tablesUsedFrom(JavaClass function) {
        Set<JavaClass> seen = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(Set.of(function));
        while (!open.isEmpty()) {
            JavaClass type = open.pop();
            boolean ours = type.getPackageName().startsWith("dev.parley") && !type.isEquivalentTo(Tables.class);
            if (ours && seen.add(type)) {
                type.getDirectDependenciesFromSelf().forEach(needed -> open.push(needed.getTargetClass()));
            }
        }
        Set<String> constants = Stream.of(Tables.values()).map(Enum::name).collect(Collectors.toSet());
        return seen.stream()
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Tables.class))
                .map(access -> access.getTarget().getName())
                .filter(constants::contains)
                .map(name -> Tables.valueOf(name).logicalName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tables in the policies of each function, by its logical id: its own, or those of the role that is named after it. */
    private static Map<String, Set<String>> tablesAllowed() throws IOException {
        Map<String, Set<String>> allowed = new TreeMap<>();
        String resource = "";
        for (String line : Files.readAllLines(TEMPLATE)) {
            Matcher name = RESOURCE.matcher(line);
            if (name.matches()) {
                resource = name.group(1).replaceFirst("Role$", "");
            }
            Matcher table = TABLE_OF_POLICY.matcher(line);
            if (table.matches()) {
                allowed.computeIfAbsent(resource, key -> new TreeSet<>()).add(table.group(1));
            }
        }
        return allowed;
    }
}
