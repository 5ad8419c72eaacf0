package io.mlpool.standalone;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.ModelAliases;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.ModelVersions;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.TrustedKey;
import io.mlpool.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool signing}. */
@Command(
        name = "signing",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Models are signed when they are trained, and only what a trusted key has signed goes live. Running services heed what changes here "
                    + "without a restart.%n",
            "./mlpool signing verify",
            "./mlpool signing rotate",
            "./mlpool signing retire 7125c8162823d50c%n"
        })
final class SigningCommand {

    @Mixin
    private final Output out = new Output();

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows the keys that are trusted, and which signs.")
    int list(@Mixin SigningPlace place) {
        SigningKeys keys = place.requireKeys();
        String signs = keys.exist() ? SigningPlace.inWords(keys.signing()::keyId) : "";
        trusted(keys)
                .forEach(key ->
                        out.line("%s  %s  %s", key.id(), key.id().equals(signs) ? "signs  " : "trusted", key.file()));
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Makes another key, which signs from the next model on. What the old one signed is still trusted, until it is retired.")
    int rotate(@Mixin SigningPlace place) {
        out.line("%s signs from now on", SigningPlace.inWords(place.keys()::rotate));
        return 0;
    }

    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description = "Trusts a key no longer. Models that it signed are refused from then on.")
    int retire(
            @Parameters(paramLabel = "KEY", description = "Id, as list shows it") String id,
            @Option(names = "--force", description = "Even if it signs, or a live model was signed by it")
                    boolean force,
            @Mixin SigningPlace place) {
        SigningKeys keys = place.requireKeys();
        List<TrustedKey> files =
                trusted(keys).stream().filter(key -> key.id().equals(id)).toList();
        if (files.isEmpty()) {
            throw new MlpoolException("no key %s is trusted; ./mlpool signing list shows those that are".formatted(id));
        }
        if (!force) {
            requireUnused(id, keys, place);
        }
        files.forEach(key -> delete(key.file()));
        out.line("%s is trusted no longer", id);
        return 0;
    }

    @Command(
            name = "sign",
            mixinStandardHelpOptions = true,
            description =
                    "Signs versions that nobody has signed, those from before there was a key. What is damaged or signed by others is left as it is.")
    int sign(@Mixin SigningPlace place) {
        SigningKeys keys = place.requireKeys();
        if (!keys.exist()) {
            throw new MlpoolException("there is no key to sign with at " + keys.key());
        }
        List<ModelVersion> signed = place.ask(keys.signing(), SigningKeys::signUnsigned).stream()
                .flatMap(List::stream)
                .toList();
        signed.forEach(version -> out.line("%s is signed", version.inWords()));
        out.line("%d versions were signed", signed.size());
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Verifies every version. Exit code 0: all may go live; 1: some may not, and it says why.")
    int verify(@Mixin SigningPlace place) {
        int refused = place.ask(place.requireKeys().signing(), this::verify).stream()
                .mapToInt(Integer::intValue)
                .sum();
        Optional<String> unseen = place.unseen();
        unseen.ifPresent(models -> out.line("NOT VERIFIED: %s", models));
        return refused == 0 && unseen.isEmpty() ? 0 : 1;
    }

    /** Gives how many are refused. */
    private int verify(ModelRegistry registry) {
        List<ModelVersions> models =
                registry.models().stream().map(registry::list).toList();
        List<String> refused = new ArrayList<>();
        models.forEach(versions ->
                versions.readable().forEach(version -> verify(registry, version).ifPresent(refused::add)));
        models.forEach(versions -> refused.addAll(versions.damaged().values()));
        refused.forEach(why -> out.line("REFUSED %s", why));
        int all = models.stream()
                .mapToInt(versions ->
                        versions.readable().size() + versions.damaged().size())
                .sum();
        out.line("%s: %d versions, %d refused", registry.place(), all, refused.size());
        return refused.size();
    }

    /** Why it is refused, if it is. */
    private Optional<String> verify(ModelRegistry registry, ModelVersion version) {
        try {
            String signer = BundleSigning.signer(registry.fetch(version)).orElse("nobody");
            out.line("%s: whole, signed by %s", version.inWords(), signer);
            return Optional.empty();
        } catch (BrokenBundleException e) {
            String why = String.valueOf(e.getMessage());
            return Optional.of(why.contains(version.inWords()) ? why : "%s: %s".formatted(version.inWords(), why));
        }
    }

    private static void requireUnused(String id, SigningKeys keys, SigningPlace place) {
        if (keys.exist() && SigningPlace.inWords(keys.signing()::keyId).equals(id)) {
            throw new MlpoolException(
                    "%s is the key that signs: ./mlpool signing rotate makes another first".formatted(id));
        }
        place.unseen().ifPresent(models -> {
            throw new MlpoolException(
                    "%s may have signed %s. Try again when it runs, or take --force".formatted(id, models));
        });
        List<String> live = place.ask(keys.signing(), registry -> liveBy(id, registry)).stream()
                .flatMap(List::stream)
                .toList();
        if (!live.isEmpty()) {
            throw new MlpoolException("%s signed what is live: %s. Let something else go live first, or take --force"
                    .formatted(id, String.join(", ", live)));
        }
    }

    private static List<String> liveBy(String id, ModelRegistry registry) {
        List<String> live = new ArrayList<>();
        for (ModelAliases aliases : registry.aliases()) {
            aliases.targets().forEach((alias, number) -> signedBy(id, aliases.model(), number, registry)
                    .ifPresent(version -> live.add(version.inWords() + ", the " + alias.label())));
        }
        return live;
    }

    private static Optional<ModelVersion> signedBy(String id, String model, int number, ModelRegistry registry) {
        try {
            return registry.find(model, number).filter(version -> BundleSigning.signer(registry.fetch(version))
                    .equals(Optional.of(id)));
        } catch (BrokenBundleException refusedAlready) {
            return Optional.empty();
        }
    }

    private static List<TrustedKey> trusted(SigningKeys keys) {
        return SigningPlace.inWords(new TrustedKeys(keys.trusted())::all);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new MlpoolException("cannot delete " + file, e);
        }
    }
}
