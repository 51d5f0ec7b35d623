package org.countyhub.imaging.pages;

import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pages below {@code /view}. */
@Configuration(proxyBeanMethods = false)
public class Pages {
    @Bean
    StaticFiles staticFiles() throws IOException {
        return StaticFiles.read();
    }

    @Bean
    ViewerEndpoint viewer(StaticFiles files) {
        return new ViewerEndpoint(files);
    }

    @Bean
    Ohif ohif() throws IOException {
        return Ohif.read();
    }

    @Bean
    OhifEndpoint ohifEndpoint(Ohif ohif) {
        return new OhifEndpoint(ohif);
    }
}
