package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What runs in CI, and what it may do there. */
class WorkflowsTest {

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Observability.ROOT.resolve(".github"))) {
            return files.filter(file -> file.toString().matches(".+\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Path> workflows() throws IOException {
        return files().stream().filter(file -> file.toString().contains("/workflows/"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void actionsOfOthersAreNamedByCommitForTagsCanBeMoved(Path file) {
        assertThat(Observability.yaml(file).findValues("uses").stream().map(JsonNode::asString))
                .allSatisfy(
                        used -> assertThat(used).matches("\\./\\.github/actions/\\w+|[\\w-]+/[\\w-]+@[0-9a-f]{40}"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void onlyWhatRunsForTagsMayWriteAnywhere(Path workflow) {
        JsonNode content = Observability.yaml(workflow);
        // YAML 1.1 takes the word for true.
        boolean forTagsOnly = content.path("true").toString().matches("\\{\"push\":\\{\"tags\":\\[[^]]*]}}");

        assertThat(content.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(content.path("jobs").valueStream())
                .filteredOn(job -> granted(job).contains("write"))
                .allSatisfy(job -> assertThat(forTagsOnly
                                || job.path("if").asString().equals("startsWith(github.ref, 'refs/tags/v')"))
                        .isTrue());
    }

    private static Set<String> granted(JsonNode job) {
        return job.path("permissions").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }
}
