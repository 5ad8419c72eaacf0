package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetListTest {

    private final FakeCoinGecko gecko = new FakeCoinGecko();
    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        gecko.close();
    }

    @Test
    void listIsStoredWithWhateverIsNullInIt() {
        gecko.saysInTurn(Answer.of(200, """
                [{"id":"bitcoin","symbol":"btc","name":"Bitcoin","current_price":null,"market_cap_rank":1,"roi":null},
                 {"id":"nameless","symbol":null,"name":null,"market_cap_rank":null,"market_cap":null},
                 {"id":null,"symbol":"x","name":"X"},{"id":"no id at all"},null]
                """));

        assertThat(refresh("bitcoin")).isEqualTo(2);

        assertThat(assets()).containsExactly("bitcoin btc Bitcoin 1", "nameless nameless nameless -");
        assertThat(gecko.asked()).hasSize(1);
    }

    @Test
    void followedAssetThatIsNotAmongTheLargestIsAskedForByItsId() {
        gecko.saysInTurn(
                Answer.of(200, "[{\"id\":\"bitcoin\",\"symbol\":\"btc\",\"name\":\"Bitcoin\",\"market_cap_rank\":1}]"),
                Answer.of(200, "[{\"id\":\"tiny\",\"symbol\":\"TINY\",\"name\":\"Tiny\",\"market_cap_rank\":999}]"));

        assertThat(refresh("bitcoin", "tiny")).isEqualTo(2);

        assertThat(gecko.asked().getLast()).endsWith("&ids=tiny");
        assertThat(assets()).contains("tiny tiny Tiny 999");
    }

    @Test
    void newNamesAndRanksReplaceTheOld() {
        gecko.saysInTurn(
                Answer.of(200, "[{\"id\":\"maker\",\"symbol\":\"mkr\",\"name\":\"Maker\",\"market_cap_rank\":50}]"),
                Answer.of(200, "[{\"id\":\"maker\",\"symbol\":\"sky\",\"name\":\"Sky\",\"market_cap_rank\":40}]"));

        refresh("maker");
        refresh("maker");

        assertThat(assets()).containsExactly("maker sky Sky 40");
    }

    private int refresh(String... followed) {
        return Fixture.on(database, gecko.root(), Duration.ofDays(1))
                .coinGecko(folder)
                .refreshAssets(List.of(followed));
    }

    private List<String> assets() {
        return database.jdbc()
                .sql(
                        "SELECT concat_ws(' ', id, symbol, name, coalesce(market_cap_rank::text, '-')) FROM asset ORDER BY id")
                .query(String.class)
                .list();
    }
}
