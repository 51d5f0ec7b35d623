package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.imaging.study.query.QueryStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * DICOMweb below {@code /dicomweb}. Import it where a {@link Ports} bean is made. Spring's own reading of multipart bodies has to be off
 * ({@code spring.servlet.multipart.enabled=false}): it would take uploads into temporary files first.
 */
@Configuration(proxyBeanMethods = false)
public class DicomWeb {
    /**
     * What it speaks for.
     *
     * @param entitlement who may look at what; empty where whoever is let through may look at everything
     * @param bases the addresses under which clients know it, each ending with {@code /dicomweb}; the first is the usual one
     */
    public record Ports(
            Ingest ingest,
            StudyStore studies,
            QueryStore queries,
            BlobStore blobs,
            PatientDirectory patients,
            OutgoingInstances outgoing,
            Clients clients,
            Optional<Entitlement> entitlement,
            List<String> bases) {}

    /** What endpoints share. */
    record Parts(Instances instances, Frames frames, DicomFiles files, Pictures pictures, Asking asking, Bases bases) {}

    @Bean
    Parts dicomWebParts(Ports ports) {
        Frames frames = new Frames(ports.blobs());
        Asking asking = new Asking(ports.clients(), ports.entitlement());
        return new Parts(
                new Instances(ports.studies().shown()),
                frames,
                new DicomFiles(ports.blobs(), ports.outgoing(), asking),
                new Pictures(ports.blobs(), frames),
                asking,
                new Bases(ports.bases()));
    }

    @Bean
    WebMvcConfigurer dicomWebReaders(Parts parts) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ReaderGate(parts.asking())).addPathPatterns(Bases.PATH, Bases.PATH + "/**");
            }
        };
    }

    @Bean
    StoreEndpoint dicomWebStore(Ports ports, Parts parts) {
        return new StoreEndpoint(ports.ingest(), parts.asking(), parts.bases());
    }

    @Bean
    SearchEndpoint dicomWebSearch(Ports ports, Parts parts) {
        return new SearchEndpoint(ports.queries(), ports.patients(), parts.asking(), parts.bases());
    }

    @Bean
    InstanceEndpoint dicomWebInstances(Parts parts) {
        return new InstanceEndpoint(parts.instances(), parts.files());
    }

    @Bean
    MetadataEndpoint dicomWebMetadata(Ports ports, Parts parts) {
        return new MetadataEndpoint(ports.studies().shown(), parts.instances());
    }

    @Bean
    FramesEndpoint dicomWebFrames(Parts parts) {
        return new FramesEndpoint(parts.instances(), parts.frames());
    }

    @Bean
    BulkdataEndpoint dicomWebBulkdata(Ports ports, Parts parts) {
        return new BulkdataEndpoint(parts.instances(), ports.blobs(), ports.outgoing(), parts.asking(), parts.frames());
    }

    @Bean
    RenderedEndpoint dicomWebRendered(Ports ports, Parts parts) {
        return new RenderedEndpoint(
                parts.instances(),
                parts.pictures(),
                new Documents(ports.blobs()),
                new Electrocardiograms(ports.blobs()));
    }

    @Bean
    SlideEndpoint slides(Ports ports, Parts parts) {
        return new SlideEndpoint(new Slides(parts.instances(), ports.blobs()));
    }

    @Bean
    WadoUriEndpoint wadoUri(Parts parts) {
        return new WadoUriEndpoint(parts.instances(), parts.files(), parts.pictures());
    }

    @Bean
    CapabilitiesEndpoint dicomWebCapabilities() {
        return new CapabilitiesEndpoint();
    }

    @Bean
    Refusals dicomWebRefusals() {
        return new Refusals();
    }
}
