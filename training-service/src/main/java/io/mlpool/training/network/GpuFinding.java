package io.mlpool.training.network;

import org.springframework.util.ClassUtils;

/**
 * What came of the wish to train on a GPU.
 *
 * @param cuda whether this build brings ND4J's CUDA along
 * @param device where ND4J computes: {@code cpu} or {@code cuda}
 */
record GpuFinding(boolean cuda, String device) {

    /** ND4J is loaded for this, which takes a second or two. */
    static GpuFinding here() {
        return new GpuFinding(
                ClassUtils.isPresent("org.nd4j.linalg.jcublas.JCublasBackend", GpuFinding.class.getClassLoader()),
                Engine.describe().getOrDefault("device", "cpu"));
    }

    boolean isFulfilled() {
        return device.equals("cuda");
    }

    /** For the log: where trainings run and, when not on the GPU, what to do about it. */
    String inWords() {
        if (isFulfilled()) {
            return "Trainings run on the GPU";
        }
        String cpu = "GPU_ENABLED=true, but trainings run on the CPU: ";
        return cuda
                ? cpu
                        + "no device was found that ND4J can use. It has code of CUDA 11.6 for compute capability 3.7 to 8.6 (T4, V100, A100, A10, "
                        + "RTX 20 and 30), not for newer ones (L4, H100, RTX 40). See what `nvidia-smi` shows, and whether the container was given a GPU"
                : cpu + "this build has no CUDA. The image mlpool/training-gpu has it, and so has a build with `-Pgpu`";
    }
}
