package org.countyhub.imaging;

import java.util.Map;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The imaging bridge as an application of its own. What it is made of is said by {@link Wiring}; nothing is looked for. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Wiring.class)
public class ImagingApplication {
    private static final Logger LOG = LoggerFactory.getLogger(ImagingApplication.class);

    public static void main(String[] arguments) {
        Settings settings = new Settings(System.getenv());
        String bind = settings.text("HUB_BIND", "127.0.0.1");
        SpringApplication application = new SpringApplication(ImagingApplication.class);
        application.setDefaultProperties(
                Map.of("server.port", settings.number("HUB_IMAGING_PORT", 8081, 1, 65_535), "server.address", bind));
        var context = application.run(arguments);
        String port = context.getEnvironment().getProperty("local.server.port", "");
        LOG.info("DICOMweb http://{}:{}/dicomweb", bind, port);
        LOG.warn(
                context.getBean(Peers.class).readers().isPresent()
                        ? "doctors are who a gateway says they are: keep all but that gateway away"
                        : "no one is asked who they are: keep this server on loopback or behind a gateway that does");
    }
}
