package io.mlpool.serving.manual;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.mlpool.edge.DomainProperties;
import io.mlpool.security.SecurityProperties;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecasters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JsonNode;

/** {@code /openapi.json} and the page that tries it out at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
class ManualConfiguration {

    /** In the order in which somebody new wants to read them. */
    private static final List<Tag> CHAPTERS = List.of(
            chapter("predictions", "Where may the price go, and what became of earlier forecasts"),
            chapter("batch jobs", "The same for whole universes, in the background"),
            chapter("risk", "How likely a severe loss is, and what that is made of"),
            chapter("market", "What is known: assets and candles"),
            chapter("models", "Versions, their evidence, and which of them is live"),
            chapter(
                    "experiments",
                    "A challenger beside the champion on the same questions, until it is proved which is better"),
            chapter("alerts", "What is to be told, to whom, and what there is to tell"),
            chapter("features", "What the models look at, in the shape of Feast"),
            chapter("open inference protocol v2", "For clients of Triton and KServe"),
            chapter("mlflow scoring", "For clients of MLflow"),
            chapter("keys", "Who may ask"),
            chapter("audit", "Who did what"),
            chapter("service", "Whether it is well"));

    @Bean
    OpenAPI openApi(DomainProperties domain) {
        // Any JSON, and not the methods of a class of Jackson's.
        SpringDocUtils.getConfig().replaceWithClass(JsonNode.class, Object.class);
        return new OpenAPI()
                .servers(servers(domain))
                .info(new Info()
                        .title("ML Pool: serving")
                        .version("1")
                        .description(
                                "Calibrated price forecasts, always beside the naive one; how likely a severe loss is; what is unlike"
                                        + " what came before; and alerts over all of it. Errors have FastAPI's shape: 422 lists"
                                        + " what is wrong where, all others say it in one sentence. Query parameters that are"
                                        + " not known are ignored, fields of bodies that are not known are refused.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .tags(CHAPTERS);
    }

    /** Where nobody said, springdoc names the address that it is asked at. What the page at /docs tries may also go to where the page is from. */
    private static List<Server> servers(DomainProperties domain) {
        return domain.url()
                .map(url -> List.of(new Server().url(url), new Server().url("/").description("Where this is read")))
                .orElse(List.of());
    }

    @Bean
    SchemaNames schemaNames() {
        return new SchemaNames();
    }

    /** In this order: what comes later finds what was written before. */
    @Bean
    @Order(0)
    OpenApiCustomizer manual(SchemaNames names, LiveForecasters live, ForecastBook book, SecurityProperties security) {
        OpenApiCustomizer[] stages = {
            new OperationNames(),
            new CommonAnswers(),
            new ExactRecords(names),
            new QuestionShapes(),
            Vocabulary.ofThePool(),
            new Keys(),
            security.asksForKeys() ? nothing -> {} : new LiveExamples(live, book)
        };
        return api -> {
            for (OpenApiCustomizer stage : stages) {
                stage.customise(api);
            }
        };
    }

    /** The page's generator reads our records with its own mapper: tell it that the wire is in snake_case. */
    @Bean
    ModelResolver snakeCaseModels(ObjectMapperProvider mappers, SchemaNames names) {
        return new ModelResolver(
                mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE), names);
    }

    private static Tag chapter(String name, String description) {
        return new Tag().name(name).description(description);
    }
}
