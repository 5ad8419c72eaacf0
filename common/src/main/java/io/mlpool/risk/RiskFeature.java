package io.mlpool.risk;

import static io.mlpool.risk.RiskFactor.CATEGORY;
import static io.mlpool.risk.RiskFactor.CONCENTRATION;
import static io.mlpool.risk.RiskFactor.DRAWDOWN;
import static io.mlpool.risk.RiskFactor.INCIDENTS;
import static io.mlpool.risk.RiskFactor.LIQUIDITY;
import static io.mlpool.risk.RiskFactor.LOCKED_VALUE;
import static io.mlpool.risk.RiskFactor.MARKET_DEPENDENCE;
import static io.mlpool.risk.RiskFactor.MARKET_STATE;
import static io.mlpool.risk.RiskFactor.MATURITY;
import static io.mlpool.risk.RiskFactor.MOMENTUM;
import static io.mlpool.risk.RiskFactor.PEG;
import static io.mlpool.risk.RiskFactor.SECURITY;
import static io.mlpool.risk.RiskFactor.VOLATILITY;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a risk model may look at. Days are 24 hours counted back from the as-of time; returns and changes are logarithms. What is not
 * known is NaN: the trees learn which way such a row goes.
 */
public enum RiskFeature {
    VOLATILITY_7D(VOLATILITY, "Root mean square of the last 7 daily returns.", view -> view.volatility(7)),
    VOLATILITY_30D(VOLATILITY, "Root mean square of the last 30 daily returns.", view -> view.volatility(30)),
    VOLATILITY_90D(VOLATILITY, "Root mean square of the last 90 daily returns.", view -> view.volatility(90)),
    VOLATILITY_RATIO(VOLATILITY, "Volatility of 7 days against that of 90.", view -> view.volatilityRatio(7, 90)),
    WORST_DAY_30D(VOLATILITY, "Lowest daily return of 30 days.", view -> view.worstDay(30)),
    DRAWDOWN_30D(DRAWDOWN, "Distance from the highest daily close of 30 days.", view -> view.drawdown(30)),
    DRAWDOWN_90D(DRAWDOWN, "Distance from the highest daily close of 90 days.", view -> view.drawdown(90)),
    DRAWDOWN_365D(DRAWDOWN, "Distance from the highest daily close of a year.", view -> view.drawdown(365)),
    RETURN_7D(MOMENTUM, "Return over 7 days.", view -> view.momentum(7)),
    RETURN_30D(MOMENTUM, "Return over 30 days.", view -> view.momentum(30)),
    RETURN_90D(MOMENTUM, "Return over 90 days.", view -> view.momentum(90)),
    BETA_90D(MARKET_DEPENDENCE, "Slope of its returns on the market's, 90 days.", view -> view.beta(90)),
    TAIL_DEPENDENCE_90D(
            MARKET_DEPENDENCE,
            "Share of the market's 9 worst days of 90 that are among its own 9 worst.",
            view -> view.tailDependence(90)),
    MARKET_RETURN_7D(MARKET_STATE, "Return of the market over 7 days.", view -> view.marketMomentum(7)),
    MARKET_RETURN_30D(MARKET_STATE, "Return of the market over 30 days.", view -> view.marketMomentum(30)),
    MARKET_RETURN_90D(MARKET_STATE, "Return of the market over 90 days.", view -> view.marketMomentum(90)),
    MARKET_VOLATILITY_30D(MARKET_STATE, "Volatility of the market, 30 days.", view -> view.marketVolatility(30)),
    ILLIQUIDITY_30D(LIQUIDITY, "Log of the move per million traded (Amihud), 30 days.", view -> view.illiquidity(30)),
    TURNOVER_30D(LIQUIDITY, "Log of what is traded in a day, mean of 30.", view -> view.logTurnover(30)),
    TURNOVER_TREND(
            LIQUIDITY,
            "What is traded in 7 days against 90, as a logarithm.",
            view -> view.logTurnover(7) - view.logTurnover(90)),
    SILENT_SHARE_30D(LIQUIDITY, "Share of candles of 30 days without a trade.", view -> view.days()
            .silentShare(30)),
    SILENT_DAYS(LIQUIDITY, "Days since somebody traded.", view -> view.days().silentDays()),
    PEG_DEVIATION(PEG, "Price less one dollar, of what used to stay there.", RiskView::pegDeviation),
    PEG_WORST_30D(PEG, "Largest distance from one dollar at the ends of 30 days.", view -> view.worstPegDeviation(30)),
    LOCKED_USD(LOCKED_VALUE, "Log of the dollars locked.", known(protocol -> Math.log(protocol.locked()))),
    LOCKED_CHANGE_7D(LOCKED_VALUE, "Change of the dollars locked, 7 days.", known(view -> view.lockedChange(7))),
    LOCKED_CHANGE_30D(LOCKED_VALUE, "Change of the dollars locked, 30 days.", known(view -> view.lockedChange(30))),
    LOCKED_DRAWDOWN_90D(
            LOCKED_VALUE,
            "Distance of the dollars locked from their 90-day high.",
            known(view -> view.lockedDrawdown(90))),
    CHAIN_CONCENTRATION(
            CONCENTRATION,
            "Herfindahl index of what is locked by chain; 1 is all on one.",
            known(ProtocolView::chainConcentration)),
    CHAINS(CONCENTRATION, "How many chains something is locked on.", known(ProtocolView::chains)),
    HISTORY_DAYS(MATURITY, "Days of unbroken trading, 366 at most.", view -> view.days()
            .size()),
    LISTED_DAYS(MATURITY, "Days since DefiLlama began to list the protocol.", known(ProtocolView::listedDays)),
    IS_LENDING(CATEGORY, "1 for lending.", known(protocol -> protocol.isOf("lending"))),
    IS_EXCHANGE(CATEGORY, "1 for exchanges.", known(protocol -> protocol.isOf("dex"))),
    IS_BRIDGE(CATEGORY, "1 for bridges.", known(protocol -> protocol.isOf("bridge"))),
    IS_STABLECOIN_ISSUER(CATEGORY, "1 for issuers of stablecoins.", known(protocol -> protocol.isOf("cdp", "stable"))),
    IS_YIELD(CATEGORY, "1 for yield and its optimisers.", known(protocol -> protocol.isOf("yield", "farm"))),
    IS_DERIVATIVES(
            CATEGORY, "1 for derivatives and options.", known(protocol -> protocol.isOf("derivatives", "options"))),
    AUDITS(
            SECURITY,
            "DefiLlama's code: 0 none, 1 partly, 2 yes, 3 of what it was forked from.",
            known(ProtocolView::audits)),
    AUDIT_LINKS(SECURITY, "How many reports of audits are linked.", known(ProtocolView::auditLinks)),
    IS_FORK(SECURITY, "1 when it runs the code of another.", known(ProtocolView::fork)),
    ENDED(SECURITY, "1 when it is said to have ended or to be a rug pull.", known(ProtocolView::ended)),
    INCIDENT_COUNT(INCIDENTS, "Incidents of it that are known.", known(ProtocolView::incidents)),
    DAYS_SINCE_INCIDENT(INCIDENTS, "Days since the last of them.", known(ProtocolView::daysSinceIncident)),
    CATEGORY_INCIDENTS_365D(
            INCIDENTS, "Incidents of its category within a year.", known(ProtocolView::incidentsOfCategory));

