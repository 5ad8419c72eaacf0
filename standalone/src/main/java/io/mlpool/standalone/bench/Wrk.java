package io.mlpool.standalone.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator <a href="https://github.com/wg/wrk">wrk</a>. */
final class Wrk {

    static final int CONNECTIONS = 16;

    private static final Map<String, Double> PER_MILLI = Map.of("us", 1e3, "ms", 1.0, "s", 1e-3);

    private final Path scratch;
    private final int seconds;

    Wrk(Path scratch, int seconds) {
        this.scratch = scratch;
        this.seconds = seconds;
    }

    /** What a run of it measured; latencies in milliseconds. */
    record Load(double perSecond, double p50, double p99, long failed) {}

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    }

    Load get(String url) {
        return run(List.of(url));
    }

    Load post(String url, String json) {
        Path body = scratch.resolve("body.json");
        Path script = scratch.resolve("post.lua");
        try {
            Files.writeString(body, json);
            Files.writeString(script, """
                    wrk.method = "POST"
                    wrk.headers["Content-Type"] = "application/json"
                    local file = io.open("%s", "r")
                    wrk.body = file:read("*a")
                    file:close()
                    """.formatted(body));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
        return run(List.of("-s", script.toString(), url));
    }

    private Load run(List<String> arguments) {
        List<String> command =
                new java.util.ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "--latency"));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    static Load parse(String output) {
        return new Load(
                Double.parseDouble(find(output, "Requests/sec:\\s+([0-9.]+)").group(1)),
                millis(output, "50%"),
                millis(output, "99%"),
                failed(output));
    }

    private static double millis(String output, String share) {
        Matcher found = find(output, "\\n\\s+" + share + "\\s+([0-9.]+)(us|ms|s)");
        return Double.parseDouble(found.group(1)) / PER_MILLI.getOrDefault(found.group(2), Double.NaN);
    }

    private static long failed(String output) {
        Matcher refused = Pattern.compile("Non-2xx or 3xx responses: (\\d+)").matcher(output);
        Matcher broken = Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)")
                .matcher(output);
        long failed = refused.find() ? Long.parseLong(refused.group(1)) : 0;
        if (broken.find()) {
            for (int i = 1; i <= 4; i++) {
                failed += Long.parseLong(broken.group(i));
            }
        }
        return failed;
    }

    private static Matcher find(String output, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk says something unexpected: " + output);
        }
        return matcher;
    }
}
