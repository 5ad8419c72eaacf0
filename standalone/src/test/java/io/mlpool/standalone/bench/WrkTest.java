package io.mlpool.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrkTest {

    @Test
    void whatWrkPrintsIsReadWithItsUnits() {
        Wrk.Load load = Wrk.parse("""
                Running 4s test @ http://localhost:8001/predict
                  1 threads and 16 connections
                  Thread Stats   Avg      Stdev     Max   +/- Stdev
                    Latency     1.91ms    3.01ms  41.84ms   92.35%
                    Req/Sec    12.92k     3.10k   18.03k    67.50%
                  Latency Distribution
                     50%  955.00us
                     75%    1.80ms
                     90%    4.23ms
                     99%    1.02s
                  51502 requests in 4.01s, 38.20MB read
                  Socket errors: connect 0, read 2, write 0, timeout 3
                  Non-2xx or 3xx responses: 7
                Requests/sec:  12858.11
                Transfer/sec:      9.54MB
                """);

        assertThat(load).isEqualTo(new Wrk.Load(12858.11, 0.955, 1020, 12));
    }

    @Test
    void nothingFailedWhenWrkDoesNotSaySo() {
        Wrk.Load load = Wrk.parse("\n  50%  1.00ms\n  99%  2.00ms\nRequests/sec: 10.00\n");

        assertThat(load.failed()).isZero();
    }
}