    private final RiskFactor factor;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that holds nothing that changes
    private final ToDoubleFunction<RiskView> value;

    RiskFeature(RiskFactor factor, String sentence, ToDoubleFunction<RiskView> value) {
        this.factor = factor;
        this.sentence = sentence;
        this.value = value;
    }

    /**
     * The feature of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static RiskFeature of(String label) {
        return find(label)
                .orElseThrow(() -> new IllegalArgumentException("there is no feature of risk '%s'".formatted(label)));
    }

    /** The feature of this label; empty when there is none. */
    public static Optional<RiskFeature> find(String label) {
        for (RiskFeature feature : values()) {
            if (feature.label().equals(label)) {
                return Optional.of(feature);
            }
        }
        return Optional.empty();
    }

    public RiskFactor factor() {
        return factor;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** {@code volatility_7d}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a {@link RiskRow} has it. */
    @SuppressWarnings("EnumOrdinal") // never stored: models name their features
    int column() {
        return ordinal();
    }

    float of(RiskView view) {
        double found = value.applyAsDouble(view);
        return Double.isFinite(found) ? (float) found : Float.NaN;
    }

    private static ToDoubleFunction<RiskView> known(ToDoubleFunction<ProtocolView> value) {
        return view -> ofProtocol(view.protocol(), value);
    }

    private static double ofProtocol(@Nullable ProtocolView protocol, ToDoubleFunction<ProtocolView> value) {
        return protocol == null ? Double.NaN : value.applyAsDouble(protocol);
    }
}
