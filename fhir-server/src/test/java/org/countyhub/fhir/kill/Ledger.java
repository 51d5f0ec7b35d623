package org.countyhub.fhir.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.fhir.HubProcess;

/**
 * Clients that post transactions and write down which were acknowledged. Transaction {@code n} of a client creates the
 * pair {@code left-n} and {@code right-n} and sets the client's own counter to {@code n}.
 */
final class Ledger {
    private static final int CLIENTS = 8;
    private static final int UNAVAILABLE = 503;

    /** Every transaction that was ever sent, and whether it was acknowledged. */
    private final Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();

    private final Map<Integer, Integer> lastAcknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> lastSent = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** The clients at work; {@link #join} waits for them. */
    record Work(ExecutorService threads, List<Future<?>> clients, AtomicBoolean stopped) {
        void stop() {
            stopped.set(true);
        }

        /** Waits until all clients have stopped, by themselves or because the server is gone. */
        void join() throws InterruptedException {
            for (Future<?> client : clients) {
                try {
                    client.get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a client failed", e.getCause());
                }
            }
            threads.close();
        }
    }

    /** Starts the clients, which go on until they are stopped or find the server gone. */
    Work write(HubProcess hub) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        AtomicBoolean stopped = new AtomicBoolean();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(threads.submit(() -> {
                while (!stopped.get() && post(hub, client)) {}
            }));
        }
        return new Work(threads, clients, stopped);
    }

    /** Posts the client's next transaction; false when the server is gone. */
    private boolean post(HubProcess hub, int client) {
        int number = lastSent.merge(client, 1, Integer::sum);
        String name = client + "-" + number;
        acknowledged.put(name, false);
        try {
            HttpResponse<String> answer = hub.send("POST", "", bundle(client, number, name));
            if (answer.statusCode() == 200) {
                acknowledged.put(name, true);
                lastAcknowledged.put(client, number);
            } else {
                // Nothing but "not now" is a right answer to a right transaction.
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(UNAVAILABLE);
                refusals.incrementAndGet();
                Thread.sleep(20);
            }
            return true;
        } catch (UncheckedIOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String bundle(int client, int number, String name) {
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":{"resourceType":"Basic","id":"left-%1$s","code":{"text":"left"},
                    "identifier":[{"system":"urn:pair","value":"%1$s"}]},
                  "request":{"method":"PUT","url":"Basic/left-%1$s"}},
                 {"resource":{"resourceType":"Basic","id":"right-%1$s","code":{"text":"right"},
                    "identifier":[{"system":"urn:pair","value":"%1$s"}],"subject":{"reference":"Basic/left-%1$s"}},
                  "request":{"method":"PUT","url":"Basic/right-%1$s"}},
                 {"resource":{"resourceType":"Observation","id":"counter-%2$d","status":"final",
                    "code":{"text":"counter"},"valueInteger":%3$d},
                  "request":{"method":"PUT","url":"Observation/counter-%2$d"}}]}""".formatted(name, client, number);
    }

    int acknowledged() {
        return (int) acknowledged.values().stream().filter(done -> done).count();
    }

    int refusals() {
        return refusals.get();
    }

    /** Every acknowledged transaction is there, and of every other one either all or nothing. */
    void requireKept(HubProcess hub) {
        acknowledged.forEach((name, done) -> {
            boolean left = exists(hub, "/Basic/left-" + name);
            boolean right = exists(hub, "/Basic/right-" + name);
            assertThat(left).as("the halves of %s", name).isEqualTo(right);
            if (done) {
                assertThat(left).as("acknowledged transaction %s", name).isTrue();
            }
            String found = hub.send("GET", "/Basic?_summary=count&identifier=urn:pair%7C" + name, "")
                    .body();
            assertThat(found).as("what search finds of %s", name).contains("\"total\":" + (left ? 2 : 0));
        });
        lastAcknowledged.forEach((client, number) -> {
            String counter =
                    hub.send("GET", "/Observation/counter-" + client, "").body();
            int value = Integer.parseInt(counter.replaceAll("(?s).*\"valueInteger\":(\\d+).*", "$1"));
            assertThat(value).isBetween(number, lastSent.getOrDefault(client, 0));
            assertThat(exists(hub, "/Basic/left-" + client + "-" + value)).isTrue();
        });
    }

    private static boolean exists(HubProcess hub, String path) {
        int status = hub.send("GET", path, "").statusCode();
        assertThat(status).as(path).isIn(200, 404);
        return status == 200;
    }
}
