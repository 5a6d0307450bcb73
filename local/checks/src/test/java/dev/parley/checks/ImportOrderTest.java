package dev.parley.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run downward only. Each rule says which way is down. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportOrderTest {
    private static final String[] CONTEXTS = {
        "dev.parley.identity..",
        "dev.parley.meetings..",
        "dev.parley.signaling..",
        "dev.parley.fleet..",
        "dev.parley.notifications..",
        "dev.parley.messaging..",
        "dev.parley.files.."
    };

    @ArchTest
    static final ArchRule kernelNeedsTheJdkAlone = classes()
            .that()
            .resideInAPackage("dev.parley.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.parley.kernel..", "java..", "javax..");

    @ArchTest
    static final ArchRule contractsKnowNothingOfTheirUsers = classes()
            .that()
            .resideInAPackage("dev.parley.contracts..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.contracts..", "java..", "tools.jackson..", "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule domainsNeedKernelAndContractsAlone = classes()
            .that()
            .resideInAnyPackage(
                    "dev.parley.identity",
                    "dev.parley.meetings",
                    "dev.parley.signaling",
                    "dev.parley.fleet",
                    "dev.parley.notifications",
                    "dev.parley.messaging",
                    "dev.parley.files")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "dev.parley.kernel..",
                    "dev.parley.contracts..",
                    "tools.jackson.databind..",
                    "dev.parley.identity",
                    "dev.parley.meetings",
                    "dev.parley.signaling",
                    "dev.parley.fleet",
                    "dev.parley.notifications",
                    "dev.parley.messaging",
                    "dev.parley.files")
            .because("a context's domain and use cases are tested without a store, a framework or a network");

    @ArchTest
    static final ArchRule contextsNeverImportEachOther = slices().assignedFrom(
                    new com.tngtech.archunit.library.dependencies.SliceAssignment() {
                        @Override
                        public com.tngtech.archunit.library.dependencies.SliceIdentifier getIdentifierOf(
                                com.tngtech.archunit.core.domain.JavaClass type) {
                            for (String context : CONTEXTS) {
                                if (resideInAPackage(context).test(type)) {
                                    return com.tngtech.archunit.library.dependencies.SliceIdentifier.of(context);
                                }
                            }
                            return com.tngtech.archunit.library.dependencies.SliceIdentifier.ignore();
                        }

                        @Override
                        public String getDescription() {
                            return "contexts";
                        }
                    })
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule platformKnowsNoDomain = noClasses()
            .that()
            .resideInAPackage("dev.parley.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONTEXTS);

    @ArchTest
    static final ArchRule onlyFunctionsAndTheShellSeeSpring = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.platform.lambda..", "dev.parley.*.function..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule rtpImportsNothing = classes()
            .that()
            .resideInAPackage("dev.parley.rtp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.parley.rtp..", "java..", "javax.crypto..");

    @ArchTest
    static final ArchRule sctpImportsNothing = classes()
            .that()
            .resideInAPackage("dev.parley.sctp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.parley.sctp..", "java..", "javax.crypto..");

    @ArchTest
    static final ArchRule sfuSeesPacketsNeverASocket = noClasses()
            .that()
            .resideInAPackage("dev.parley.sfu..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..",
                    "java.nio.channels..",
                    "dev.parley.transport..",
                    "dev.parley.node..",
                    "dev.parley.contracts..");

    @ArchTest
    static final ArchRule transportKnowsNoRooms = noClasses()
            .that()
            .resideInAPackage("dev.parley.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.sfu..", "dev.parley.node..", "dev.parley.contracts..");

    @ArchTest
    static final ArchRule peerIsAStrangerToTheServer = noClasses()
            .that()
            .resideInAPackage("dev.parley.peer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.transport..", "dev.parley.sfu..", "dev.parley.node..", "dev.parley.platform..");

    @ArchTest
    static final ArchRule noNativeCodecInTheMediaNode = noClasses()
            .that()
            .resideInAnyPackage("dev.parley.rtp..", "dev.parley.transport..", "dev.parley.sfu..", "dev.parley.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because("a codec's crash must end no room");

    @ArchTest
    static final ArchRule onlyTheShellReadsTheEnvironment = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.parley.identity..",
                    "dev.parley.meetings..",
                    "dev.parley.signaling..",
                    "dev.parley.fleet..",
                    "dev.parley.notifications..",
                    "dev.parley.messaging..",
                    "dev.parley.files..")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule modulesAreFreeOfCycles = slices().matching("dev.parley.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what depends on each other belongs together or apart");

    @ArchTest
    static final ArchRule platformIsFreeOfCycles =
            slices().matching("dev.parley.platform.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theLaptopIsFreeOfCycles =
            slices().matching("dev.parley.local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
