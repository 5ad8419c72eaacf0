package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.SigningKeyPair;
import io.mlpool.signing.TrustedKeys;
import io.mlpool.testing.SettableClock;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.promotion.PromotionDecision;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedTrainingTest extends TrainedPool {

    private FolderRegistry signing;
    private String keyId;

    @BeforeEach
    void makeAKey() {
        Path key = storage.resolve("signing.pem");
        Path trusted = storage.resolve("trusted");
        keyId = SigningKeyPair.create(key, trusted);
        signing = new FolderRegistry(storage.resolve("registry"), BundleSigning.by(key, new TrustedKeys(trusted)));
    }

    @Test
    void whatARunRegistersIsSignedTheNaiveModelToo() {
        train("first");

        assertThat(signing.versions("price-1h"))
                .extracting(ModelVersion::runId)
                .containsExactly("first-naive", "first");
        assertThat(signing.versions("price-1h"))
                .allSatisfy(version ->
                        assertThat(BundleSigning.signer(signing.fetch(version))).hasValue(keyId));
    }

    @Test
    void championThatNobodyTrustedSignedIsNotComparedWithAndTheDecisionSaysSo() {
        run(new FakeTrainer(1)).execute(spec("unsigned"), events::add);

        PromotionDecision decision = train("signed");

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .contains("champion, version 2, which cannot be read: version 2 of price-1h is not signed");
    }

    private PromotionDecision train(String runId) {
        return run(new FakeTrainer(1), new SettableClock(TestCandles.START), signing)
                .execute(spec(runId), events::add);
    }
}
