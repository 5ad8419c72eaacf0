package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.cleaning.Finding.Outcome;
import java.util.Locale;

/** Everything that can be noticed about a row. */
public enum Reason {
    UNREADABLE(Outcome.DROPPED, "the row could not be read"),
    NOT_A_PRICE(Outcome.DROPPED, "a price is not finite or not positive"),
    IMPOSSIBLE_RANGE(Outcome.DROPPED, "low <= open, close <= high is broken"),
    MISALIGNED_TIME(Outcome.DROPPED, "the open time is no whole multiple of the interval in UTC"),
    UNFINISHED(Outcome.DROPPED, "the period was not over when the payload was fetched"),
    DUPLICATE(Outcome.DROPPED, "the same row again"),
    REPEATED_TIME(Outcome.DROPPED, "told again later in the payload with other values; the last one told is kept"),
    BAD_PRINT(Outcome.DROPPED, "one close far from both neighbours while they agree"),
    NOT_AN_AMOUNT(Outcome.DROPPED, "an amount of US dollars is negative or no number"),
    PARTIAL_TOTAL(Outcome.NOTED, "a chain has no figure for the day, so there is none for all chains together"),
    NOT_A_CHAIN(Outcome.NOTED, "counts what is counted elsewhere (borrowed, staked, pooled); left out of the total"),
    NOTHING_LOCKED(Outcome.NOTED, "nothing was locked, or the source failed that day; stored as told"),
    UNCLEAR_AMOUNT(Outcome.NOTED, "the loss is not told in US dollars, or not clearly; stored without"),
    SHORT_LIST(Outcome.NOTED, "the list is much shorter than before; what is missing is not taken for gone"),
    BAD_VOLUME(Outcome.NOTED, "the volume is negative or infinite; stored as unknown"),
    WRONG_ORDER(Outcome.NOTED, "older than the row before it; sorted"),
    STILL_RUNNING(Outcome.NOTED, "the newest candle still runs; stored as unfinished"),
    TICKER_REUSED(Outcome.NOTED, "after a silence the ticker belongs to another coin; stored as another asset"),
    UNMAPPED_SYMBOL(Outcome.NOTED, "no asset is known for the symbol; stored under the symbol in lower case"),
    EXTREME_MOVE(Outcome.FLAGGED, "a move far outside of what the series did until then, plausible all the same"),
    NO_TRADES(Outcome.FLAGGED, "nothing was traded");

    private final Outcome outcome;
    private final String meaning;

    Reason(Outcome outcome, String meaning) {
        this.outcome = outcome;
        this.meaning = meaning;
    }

    /** Stable name in reports: {@code bad_print}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Outcome outcome() {
        return outcome;
    }

    public String meaning() {
        return meaning;
    }
}
