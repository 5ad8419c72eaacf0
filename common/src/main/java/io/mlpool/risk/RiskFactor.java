package io.mlpool.risk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a risk is made of, in words for people. Each feature belongs to one. */
public enum RiskFactor {
    VOLATILITY("How much the price moves from day to day."),
    DRAWDOWN("How far the price is below its highs."),
    MOMENTUM("Where the price went lately."),
    MARKET_DEPENDENCE("How much the asset falls when the market falls."),
    MARKET_STATE("What the market as a whole does."),
    LIQUIDITY("How much is traded, and how little trading moves the price."),
    PEG("How far a coin that is to stay at one dollar is from it."),
    LOCKED_VALUE("How much is locked in the protocol and whether it is taken out."),
    CONCENTRATION("Whether all that is locked lies on one chain."),
    MATURITY("How long it has been there."),
    CATEGORY("What kind of protocol it is."),
    SECURITY("Audits, forked code and whether the protocol still runs."),
    INCIDENTS("What was stolen before from it and from its kind.");

    private final String sentence;

    RiskFactor(String sentence) {
        this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** {@code market_dependence}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
