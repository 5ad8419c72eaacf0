package io.mlpool.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.mlflow.MlflowProperties;
import io.mlpool.mlflow.Runs;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.Forgetting;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.Wire;
import io.mlpool.testing.Wire.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class MlflowRegistryTest extends SignedModelRegistryContract {

    private final RealMlflow server = RealMlflow.shared();
    private final Wire wire = new Wire(server.uri());

    @Override
    ModelRegistry open(BundleSigning signing, Encryption encryption) {
        return new MlflowRegistry(
                new Mlflow(quickly(), Optional.empty()), work.resolve("fetched"), signing, encryption);
    }

    @Override
    void overwrite(ModelVersion version, String file, byte[] content) {
        Mlflow direct = Mlflow.at(server.uri());
        URI folder = direct.registeredModels()
                .version(version.model(), version.version())
                .orElseThrow()
                .source();
        try {
            direct.artifacts()
                    .upload(folder, file, Files.write(Files.createTempFile(work, "over", "written"), content));
            FileSystemUtils.deleteRecursively(work.resolve("fetched"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Repeats without resting, so that outages by the dozen take seconds. */
    private MlflowProperties quickly() {
        MlflowProperties usual = MlflowProperties.of(wire.uri());
        return new MlflowProperties(
                usual.uri(),
                null,
                null,
                null,
                usual.connectTimeout(),
                usual.timeout(),
                usual.transferTimeout(),
                List.of(Duration.ofMillis(1)),
                null);
    }

    @BeforeEach
    void forgetTheModel() {
        Forgetting.model(server.uri(), "price-1h");
    }

    @AfterEach
    void forgetTheOtherModelAndCutTheWire() {
        Forgetting.model(server.uri(), "price-1d");
        wire.close();
    }

    @Test
    void runThatManyBeginAtTheSameTimeIsBegunOnce() throws Exception {
        Mlflow mlflow = Mlflow.at(server.uri());
        String experiment = mlflow.experiments().id("begun-at-the-same-time");
        Callable<Runs.Run> begin = () -> mlflow.runs().findOrCreate(experiment, "mlpool.run_id", "one", Instant.EPOCH);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Runs.Run>> begun = threads.invokeAll(Collections.nCopies(8, begin));

            assertThat(begun.stream().map(Future::resultNow).distinct()).hasSize(1);
        }
    }

    @Test
    void aRunRegisteredByManyAtOnceGetsOneVersion() throws Exception {
        ModelBundle bundle = ConstantModel.bundle(work.resolve("bundle"), "run-1");
        Callable<ModelVersion> register = () -> open().register(bundle, Map.of());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<ModelVersion>> registered =
                    threads.invokeAll(Stream.generate(() -> register).limit(8).toList());
            int version = registered.getFirst().get().version();
            for (Future<ModelVersion> one : registered) {
                assertThat(one.get().version()).isEqualTo(version);
            }
        }
        assertThat(open().versions("price-1h")).hasSize(1);
    }

    @Test
    void whateverRequestIsLostARepetitionEndsWithOneWholeVersion() {
        assertOneVersionHoweverItIsDisturbed(Fate.LOST);
    }

    @Test
    void whateverAnswerIsLostARepetitionEndsWithOneWholeVersion() {
        assertOneVersionHoweverItIsDisturbed(Fate.UNANSWERED);
    }

    /** For each request of a registration: that one and all after it go wrong, and then the registration is repeated. */
    private void assertOneVersionHoweverItIsDisturbed(Fate fate) {
        int requests = requestsOfARegistration();
        for (int first = 1; first <= requests; first++) {
            String run = "%s-%d".formatted(fate.name().toLowerCase(Locale.ROOT), first);
            ModelBundle bundle = ConstantModel.bundle(work.resolve(run), run);
            fromRequestOn(first, fate);
            assertThatThrownBy(() -> open().register(bundle, Map.of())).isInstanceOf(MlflowException.class);
            wire.weather(request -> Fate.PASS);

            ModelVersion version = open().register(bundle, Map.of("gate", "won"));

            assertThat(open().versions("price-1h").stream()
                            .filter(one -> one.runId().equals(run)))
                    .as("%s from request %d on", fate, first)
                    .containsExactly(version);
            assertThat(open().fetch(version).digest()).isEqualTo(bundle.digest());
        }
    }

    @Test
    void twoExecutionsOfARunWithDifferentBundlesLeaveOneWholeVersion() {
        ModelBundle slow = ConstantModel.bundle(work.resolve("slow"), "doubled");
        ModelBundle quick = bundle("quick", "doubled", 0.7);
        AtomicBoolean overtaken = new AtomicBoolean();
        wire.weather(request -> {
            if (request.startsWith("PUT ") && overtaken.compareAndSet(false, true)) {
                open().register(quick, Map.of());
            }
            return Fate.PASS;
        });

        ModelVersion version = open().register(slow, Map.of());

        assertThat(open().versions("price-1h")).containsExactly(version);
        assertThat(open().fetch(version).digest()).isEqualTo(quick.digest());
    }

    private ModelBundle bundle(String folder, String run, double wql) {
        ForecastManifest usual = ConstantModel.manifest("price-1h", run);
        ForecastManifest manifest = new ForecastManifest(
                BundleHeader.FORMAT,
                usual.model(),
                usual.algorithm(),
                usual.features(),
                usual.shape(),
                usual.calibration(),
                usual.provenance(),
                Map.of("wql_1h", wql),
                usual.naive(),
                null);
        return ForecastBundle.write(
                        StoredFolder.plain(work.resolve(folder)),
                        manifest,
                        ConstantModel.golden(),
                        ConstantModel.onnx(),
                        Optional.empty(),
                        Optional.empty())
                .bundle();
    }

    @Test
    void theFileByWhichToolsKnowAModelIsUploadedLast() {
        open().register(ConstantModel.bundle(work.resolve("bundle"), "ordered"), Map.of());

        assertThat(wire.requests().stream().filter(request -> request.startsWith("PUT ")))
                .hasSizeGreaterThan(5)
                .last()
                .asString()
                .matches("PUT .*/artifacts/model-[0-9a-f]{12}/MLmodel");
    }

    @Test
    void halfABundleIsNotKept() throws IOException {
        ModelVersion version = open().register(ConstantModel.bundle(work.resolve("bundle"), "halved"), Map.of());
        wire.weather(request -> request.endsWith("model.onnx") ? Fate.HALVED : Fate.PASS);

        assertThatThrownBy(() -> open().fetch(version)).isInstanceOf(MlflowException.class);

        assertThat(filesIn(work.resolve("fetched"))).isEmpty();
        wire.weather(request -> Fate.PASS);
        assertThat(open().fetch(version).digest()).isEqualTo(version.tags().get("bundle_digest"));
    }

    @Test
    void whatAKilledDownloadLeftIsTakenAway() throws IOException {
        ModelVersion version = open().register(ConstantModel.bundle(work.resolve("bundle"), "abandoned"), Map.of());
        Path staging = Files.createDirectories(work.resolve("fetched/.staging"));
        Path yesterdays = Files.createDirectory(staging.resolve("yesterday"));
        Files.writeString(yesterdays.resolve("model.onnx"), "half");
        Files.setLastModifiedTime(yesterdays, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Path running = Files.createDirectory(staging.resolve("running"));

        open().fetch(version);

        assertThat(yesterdays).doesNotExist();
        assertThat(running).as("another process may be at it").exists();
    }

    @Test
    void aBundleThatIsHereNeedsNoServer() {
        ModelVersion version = open().register(ConstantModel.bundle(work.resolve("bundle"), "kept"), Map.of());
        Path fetched = open().fetch(version).directory();
        wire.weather(request -> Fate.LOST);

        assertThat(open().fetch(version).directory()).isEqualTo(fetched);
    }

    @Test
    void aBundleThatWasDamagedHereIsFetchedAgain() throws IOException {
        ModelVersion version = open().register(ConstantModel.bundle(work.resolve("bundle"), "damaged"), Map.of());
        Path onnx = open().fetch(version).directory().resolve("model.onnx");
        Files.write(onnx, new byte[] {1, 2, 3});

        assertThat(open().fetch(version).digest()).isEqualTo(version.tags().get("bundle_digest"));
    }

    @Test
    void aBundleThatWasExchangedOnTheServerIsRefused() {
        ModelVersion version = open().register(ConstantModel.bundle(work.resolve("bundle"), "exchanged"), Map.of());
        ModelBundle other = ConstantModel.bundle(work.resolve("other"), "another-run");
        String folder = wire.requests().stream()
                .filter(request -> request.endsWith("/MLmodel"))
                .findFirst()
                .orElseThrow()
                .replaceAll("PUT /api/2.0/mlflow-artifacts/artifacts/|/MLmodel", "");
        other.files().forEach(file -> Mlflow.at(wire.uri())
                .artifacts()
                .upload(
                        URI.create("mlflow-artifacts:/" + folder),
                        file,
                        other.directory().resolve(file)));

        assertThatThrownBy(() -> open().fetch(version))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("was changed after it was registered");
    }

    @Test
    void watchingTheAliasesTakesOneRequest() {
        ModelRegistry registry = open();
        registry.register(ConstantModel.bundle(work.resolve("bundle"), "watched"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
        int before = wire.requests().size();

        assertThat(registry.aliases())
                .containsExactly(new ModelAliases("price-1h", Map.of(Alias.CHAMPION, 1), Map.of()));
        assertThat(wire.requests()).hasSize(before + 1);
    }

    /** Of a second one: the first makes experiment and model, which takes a few more. */
    private int requestsOfARegistration() {
        open().register(ConstantModel.bundle(work.resolve("first"), "first"), Map.of());
        int before = wire.requests().size();
        open().register(ConstantModel.bundle(work.resolve("counted"), "counted"), Map.of());
        return wire.requests().size() - before;
    }

    private void fromRequestOn(int first, Fate fate) {
        AtomicInteger number = new AtomicInteger();
        wire.weather(request -> number.incrementAndGet() < first ? Fate.PASS : fate);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
