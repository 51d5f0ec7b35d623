package org.countyhub.imaging.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.javafx.webkit.WebConsoleListener;
import com.sun.webkit.network.CookieManager;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.CookieHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * WebKit 612.1, which is Safari 15.0's, as JavaFX 18 has it: a program that a test starts, which reads what is to be done from its standard input, line
 * by line as JSON, and answers so. It ends with its input. {@code viewer/test/old-browsers/webkit.mjs} speaks with it.
 */
public final class WebKit {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final Path data;
    private @Nullable WebView view;
    private @Nullable Stage stage;

    private WebKit(PrintStream out, Path data) {
        this.out = out;
        this.data = data;
    }

    /** @param arguments a directory for what pages keep */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        // Whatever libraries say is not part of the answers.
        System.setOut(System.err);
        WebKit browser = new WebKit(out, Path.of(arguments[0]));
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        WebConsoleListener.setDefaultListener(
                (ignored, message, line, source) -> browser.complain(message + " (" + source + ":" + line + ")"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode wish = JSON.readTree(line);
            Platform.runLater(() -> browser.answer(wish));
        }
        Platform.exit();
        System.exit(0);
    }

    private void answer(JsonNode wish) {
        ObjectNode answer = JSON.createObjectNode().put("id", wish.path("id").asInt());
        try {
            answer.put("value", act(wish));
        } catch (RuntimeException | IOException e) {
            answer.put("error", e.toString());
        }
        say(answer);
    }

    private String act(JsonNode wish) throws IOException {
        switch (wish.path("act").asText()) {
            case "name" -> {
                return new WebView().getEngine().getUserAgent();
            }
            case "open" -> open(wish.path("width").asInt(), wish.path("height").asInt());
            case "load" -> page().getEngine().load(wish.path("address").asText());
            case "run" -> {
                return String.valueOf(
                        page().getEngine().executeScript(wish.path("script").asText()));
            }
            case "move" -> {
                Point2D at = page().localToScreen(
                                wish.path("x").asDouble(), wish.path("y").asDouble());
                new Robot().mouseMove(at);
            }
            case "press" -> new Robot().mousePress(MouseButton.PRIMARY);
            case "release" -> new Robot().mouseRelease(MouseButton.PRIMARY);
            case "picture" -> picture(Path.of(wish.path("path").asText()));
            default -> throw new IllegalArgumentException(wish.toString());
        }
        return "";
    }

    /** A page of a browser that has no cookies yet. */
    private void open(int width, int height) {
        CookieHandler.setDefault(new CookieManager());
        WebView fresh = new WebView();
        fresh.setContextMenuEnabled(false);
        fresh.getEngine().setUserDataDirectory(data.toFile());
        fresh.getEngine().getLoadWorker().exceptionProperty().addListener((of, before, failure) -> {
            if (failure != null) {
                complain(failure.toString());
            }
        });
        Stage shown = new Stage(StageStyle.UNDECORATED);
        shown.setScene(new Scene(fresh, width, height));
        shown.setX(0);
        shown.setY(0);
        if (stage != null) {
            stage.close();
        }
        shown.show();
        stage = shown;
        view = fresh;
    }

    private WebView page() {
        if (view == null) {
            throw new IllegalStateException("no page is open");
        }
        return view;
    }

    private void picture(Path path) throws IOException {
        WritableImage seen = page().snapshot(null, null);
        int width = (int) seen.getWidth();
        int height = (int) seen.getHeight();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        PixelReader pixels = seen.getPixelReader();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        ImageIO.write(image, "png", path.toFile());
    }

    private void complain(String of) {
        say(JSON.createObjectNode().put("complaint", of));
    }

    private synchronized void say(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}
