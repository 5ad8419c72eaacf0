package io.mlpool.serving.experiment;

import io.mlpool.errors.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code POST /experiments} takes. */
@Schema(description = "A challenger to compare with the champion")
record WantedExperiment(
        @Schema(
                description = "Chosen by the caller, so that the request can be repeated; absent: made up",
                example = "wider-network")
        @Nullable @Size(min = 1, max = 63) @Pattern(regexp = ID) String id,

        @Schema(description = "Registered model whose champion and challenger are compared", example = "price-1h")
        @NotNull @Size(min = 1, max = 200) String model,

        @Schema(description = "Version that the alias challenger points to; absent: whichever it is", example = "2")
        @Nullable Integer challenger,

        @Schema(description = "Absent: shadow, callers are answered by the control alone") @Nullable Mode mode,

        @Schema(
                description = "Share of the callers that the challenger answers; with split alone, absent: 0.5",
                example = "0.1")
        @Nullable @DecimalMin("0.001") @DecimalMax("0.999") Double challengerShare,

        @Schema(description = "That the interval holds the truth at all looks together; absent: 0.95", example = "0.95")
        @Nullable @DecimalMin("0.5") @DecimalMax("0.999") Double confidence,

        @Schema(description = "When the challenger wins; absent: tell") @Nullable OnWin onWin,

        @Schema(description = "After so many days it ends undecided; absent: 90", example = "90")
        @Nullable @Min(1) @Max(366) Integer longestDays,

        @Nullable @Valid WantedGuardrails guardrails,

        @Schema(description = "For people: why", example = "is the wider network better?")
        @Nullable @Size(min = 1, max = 500) @Pattern(regexp = VISIBLE) String purpose) {

    static final String ID = "^[a-z0-9][a-z0-9-]*$";
    static final String VISIBLE = "^[^\\u0000-\\u001f\\u007f]+$";

    private static final double HALF = 0.5;
    private static final double CONFIDENCE = 0.95;
    private static final int DAYS = 90;

    /** Each absent: as {@link Guardrails#DEFAULT}. */
    @Schema(description = "What ends the experiment by itself, for the champion; shares, not percent")
    record WantedGuardrails(
            @Schema(description = "Proved increase of the loss; absent: 0.02", example = "0.02")
            @Nullable @DecimalMin("0") @DecimalMax("10") Double worseBy,

            @Schema(
                    description = "Increase of the loss at the nearest horizon over a day; absent: 0.5",
                    example = "0.5")
            @Nullable @DecimalMin("0.01") @DecimalMax("100") Double brokenBy,

            @Schema(description = "Proved coverage of the 80 % interval below this; absent: 0.6", example = "0.6")
            @Nullable @DecimalMin("0") @DecimalMax("1") Double coverageFrom,

            @Schema(description = "Proved coverage of the 80 % interval above this; absent: 0.95", example = "0.95")
            @Nullable @DecimalMin("0") @DecimalMax("1") Double coverageTo,

            @Schema(
                    description = "Share of the control's forecasts that the challenger lacks, over a day; absent: 0.1",
                    example = "0.1")
            @Nullable @DecimalMin("0") @DecimalMax("1") Double missing) {

        Guardrails guardrails() {
            Guardrails absent = Guardrails.DEFAULT;
            double from = Objects.requireNonNullElse(coverageFrom, absent.coverageFrom());
            double to = Objects.requireNonNullElse(coverageTo, absent.coverageTo());
            if (from >= to) {
                throw InvalidRequestException.of(
                        "value_error",
                        List.of("body", "guardrails", "coverage_from"),
                        "Value error, coverage_from must be less than coverage_to, which is " + to,
                        from);
            }
            return new Guardrails(
                    Objects.requireNonNullElse(worseBy, absent.worseBy()),
                    Objects.requireNonNullElse(brokenBy, absent.brokenBy()),
                    from,
                    to,
                    Objects.requireNonNullElse(missing, absent.missing()));
        }
    }

    /** With what stands for what is absent. */
    Terms terms() {
        Mode wanted = mode == null ? Mode.SHADOW : mode;
        if (wanted == Mode.SHADOW && challengerShare != null) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "challenger_share"),
                    "Value error, in shadow mode the challenger answers nobody: leave challenger_share out, or ask for \"mode\": \"split\"",
                    challengerShare);
        }
        return new Terms(
                wanted,
                wanted == Mode.SHADOW ? 0 : Objects.requireNonNullElse(challengerShare, HALF),
                Objects.requireNonNullElse(confidence, CONFIDENCE),
                onWin == null ? OnWin.TELL : onWin,
                Objects.requireNonNullElse(longestDays, DAYS),
                guardrails == null ? Guardrails.DEFAULT : guardrails.guardrails());
    }
}
