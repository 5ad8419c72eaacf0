package io.mlpool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code k8s/create-ml-cluster.sh}, as far as it can be seen without a provider. */
class ClusterScriptTest {

    private record Said(int code, String text) {}

    @ParameterizedTest
    @CsvSource({
        "gke,     gcloud container clusters create pool,       gcloud container node-pools create gpu",
        "eks,     eksctl create cluster --name pool,           eksctl create nodegroup --name gpu",
        "aks,     az aks create --resource-group ml-pool,      az aks nodepool add",
        "hetzner, hetzner-k3s create --config,                 # Next:",
        "onprem,  kubectl get nodes,                           helm upgrade --install gpu-operator",
        "local,   kind create cluster --name pool,             kind load docker-image --name pool mlpool/serving:"
    })
    void dryRunPrintsTheCommandsAndNeedsNoTool(String provider, String cluster, String more) throws Exception {
        Said said = script("--provider", provider, "--name", "pool", "--dry-run");

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .containsSubsequence(cluster, more)
                .contains("kubectl apply -k k8s/overlays/" + provider);
        assertThat(Manifests.folder().resolve("overlays").resolve(provider)).isDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "gke,     gcloud container clusters delete pool --project demo --zone europe-west4-b --quiet",
        "eks,     eksctl delete cluster --name pool --region eu-central-1 --wait",
        "aks,     az aks delete --resource-group ml-pool --name pool --yes",
        "local,   kind delete cluster --name pool"
    })
    void deletionIsPrintedToo(String provider, String command) throws Exception {
        assertThat(script("--provider", provider, "--name", "pool", "--dry-run", "--delete")
                        .text()
                        .strip())
                .isEqualTo(command);
    }

    @Test
    void serversAtHetznerAreNotMadeForTheWholeWorldToReach() throws Exception {
        Said said = script(List.of("HETZNER_FROM="), "--provider", "hetzner", "--dry-run");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .contains("HETZNER_FROM: is missing: which networks may reach SSH and the API of the servers");
        assertThat(Manifests.folder().resolve("hetzner-k3s.yaml")).content().doesNotContain("0.0.0.0/0");
    }

    @Test
    void withoutGpuNodesNoneAreMade() throws Exception {
        Said said = script(List.of("GPU_NODES=0"), "--provider", "gke", "--dry-run");

        assertThat(said.text()).contains("clusters create").doesNotContain("gpu");
    }

    @ParameterizedTest
    @CsvSource({"--provider mars, unknown provider mars", "--nonsense, unknown option --nonsense", "'', Environment"})
    void whatItDoesNotKnowItRefusesWithItsUsage(String options, String words) throws Exception {
        Said said = script(options.isEmpty() ? new String[0] : options.split(" "));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains(words, "--provider gke|eks|aks|hetzner|onprem|local");
    }

    @Test
    void missingToolsAreNamedBeforeAnythingIsDone() throws Exception {
        Said said = script(List.of("PATH=" + withoutTools()), "--provider", "eks");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("these tools are needed and missing: eksctl aws kubectl");
    }

    /** A path with nothing but what a script needs anyhow. */
    private static Path withoutTools() throws IOException {
        Path folder = Files.createTempDirectory("tools");
        for (String tool : List.of("bash", "dirname", "sed", "cat", "env")) {
            Files.createSymbolicLink(folder.resolve(tool), Path.of("/usr/bin", tool));
        }
        return folder;
    }

    private static Said script(String... options) throws Exception {
        return script(List.of(), options);
    }

    private static Said script(List<String> environment, String... options) throws Exception {
        List<String> command = Stream.of(
                        Stream.of("env", "GKE_PROJECT=demo", "HETZNER_FROM=203.0.113.7/32"),
                        environment.stream(),
                        Stream.of(
                                "bash",
                                Manifests.folder()
                                        .resolve("create-ml-cluster.sh")
                                        .toString()),
                        Stream.of(options))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
