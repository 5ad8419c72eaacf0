package io.mlpool.serving.live;

/** Another model went live, or one went; whoever keeps answers of models makes new ones. */
public record ModelsChanged() {}
