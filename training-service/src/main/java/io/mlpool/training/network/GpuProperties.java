package io.mlpool.training.network;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param enabled whether trainings are wanted on a GPU; the CPU is taken where there is none that can be used, and the log says why */
@ConfigurationProperties("mlpool.gpu")
record GpuProperties(@DefaultValue("false") boolean enabled) {}
