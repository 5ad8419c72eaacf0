package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GpuFindingTest {

    @Test
    void buildWithoutCudaNamesTheOneThatHasIt() {
        GpuFinding here = GpuFinding.here();

        assertThat(here.isFulfilled()).isFalse();
        assertThat(here.inWords())
                .startsWith("GPU_ENABLED=true, but trainings run on the CPU: this build has no CUDA")
                .contains("mlpool/training-gpu", "-Pgpu");
    }

    @Test
    void withoutADeviceThatCanBeUsedThoseThatCanAreNamed() {
        assertThat(new GpuFinding(true, "cpu").inWords())
                .startsWith("GPU_ENABLED=true, but trainings run on the CPU: no device was found")
                .contains("T4, V100, A100, A10", "3.7 to 8.6", "not for newer ones", "nvidia-smi");
    }

    @Test
    void fulfilledWishIsToldInOneSentence() {
        assertThat(new GpuFinding(true, "cuda").isFulfilled()).isTrue();
        assertThat(new GpuFinding(true, "cuda").inWords()).isEqualTo("Trainings run on the GPU");
    }
}
