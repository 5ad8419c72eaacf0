package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQueryTest {

    @Test
    void selectorsAreWhatIsTakenFromTheStore() {
        PromQuery query = new PromQuery("here", """
                histogram_quantile(0.99, sum by (job, le) (rate(http_seconds_bucket{job=~"mlpool-.+", le!="1"}[$__rate_interval])))
                  > on (job) group_left () 0.9 * job:limit:min1d and absent(up offset 6h)""");

        assertThat(query.selectors())
                .containsExactly("http_seconds_bucket{job=~\"mlpool-.+\", le!=\"1\"}", "job:limit:min1d", "up");
        assertThat(query.names()).containsExactly("http_seconds_bucket", "job:limit:min1d", "up");
    }
}
