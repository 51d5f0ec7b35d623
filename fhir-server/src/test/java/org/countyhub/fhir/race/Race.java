package org.countyhub.fhir.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** Clients that all start at the same moment. */
final class Race {
    static final int CLIENTS = 64;
    private static final int MAX_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Race() {}

    /** What one client does. */
    @FunctionalInterface
    interface Client<T> {
        T run(int number) throws Exception;
    }

    /** Runs the clients, numbered from 0, and returns what each came back with; the first failure is thrown. */
    static <T> List<T> of(int clients, Client<T> client) {
        CyclicBarrier start = new CyclicBarrier(clients);
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<T>> runs = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                runs.add(threads.submit(() -> {
                    start.await(MAX_SECONDS, TimeUnit.SECONDS);
                    return client.run(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> run : runs) {
                results.add(result(run));
            }
            return results;
        }
    }

    private static <T> T result(Future<T> run) {
        try {
            return run.get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a client did not come back within " + MAX_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Every answer has one of the statuses; the first that has not is shown. */
    static void requireStatus(List<HttpResponse<String>> answers, Integer... statuses) {
        List<Integer> allowed = List.of(statuses);
        for (HttpResponse<String> answer : answers) {
            if (!allowed.contains(answer.statusCode())) {
                throw new AssertionError(answer.request().method() + " " + answer.uri() + " answered "
                        + answer.statusCode() + ", not one of " + allowed + ": " + answer.body());
            }
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    /** The resources of a Bundle, in their order. */
    static List<JsonNode> resources(HttpResponse<String> bundle) {
        return StreamSupport.stream(json(bundle).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    static String transaction(List<String> entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    /** {@code Type/id} of the version that a write points to. */
    static String reference(String location) {
        String version = location.substring(0, location.indexOf("/_history/"));
        int id = version.lastIndexOf('/');
        return version.substring(version.lastIndexOf('/', id - 1) + 1);
    }

    static String reference(HttpResponse<String> write) {
        return reference(write.headers().firstValue("Location").orElseThrow());
    }
}
