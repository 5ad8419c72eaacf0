package io.mlpool.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.ConstantModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every registry keeps; each implementation inherits these tests. */
abstract class ModelRegistryContract {

    @TempDir
    Path work;

    /** A registry on the same storage at each call, as another process would open it. */
    final ModelRegistry open() {
        return open(BundleSigning.none());
    }

    final ModelRegistry open(BundleSigning signing) {
        return open(signing, Encryption.off());
    }

    abstract ModelRegistry open(BundleSigning signing, Encryption encryption);

    @Test
    void versionsCountFromOneAndKeepTheirTags() {
        ModelRegistry registry = open();
        registry.register(bundle("run-1"), Map.of("gate", "first"));
        ModelVersion second = registry.register(bundle("run-2"), Map.of("gate", "won"));
        assertThat(second.version()).isEqualTo(2);
        assertThat(open().versions("price-1h"))
                .extracting(ModelVersion::version)
                .containsExactly(1, 2);
        assertThat(open().find("price-1h", 2)).contains(second);
        assertThat(second.tags()).containsEntry("gate", "won");
        assertThat(open().models()).containsExactly("price-1h");
    }

    @Test
    void registeringTheSameRunAgainGivesItsVersion() {
        ModelRegistry registry = open();
        ModelVersion first = registry.register(bundle("run-1"), Map.of());
        assertThat(open().register(bundle("run-1"), Map.of())).isEqualTo(first);
        assertThat(registry.versions("price-1h")).hasSize(1);
    }

    @Test
    void aVersionIsDeletedButItsNumberIsNotGivenAgain() {
        ModelRegistry registry = open();
        IntStream.rangeClosed(1, 3).forEach(run -> registry.register(bundle("run-" + run), Map.of()));

        registry.delete("price-1h", 2);
        registry.delete("price-1h", 2);
        registry.delete("price-4h", 2);

        assertThat(open().versions("price-1h"))
                .extracting(ModelVersion::version)
                .containsExactly(1, 3);
        assertThat(registry.register(bundle("run-4"), Map.of()).version()).isEqualTo(4);
        assertThatThrownBy(() -> registry.assign("price-1h", Alias.CHAMPION, 2))
                .isInstanceOf(UnknownVersionException.class);
    }

    @Test
    void aVersionThatIsInUseIsNotDeleted() {
        ModelRegistry registry = open();
        IntStream.rangeClosed(1, 2).forEach(run -> registry.register(bundle("run-" + run), Map.of()));
        registry.assign("price-1h", Alias.CHALLENGER, 1);

        assertThatThrownBy(() -> registry.delete("price-1h", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1 of price-1h is in use");
        assertThatThrownBy(() -> registry.delete("price-1h", 2))
                .as("the newest")
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(open().versions("price-1h")).hasSize(2);
    }

    @Test
    void aVersionIsFoundByTheRunThatMadeIt() {
        ModelRegistry registry = open();
        registry.register(bundle("run-1"), Map.of());
        ModelVersion second = registry.register(bundle("run-2"), Map.of());
        assertThat(open().ofRun("price-1h", "run-2")).contains(second);
        assertThat(open().ofRun("price-1h", "run-3")).isEmpty();
        assertThat(open().ofRun("price-4h", "run-2")).isEmpty();
    }

    @Test
    void theAliasesOfAllModelsAreSeenAtOnce() {
        ModelRegistry registry = open();
        registry.register(bundle("run-1"), Map.of());
        registry.register(bundle("run-2"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
        registry.assign("price-1h", Alias.CHALLENGER, 2);
        assertThat(open().aliases())
                .containsExactly(
                        new ModelAliases("price-1h", Map.of(Alias.CHAMPION, 1, Alias.CHALLENGER, 2), Map.of()));
        registry.unassign("price-1h", Alias.CHAMPION);
        assertThat(open().aliases())
                .containsExactly(new ModelAliases("price-1h", Map.of(Alias.CHALLENGER, 2), Map.of()));
    }

    @Test
    void theFetchedBundleIsTheRegisteredOne() {
        ModelVersion version = open().register(bundle("run-1"), Map.of());
        ModelBundle fetched = open().fetch(version);
        assertThat(fetched.header().provenance().runId()).isEqualTo("run-1");
    }

    @Test
    void anAliasMovesBetweenVersionsAndCanBeTakenAway() {
        ModelRegistry registry = open();
        registry.register(bundle("run-1"), Map.of());
        registry.register(bundle("run-2"), Map.of());
        assertThat(registry.find("price-1h", Alias.CHAMPION)).isEmpty();
        registry.assign("price-1h", Alias.CHAMPION, 2);
        assertThat(open().find("price-1h", Alias.CHAMPION))
                .get()
                .extracting(ModelVersion::version)
                .isEqualTo(2);
        registry.assign("price-1h", Alias.CHAMPION, 1);
        assertThat(open().find("price-1h", Alias.CHAMPION))
                .get()
                .extracting(ModelVersion::version)
                .isEqualTo(1);
        assertThat(open().find("price-1h", Alias.CHALLENGER)).isEmpty();
        registry.unassign("price-1h", Alias.CHAMPION);
        registry.unassign("price-1h", Alias.CHAMPION);
        assertThat(open().find("price-1h", Alias.CHAMPION)).isEmpty();
    }

    @Test
    void anAliasThatWasPointedElsewhereMeanwhileIsNotReplaced() {
        ModelRegistry registry = open();
        IntStream.rangeClosed(1, 3).forEach(run -> registry.register(bundle("run-" + run), Map.of()));

        assertThat(registry.replace("price-1h", Alias.CHAMPION, 1, 2))
                .as("none is there")
                .isFalse();
        assertThat(registry.replace("price-1h", Alias.CHAMPION, null, 1)).isTrue();
        assertThat(registry.replace("price-1h", Alias.CHAMPION, null, 2)).isFalse();
        assertThat(registry.replace("price-1h", Alias.CHAMPION, 1, 3)).isTrue();
        assertThat(registry.replace("price-1h", Alias.CHAMPION, 1, 2)).isFalse();
        assertThat(open().target("price-1h", Alias.CHAMPION)).contains(3);
    }

    @Test
    void anAliasCannotPointToAVersionThatIsNotThere() {
        assertThatThrownBy(() -> open().assign("price-1h", Alias.CHAMPION, 9))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("model price-1h has no version 9");
    }

    @Test
    void anUnknownModelHasNothing() {
        assertThat(open().versions("price-1h")).isEmpty();
        assertThat(open().find("price-1h", Alias.CHAMPION)).isEmpty();
        assertThat(open().models()).isEmpty();
    }

    @Test
    void aNameThatIsNoModelNameHasNothing() {
        assertThat(open().versions("../../etc")).isEmpty();
        assertThat(open().find("..", Alias.CHAMPION)).isEmpty();
    }

    @Test
    void manyAtOnceGetDifferentNumbers() throws Exception {
        List<ModelBundle> bundles =
                IntStream.range(0, 12).mapToObj(i -> bundle("run-" + i)).toList();
        List<Callable<ModelVersion>> registrations = bundles.stream()
                .<Callable<ModelVersion>>map(bundle -> () -> open().register(bundle, Map.of()))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<ModelVersion> registered : threads.invokeAll(registrations)) {
                registered.get();
            }
        }
        assertThat(open().versions("price-1h"))
                .extracting(ModelVersion::version)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
    }

    /** The same run gives the same bytes. */
    final ModelBundle bundle(String runId) {
        return ConstantModel.bundle(
                work.resolve("bundles").resolve(UUID.randomUUID().toString()), runId);
    }
}
