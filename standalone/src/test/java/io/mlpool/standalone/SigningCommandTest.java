package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.signing.UnsignedBundleException;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningCommandTest {

    @TempDir
    private Path folder;

    @Test
    void keyIsRotatedAndRetired() {
        String first = signing("rotate").firstLine().replaceAll(" .*", "");
        register("run-1");
        assertThat(signing("list").out()).contains(first + "  signs");
        assertThat(signing("verify").out()).contains("version 1 of price-1h: whole, signed by " + first);

        assertThat(signing("retire", first).err()).contains("is the key that signs: ./mlpool signing rotate");
        String second = signing("rotate").firstLine().replaceAll(" .*", "");
        assertThat(signing("list").out()).contains(first + "  trusted", second + "  signs");
        assertThat(signing("retire", first).err()).contains("signed what is live: version 1 of price-1h, the champion");

        assertThat(signing("retire", first, "--force").code()).isZero();
        Commands.Result verified = signing("verify");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("REFUSED version 1 of price-1h is signed by the key " + first);
        assertThat(signing("retire", first).err()).contains("no key " + first + " is trusted");
    }

    @Test
    void versionsOfBeforeAreSignedAndDamagedOnesLeft() throws IOException {
        register("run-1");
        register("run-2");
        Files.writeString(registry().resolve("price-1h/versions/2/bundle/bundle.json"), "{}");
        signing("rotate");

        assertThat(signing("sign").out()).contains("version 1 of price-1h is signed", "1 versions were signed");
        assertThat(signing("verify").out())
                .contains("version 1 of price-1h: whole")
                .contains("REFUSED version 2 of price-1h: bundle.json was changed");
    }

    @Test
    void versionWithoutAReadableDescriptionIsRefusedAndTheOthersAreVerified() throws IOException {
        signing("rotate");
        register("run-1");
        register("run-2");
        Files.writeString(registry().resolve("price-1h/versions/2/version.json"), "");

        Commands.Result verified = signing("verify");

        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out())
                .contains("version 1 of price-1h: whole")
                .contains("REFUSED version 2 of price-1h: version.json is damaged")
                .contains("2 versions, 1 refused");
    }

    @Test
    void firstKeyOfAHomeSignsWhatIsThereAndNothingLater() {
        register("run-1");
        home().signing().begin(registry());
        FolderRegistry strict = new FolderRegistry(registry(), home().signing().signing());

        assertThat(strict.fetch(strict.find("price-1h", 1).orElseThrow()).signature())
                .isPresent();
        new FolderRegistry(registry()).register(ConstantModel.bundle(folder.resolve("smuggled"), "smuggled"), Map.of());
        assertThatThrownBy(() -> strict.fetch(strict.find("price-1h", 2).orElseThrow()))
                .isInstanceOf(UnsignedBundleException.class);
    }

    @Test
    void retiredKeyCountsNoLongerWhateverFilesItIsIn() throws IOException {
        String id = signing("rotate").firstLine().replaceAll(" .*", "");
        Path file = home().signing().trusted().resolve(id + ".pem");
        Files.copy(file, file.resolveSibling("copy.pem"));
        signing("rotate");

        assertThat(signing("retire", id).code()).isZero();

        assertThat(signing("list").out()).doesNotContain(id);
    }

    @Test
    void verificationSaysWhereItLookedAndWhatItCouldNotSee() throws IOException {
        signing("rotate");
        Commands.Result nothing = signing("verify");
        assertThat(nothing.code()).isZero();
        assertThat(nothing.out()).contains("folder " + registry() + ": 0 versions, 0 refused");

        String id = signing("list").firstLine().replaceAll(" .*", "");
        signing("rotate");
        Files.createDirectories(home().mlflow());
        Commands.Result half = signing("verify");
        assertThat(half.code()).isEqualTo(1);
        assertThat(half.out()).contains("NOT VERIFIED: the models in the MLflow of " + home().folder());
        assertThat(signing("retire", id).err()).contains(id + " may have signed the models in the MLflow of ");
        assertThat(signing("verify", "--storage", home().models().toString()).code())
                .isZero();
    }

    @Test
    void keysOfOnesOwnServicesStandBesideEachOther() {
        Path etc = folder.resolve("etc");
        String id = signing("rotate", "--key", etc.resolve("signing.pem").toString())
                .firstLine()
                .replaceAll(" .*", "");

        assertThat(signing("list", "--trusted", etc.resolve("trusted").toString())
                        .out())
                .isEqualTo(
                        "%s  signs    %s%n".formatted(id, etc.resolve("trusted").resolve(id + ".pem")));
        assertThat(home().signing().exist()).isFalse();
    }

    @Test
    void keyThatIsDamagedIsNamed() throws IOException {
        signing("rotate");
        Files.writeString(home().signing().key(), "no key");

        assertThat(signing("list").err()).contains("signing.pem holds no Ed25519 private key");
    }

    @Test
    void withoutKeysItSaysHowToGetThem() {
        Commands.Result result = signing("verify");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("there are no signing keys at", "./mlpool signing rotate");
    }

    private void register(String runId) {
        FolderRegistry registry =
                new FolderRegistry(registry(), home().signing().signing());
        registry.register(ConstantModel.bundle(folder.resolve(runId), runId), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
    }

    private Commands.Result signing(String command, String... options) {
        List<String> all = new ArrayList<>(List.of("signing", command));
        all.addAll(List.of(options));
        all.addAll(List.of("--home", home().folder().toString()));
        return Commands.execute(all.toArray(String[]::new));
    }

    private Path registry() {
        return home().registry();
    }

    private PoolHome home() {
        return new PoolHome(folder.resolve("home"));
    }
}
