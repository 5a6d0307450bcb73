package dev.parley.sfu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private static final JavaClasses SFU = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley.sfu");

    @Test
    void importsRunInwardOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("rooms")
                .definedBy("dev.parley.sfu.rooms")
                .layer("relay")
                .definedBy("dev.parley.sfu.relay")
                .layer("allocation")
                .definedBy("dev.parley.sfu.allocation")
                .layer("slots")
                .definedBy("dev.parley.sfu.slots")
                .layer("tracks")
                .definedBy("dev.parley.sfu.tracks")
                .layer("repair")
                .definedBy("dev.parley.sfu.repair")
                .layer("bwe")
                .definedBy("dev.parley.sfu.bwe")
                .whereLayer("rooms")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("relay")
                .mayOnlyBeAccessedByLayers("rooms")
                .whereLayer("allocation")
                .mayOnlyBeAccessedByLayers("rooms")
                .whereLayer("slots")
                .mayOnlyBeAccessedByLayers("rooms", "allocation")
                .whereLayer("tracks")
                .mayOnlyBeAccessedByLayers("rooms", "relay", "allocation", "slots")
                .whereLayer("repair")
                .mayOnlyBeAccessedByLayers("rooms", "relay", "allocation", "slots", "tracks")
                .check(SFU);
    }

    @Test
    void theWordsKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.parley.sfu")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.parley.sfu.*")
                .check(SFU);
    }

    @Test
    void nothingButTheJdkAndRtpIsUsedAndNoSocketThreadOrFile() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java.lang..",
                        "java.nio",
                        "java.nio.charset",
                        "java.util..",
                        "dev.parley.rtp..",
                        "dev.parley.sfu..")
                .check(SFU);
        noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(SFU);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks")
                .check(SFU);
    }

    @Test
    void nobodyReadsAClock() {
        noClasses().should().callMethod(System.class, "nanoTime").check(SFU);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(SFU);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .check(SFU);
    }
}
