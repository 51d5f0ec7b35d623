package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What is served of OHIF: where, with which headers, and what of it is not there. */
class OhifTest {
    private static final Pattern CHUNK =
            Pattern.compile("__webpack_require__\\.e\\((?:/\\*[^*]*\\*/ ?)?\"?([0-9]+)\"?\\)");
    private static final Pattern HASH = Pattern.compile("\\b([0-9]+): \"([0-9a-f]{16})\"");

    private static PagesServer server;
    private static PageClient client;

    @BeforeAll
    static void start() {
        server = new PagesServer();
        client = PageClient.of(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void everyRouteOfThePageAnswersWithThePage() throws Exception {
        String page = PageClient.text(client.get("/view/ohif", "identity"));

        assertThat(page).contains("<div id=\"root\">");
        for (String route : List.of(
                "/",
                "/viewer?StudyInstanceUIDs=1.2.3",
                "/viewer/dicomweb",
                "/local",
                "/viewer/dicomlocal",
                "/notfoundstudy")) {
            HttpResponse<byte[]> answer = client.get("/view/ohif" + route, "identity");
            assertThat(answer.statusCode()).as(route).isEqualTo(200);
            assertThat(PageClient.header(answer, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(PageClient.text(answer)).isEqualTo(page);
        }
    }

    @Test
    void thePageIsNotKeptAndRunsScriptsOfThisServerOnly() throws Exception {
        HttpResponse<byte[]> page = client.get("/view/ohif/viewer", "gzip");

        assertThat(PageClient.header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(PageClient.header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(PageClient.header(page, "X-Robots-Tag")).isEqualTo("noindex");
        assertThat(PageClient.header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(PageClient.header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "worker-src 'self';")
                .contains("frame-ancestors 'self'", "base-uri 'none'")
                .doesNotContain("-eval", "http", "*");
        assertThat(new String(PageClient.unpacked(page.body()), StandardCharsets.UTF_8))
                .doesNotContain("style=")
                .doesNotContain("manifest")
                .doesNotContainPattern("<script(?![^>]* src=\"/view/ohif/)")
                .doesNotContainPattern("(?:src|href)=\"(?!/view/ohif/|data:)");
    }

    @Test
    void filesOfThePageAreKeptForGood() throws Exception {
        List<String> files = Pattern.compile("(?:src|href)=\"(/view/ohif/[0-9a-f]{12}/[^\"]+)\"")
                .matcher(PageClient.text(client.get("/view/ohif/viewer", "identity")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(files).hasSize(3);
        for (String file : files) {
            HttpResponse<byte[]> packed = client.get(file, "gzip, deflate, br");
            assertThat(packed.statusCode()).as(file).isEqualTo(200);
            assertThat(PageClient.header(packed, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(PageClient.header(packed, "Content-Encoding")).isEqualTo("gzip");
            assertThat(PageClient.header(packed, "Content-Length")).isEqualTo(String.valueOf(packed.body().length));
            assertThat(PageClient.unpacked(packed.body()))
                    .isEqualTo(client.get(file, "gzip;q=0").body());
        }
    }

    /** The glue of compiled libraries makes functions from text. A worker goes by the policy of its own answer. */
    @Test
    void onlyWorkersWithCompiledLibrariesMayMakeCode() throws Exception {
        List<String> making = new ArrayList<>();
        for (String name : names()) {
            if (name.endsWith(".js.gz")) {
                HttpResponse<byte[]> file = client.get("/view/ohif/" + name.replaceFirst("\\.gz$", ""), "gzip");
                assertThat(PageClient.header(file, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
                assertThat(PageClient.header(file, "Content-Security-Policy"))
                        .startsWith("default-src 'none'; script-src 'self'")
                        .endsWith("; connect-src 'self'; base-uri 'none'");
                if (PageClient.header(file, "Content-Security-Policy").contains("eval")) {
                    making.add(name.replaceFirst(".*/", "").replaceFirst("\\..*", ""));
                }
            }
        }
        assertThat(making).containsExactlyInAnyOrder("decoder", "polySeg");
    }

    @Test
    void whatIsNeitherRouteNorFileIsNotFound() throws Exception {
        for (String path : List.of(
                "/nothing",
                "/index.html",
                "/index.html.gz",
                "/viewer/other",
                "/basic",
                "/debug",
                "/viewer/dicomweb/more",
                "/sw.js",
                "/manifest.json",
                "/app-config.js",
                "/..%2Fviewer%2Fview.html",
                "/elsewhere/schmuell/sam-b-fp16")) {
            assertThat(client.get("/view/ohif" + path, "gzip").statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
        assertThat(client.get("/view/ohifx", "gzip").statusCode()).isEqualTo(404);
    }

    @Test
    void whatHasNoPlaceIsNotThere() throws Exception {
        assertThat(names())
                .isNotEmpty()
                .noneMatch(name -> name.matches(
                        "(?i).*(\\.map|onnx|/ort/|service-?worker|/sw\\.js|manifest|google|oidc|microscopy|"
                                + "favicon|apple-touch|customizations|\\.jsonc).*"));
    }

    @Test
    void noScriptNamesAHostThatItWouldAsk() throws Exception {
        List<String> found = new ArrayList<>();
        // Addresses in comments, in texts to be read and of name spaces are asked by nobody; those that OHIF asks are
        // these.
        Pattern asked = Pattern.compile(
                "(?:https?:)?//[a-z0-9.-]*(?:huggingface\\.co|githubusercontent\\.com|jsdelivr\\.net|unpkg\\.com|cdnjs|cloudfront\\.net|"
                        + "locize\\.(?:io|app)|googleapis\\.com|google-analytics\\.com|googletagmanager\\.com|gstatic\\.com|sentry\\.io)(?![a-z.])");
        for (String name : names()) {
            if (name.endsWith(".js.gz") || name.endsWith(".css.gz") || name.endsWith(".html.gz")) {
                asked.matcher(script(name)).results().forEach(one -> found.add(name + ": " + one.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everythingIsLookedForBelowTheDirectoryOfThisBuild() throws Exception {
        String directory = directory();
        for (String name : names()) {
            if (name.endsWith(".js.gz")) {
                assertThat(Pattern.compile("__webpack_require__\\.p = \"([^\"]*)\"")
                                .matcher(script(name))
                                .results()
                                .map(found -> found.group(1)))
                        .as(name)
                        .allMatch(("/view/ohif/" + directory + "/")::equals);
            } else if (name.endsWith(".css.gz")) {
                assertThat(script(name))
                        .as(name)
                        .doesNotContainPattern("url\\((?!/view/ohif/" + directory + "/|data:|\"?data:)");
            }
        }
    }

    /** The codecs, the mode that is offered, and what both load: each part that is named is there, but for those of modes that are not offered. */
    @Test
    void allPartsOfTheModeThatIsOfferedAreThere() throws Exception {
        Set<String> names = names();
        String app = names.stream()
                .filter(name -> name.matches(".*/app\\.bundle\\.[0-9a-f]+\\.js\\.gz"))
                .findFirst()
                .orElseThrow();
        String script = script(app);
        assertThat(Pattern.compile("^pluginImports_(?:modes|extensions)\\.push\\(\"([^\"]+)\"\\);", Pattern.MULTILINE)
                        .matcher(script)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrder(
                        "@ohif/extension-default",
                        "@ohif/extension-cornerstone",
                        "@ohif/mode-longitudinal",
                        "@ohif/mode-basic");
        Set<String> needed = new TreeSet<>();
        for (String module : List.of(
                "extension-default",
                "extension-cornerstone",
                "extension-measurement-tracking",
                "extension-cornerstone-dicom-sr",
                "extension-cornerstone-dicom-seg",
                "extension-cornerstone-dicom-pmap",
                "extension-cornerstone-dicom-rt",
                "extension-dicom-pdf",
                "extension-dicom-video",
                "mode-longitudinal",
                "mode-basic")) {
            int at = script.indexOf("if (module === \"@ohif/" + module + "\")");
            assertThat(at).as(module).isPositive();
            CHUNK.matcher(script.substring(at, script.indexOf("return imported", at)))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(needed::add);
        }
        assertThat(needed).hasSizeGreaterThan(10);
        Set<String> hashed = new TreeSet<>(HASH.matcher(script)
                .results()
                .map(MatchResult::group)
                .map(one -> one.replaceAll("\"", "").replace(": ", ".bundle."))
                .toList());
        for (String chunk : needed) {
            assertThat(names)
                    .as("chunk " + chunk)
                    .anyMatch(name -> name.endsWith("/" + chunk + ".css.gz")
                            || hashed.stream()
                                    .anyMatch(
                                            one -> one.startsWith(chunk + ".") && name.endsWith("/" + one + ".js.gz")));
        }
        assertThat(names.stream().filter(name -> name.endsWith(".wasm.gz"))).hasSize(5);
    }

    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath:ohif/**")) {
            String address = resource.getURL().toString();
            if (resource.isReadable()) {
                names.add(address.substring(address.lastIndexOf("ohif/") + "ohif/".length()));
            }
        }
        return names;
    }

    private static String directory() throws IOException {
        List<String> directories = names().stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .toList();
        assertThat(directories).hasSize(1);
        return directories.getFirst();
    }

    private static String script(String name) throws IOException {
        try (InputStream in = OhifTest.class.getResourceAsStream("/ohif/" + name);
                InputStream plain = new GZIPInputStream(in)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
