package io.mlpool.serving.prediction;

import io.mlpool.errors.ErrorDetail;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Why there is no prediction.
 *
 * @param status that the request alone would have got
 * @param detail as in the body of that answer: a sentence, or a list of what is wrong where
 */
public record Problem(
        @Schema(description = "Status that the request alone would have got", example = "404")
        int status,

        @Schema(
                description = "As in the body of that answer: a sentence, or a list of what is wrong where",
                anyOf = {String.class, ErrorDetail[].class})
        Object detail) {}
