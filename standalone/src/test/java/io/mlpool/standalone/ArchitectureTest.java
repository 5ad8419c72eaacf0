package io.mlpool.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, each with its reason. */
class ArchitectureTest {

    private static final JavaClasses POOL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.mlpool");

    @Test
    void theServicesDoNotKnowEachOther() {
        slices().matching("io.mlpool.(ingest|training|serving)..")
                .should()
                .notDependOnEachOther()
                .because(
                        "services meet in PostgreSQL, in the registry and over HTTP, so that each can be replaced and scaled alone")
                .check(POOL);
    }

    @Test
    void theCommonLanguageIsBuiltFromTheMarketUp() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("registry")
                .definedBy("io.mlpool.registry..")
                .layer("signing")
                .definedBy("io.mlpool.signing..")
                .layer("model")
                .definedBy("io.mlpool.model..")
                .layer("feature store")
                .definedBy("io.mlpool.featurestore..")
                .layer("features")
                .definedBy("io.mlpool.features..")
                .layer("market")
                .definedBy("io.mlpool.market..")
                .whereLayer("registry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("signing")
                .mayOnlyBeAccessedByLayers("registry")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("signing", "registry")
                .whereLayer("feature store")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("model", "registry", "feature store")
                .because("a candle must not know what is learned from it")
                .check(POOL);
    }

    @Test
    void commonKnowsNoService() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.mlpool.market..",
                        "io.mlpool.features..",
                        "io.mlpool.featurestore..",
                        "io.mlpool.model..",
                        "io.mlpool.registry..",
                        "io.mlpool.encryption..",
                        "io.mlpool.signing..",
                        "io.mlpool.anomaly..",
                        "io.mlpool.audit..",
                        "io.mlpool.drift..",
                        "io.mlpool.edge..",
                        "io.mlpool.tls..",
                        "io.mlpool.tracing..",
                        "io.mlpool.errors..",
                        "io.mlpool.mlflow..",
                        "io.mlpool.protocols..",
                        "io.mlpool.readings..",
                        "io.mlpool.risk..",
                        "io.mlpool.schema..",
                        "io.mlpool.settings..",
                        "io.mlpool.statistics..",
                        "io.mlpool.threads..",
                        "io.mlpool.security..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mlpool.ingest..", "io.mlpool.training..", "io.mlpool.serving..", "io.mlpool.standalone..")
                .because("the common language is spoken by all and owned by none")
                .check(POOL);
    }

    @Test
    void mlflowsInterfaceKnowsNothingOfThePool() {
        noClasses()
                .that()
                .resideInAPackage("io.mlpool.mlflow..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mlpool.market..", "io.mlpool.features..", "io.mlpool.model..", "io.mlpool.registry..")
                .because("what MLflow's server understands is MLflow's business, what we keep there is the registry's")
                .check(POOL);
    }

    @Test
    void onlyTheNetworkPackageTouchesTheTrainingEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mlpool.training.network..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "onnx..")
                .because(
                        "ND4J is heavy, not thread-safe and must be replaceable; the serving image does not contain it")
                .check(POOL);
    }

    @Test
    void onlyTheEncryptionPackageTouchesTheCipher() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mlpool.encryption..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.crypto..", "javax.crypto..")
                .because(
                        "what is encrypted by whom must be readable in one room, and be loaded only where there is a key")
                .check(POOL);
    }

    @Test
    void packagesAreFreeOfTangles() {
        slices().matching("io.mlpool.(*).(**)")
                .should()
                .beFreeOfCycles()
                .because("a room that can only be understood together with its neighbours is one room")
                .check(POOL);
    }

    @Test
    void timeComesFromAClockThatATestCanSet() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("what happens at the turn of an hour must be testable at any time of day")
                .check(POOL);
    }

    @Test
    void fieldsAreNotInjected() {
        fields().should()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .because("a constructor shows what a class needs and lets a test give it")
                .check(POOL);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto)")
                .because("such a name says that nobody knew what the class is for")
                .check(POOL);
    }

    @Test
    void packagesAreNounsOfTheFieldNotLayers() {
        classes()
                .should()
                .resideOutsideOfPackages(
                        "..controller..", "..service..", "..repository..", "..dto..", "..util..", "..impl..")
                .because("one change must touch one room, not five")
                .check(POOL);
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        for (String module : List.of("common", "ingest-service", "training-service", "serving-service", "standalone")) {
            try (Stream<Path> directories = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                assertThat(directories.filter(ArchitectureTest::holdsCode).toList())
                        .as("NullAway checks only what is marked")
                        .allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                                .content()
                                .contains("@NullMarked"));
            }
        }
    }

    private static boolean holdsCode(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
