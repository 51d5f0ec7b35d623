package org.countyhub.fhir;

import java.util.Map;
import org.countyhub.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The FHIR server as an application of its own. */
@SpringBootApplication
public class HubApplication {
    private static final Logger LOG = LoggerFactory.getLogger(HubApplication.class);

    public static void main(String[] arguments) {
        Settings settings = new Settings(System.getenv());
        String bind = settings.text("HUB_BIND", "127.0.0.1");
        SpringApplication application = new SpringApplication(HubApplication.class);
        application.setDefaultProperties(
                Map.of("server.port", settings.number("HUB_HTTP_PORT", 8080, 1, 65_535), "server.address", bind));
        var context = application.run(arguments);
        String port = context.getEnvironment().getProperty("local.server.port", "");
        LOG.info("FHIR base http://{}:{}/fhir", bind, port);
        context.getBean(Wiring.Mllp.class)
                .server()
                .ifPresent(server -> LOG.info(
                        "HL7 v2 by MLLP at {}:{}", bind, server.address().getPort()));
        LOG.warn("no one is asked who they are yet: keep this server on loopback or behind a gateway that does");
    }
}
