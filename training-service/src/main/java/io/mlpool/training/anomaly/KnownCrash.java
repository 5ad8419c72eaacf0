package io.mlpool.training.anomaly;

import java.time.Instant;

/** Hours in which the whole market fell, as everybody knows afterwards. Times are UTC, inclusive; a finding within them counts. */
enum KnownCrash {
    MARCH_2020("2020-03-12T10:00:00Z", "2020-03-13T04:00:00Z"),
    MAY_2021("2021-05-19T10:00:00Z", "2021-05-19T16:00:00Z"),
    SEPTEMBER_2021("2021-09-07T14:00:00Z", "2021-09-07T18:00:00Z"),
    TERRA("2022-05-11T00:00:00Z", "2022-05-12T12:00:00Z"),
    CELSIUS("2022-06-13T00:00:00Z", "2022-06-13T16:00:00Z"),
    FTX("2022-11-08T15:00:00Z", "2022-11-09T23:00:00Z"),
    AUGUST_2023("2023-08-17T21:00:00Z", "2023-08-17T23:00:00Z"),
    AUGUST_2024("2024-08-05T00:00:00Z", "2024-08-05T14:00:00Z"),
    OCTOBER_2025("2025-10-10T20:00:00Z", "2025-10-11T00:00:00Z");

    private final Instant from;
    private final Instant until;

    KnownCrash(String from, String until) {
        this.from = Instant.parse(from);
        this.until = Instant.parse(until);
    }

    boolean covers(Instant close) {
        return !close.isBefore(from) && !close.isAfter(until);
    }
}
