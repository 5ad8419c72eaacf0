package io.mlpool.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cores that this process may use, divided so that who asks takes no time from who answers. On Linux only: {@code taskset} does it.
 *
 * @param numbers ascending, at least two
 */
record Cores(List<Integer> numbers) {

    private static final String ALLOWED = "Cpus_allowed_list:";

    Cores {
        numbers = List.copyOf(numbers);
        if (numbers.size() < 2) {
            throw new IllegalStateException(
                    "this benchmark needs two cores, one to ask and one to answer; found " + numbers);
        }
    }

    static Cores ofThisProcess() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith(ALLOWED))
                    .map(line -> parse(line.substring(ALLOWED.length()).strip()))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("/proc/self/status does not say which cores are ours"));
        } catch (IOException e) {
            throw new UncheckedIOException("this benchmark needs Linux, which says in /proc which cores are ours", e);
        }
    }

    /** @param list as Linux writes it, {@code 0-3,8} */
    static Cores parse(String list) {
        return new Cores(Arrays.stream(list.split(","))
                .map(range -> range.split("-"))
                .flatMap(ends -> IntStream.rangeClosed(
                                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .boxed())
                .toList());
    }

    /** What a command is begun with so that it runs on the first core only. */
    List<String> onTheFirst() {
        return List.of("taskset", "-c", numbers.getFirst().toString());
    }

    /** Moves this process, with all its threads, to the others. */
    void leaveTheFirst() {
        String others = numbers.stream().skip(1).map(String::valueOf).collect(Collectors.joining(","));
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            int status = new ProcessBuilder("taskset", "-a", "-c", "-p", others, self)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new IllegalStateException("taskset did not move this process to the cores " + others);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("this benchmark needs taskset, which util-linux brings", e);
        }
    }
}
