package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealPrometheus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules and dashboards as files: whole, tested, explained. */
class RulesTest {

    @Test
    void promtoolFindsNothingWrongWithTheRules() {
        RealPrometheus.promtool(arguments("check", "rules", Observability.RULES));
    }

    @Test
    void theRulesPassTheirTests() {
        RealPrometheus.promtool(arguments("test", "rules", Observability.RULES.resolve("tests")));
    }

    @Test
    void everyAlertHasATestInWhichItFires() {
        String tests = Observability.text(Observability.RULES.resolve("tests/alerts.yaml"));

        assertThat(alerts()).allSatisfy(alert -> assertThat(tests).contains("alertname=\"%s\"".formatted(alert)));
    }

    @Test
    void everyAlertHasAPageAndEveryPageAnAlert() {
        Set<String> pages = Observability.files(Observability.RUNBOOKS, ".md").stream()
                .map(page -> page.getFileName().toString().replace(".md", ""))
                .collect(Collectors.toSet());

        assertThat(alerts()).isEqualTo(pages);
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhereToReadOn() {
        assertThat(Observability.alerts()).allSatisfy(alert -> {
            String name = alert.path("alert").asString();
            JsonNode annotations = alert.path("annotations");
            assertThat(annotations.path("summary").asString()).as(name).isNotBlank();
            assertThat(annotations.path("description").asString()).as(name).isNotBlank();
            assertThat(annotations.path("runbook_url").asString())
                    .isEqualTo("{{ with $externalLabels.runbooks }}{{ . }}{{ else }}docs/runbooks{{ end }}/" + name
                            + ".md");
            assertThat(alert.path("labels").path("severity").asString())
                    .as(name)
                    .isIn("critical", "warning", "info");
        });
    }

    @Test
    void everyPageSaysWhatItMeansWhatItDoesWhereToLookAndHowToMendIt() {
        assertThat(Observability.files(Observability.RUNBOOKS, ".md")).allSatisfy(page -> assertThat(page)
                .content()
                .startsWith("# " + page.getFileName().toString().replace(".md", ""))
                .contains("**Meaning.**", "**Impact.**", "## First looks", "## Mending"));
    }

    @Test
    void everyPanelHasANumberAndAPlaceOfItsOwn() {
        assertThat(Observability.files(Observability.DASHBOARDS, ".json")).allSatisfy(file -> {
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : Observability.yaml(file).path("panels")) {
                assertThat(taken.add("id " + panel.path("id").asInt()))
                        .as(panel.toString())
                        .isTrue();
                JsonNode place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        String cell = "%d,%d"
                                .formatted(
                                        place.path("x").asInt() + x,
                                        place.path("y").asInt() + y);
                        assertThat(taken.add(cell))
                                .as(panel.path("title").asString())
                                .isTrue();
                    }
                }
            }
        });
    }

    @Test
    void dashboardsAreFoundByStableNamesAndAskAnyPrometheus() {
        assertThat(Observability.files(Observability.DASHBOARDS, ".json")).allSatisfy(file -> {
            JsonNode dashboard = Observability.yaml(file);
            assertThat(file.getFileName()).hasToString(dashboard.path("uid").asString() + ".json");
            assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
            assertThat(dashboard.path("panels").valueStream().filter(panel -> panel.has("targets")))
                    .allSatisfy(panel -> {
                        assertThat(panel.path("description").asString())
                                .as(panel.path("title").asString())
                                .isNotBlank();
                        assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
                        assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                                .isNotBlank();
                    });
        });
    }

    @Test
    void everyDashboardAndRuleGoesToKubernetesToo() {
        List<String> taken = Observability.yaml(Observability.DASHBOARDS.resolveSibling("kustomization.yaml"))
                .path("configMapGenerator")
                .valueStream()
                .flatMap(map -> map.path("files").valueStream())
                .map(JsonNode::asString)
                .toList();

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                Observability.files(Observability.DASHBOARDS, ".json"),
                                Observability.files(Observability.RULES, ".yaml"))
                        .flatMap(List::stream)
                        .map(file -> Observability.ROOT
                                .resolve("k8s/base/observability")
                                .relativize(file)
                                .toString())
                        .toList());
    }

    @Test
    void theJobsThatRulesNameAreThoseOfTheComposeFile() {
        Set<String> named = Pattern.compile("job=\"([^\"]+)\"")
                .matcher(Observability.text(Observability.RULES.resolve("alerts.yaml")))
                .results()
                .map(job -> job.group(1))
                .collect(Collectors.toSet());

        assertThat(Observability.yaml(Observability.ROOT.resolve("docker/prometheus.yaml"))
                        .path("scrape_configs")
                        .valueStream()
                        .map(job -> job.path("job_name").asString()))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    private static Set<String> alerts() {
        return Observability.alerts().stream()
                .map(alert -> alert.path("alert").asString())
                .collect(Collectors.toSet());
    }

    private static List<String> arguments(String verb, String object, Path folder) {
        List<String> arguments = new ArrayList<>(List.of(verb, object));
        Observability.files(folder, ".yaml").forEach(file -> arguments.add(file.toString()));
        return arguments;
    }
}
