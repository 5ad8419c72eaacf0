package io.mlpool.standalone.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends questions at a rate, whatever becomes of those before, and compares each answer with what its version said in peace. */
final class SoakTraffic {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_OPEN = 3_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<SoakQuestion> questions;
    private final Map<SoakQuestion, Map<Integer, List<Double>>> expected;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Semaphore open = new Semaphore(MOST_OPEN);

    SoakTraffic(List<SoakQuestion> questions, Map<SoakQuestion, Map<Integer, List<Double>>> expected) {
        this.questions = questions;
        this.expected = expected;
    }

    /** How many of each outcome there were so far. */
    Map<String, LongAdder> outcomes() {
        return outcomes;
    }

    long count(String outcome) {
        return outcomes.containsKey(outcome) ? outcomes.get(outcome).sum() : 0;
    }

    /** Answers per second of this many clients that each wait for an answer before they ask again. */
    double capacity(int clients, double seconds) {
        AtomicInteger answered = new AtomicInteger();
        Stopwatch watch = Stopwatch.start();
        List<Thread> threads = java.util.stream.IntStream.range(0, clients)
                .mapToObj(client -> Thread.ofVirtual().start(() -> {
                    for (int i = client; watch.seconds() < seconds; i++) {
                        if (ask(questions.get(i % questions.size())).equals("right")) {
                            answered.incrementAndGet();
                        }
                    }
                }))
                .toList();
        threads.forEach(SoakTraffic::join);
        return answered.get() / watch.seconds();
    }

    /** Sends this many per second for so long; what finds too many open is not sent and counted as such. */
    void send(double perSecond, double seconds) {
        Stopwatch watch = Stopwatch.start();
        for (long sent = 0; watch.seconds() < seconds; sent++) {
            while (sent > watch.seconds() * perSecond) {
                LockSupport.parkNanos(200_000);
            }
            SoakQuestion question = questions.get((int) (sent % questions.size()));
            if (open.tryAcquire()) {
                Thread.startVirtualThread(() -> {
                    note(ask(question));
                    open.release();
                });
            } else {
                note("not sent, too many are open");
            }
        }
    }

    private String ask(SoakQuestion question) {
        try {
            HttpResponse<byte[]> answer = http.send(question.request(), BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? judged(question, answer.body()) : refusal(answer);
        } catch (IOException e) {
            return "broken off: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String judged(SoakQuestion question, byte[] body) {
        try {
            SoakQuestion.Said said = question.read(JSON.readTree(body));
            List<Double> wanted = expected.getOrDefault(question, Map.of()).getOrDefault(said.version(), List.of());
            return said.numbers().equals(wanted) ? "right" : "wrong";
        } catch (JacksonException | IllegalStateException e) {
            return "wrong";
        }
    }

    private static String refusal(HttpResponse<byte[]> answer) {
        boolean told = answer.headers().firstValue("Retry-After").isPresent();
        return answer.statusCode() == 503 && told ? "turned away" : "status " + answer.statusCode();
    }

    private void note(String outcome) {
        outcomes.computeIfAbsent(outcome, one -> new LongAdder()).increment();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
