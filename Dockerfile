# syntax=docker/dockerfile:1
FROM node:22-slim AS viewer
WORKDIR /build/imaging-bridge/viewer
COPY imaging-bridge/viewer/package.json imaging-bridge/viewer/package-lock.json ./
COPY imaging-bridge/viewer/ohif/package.json imaging-bridge/viewer/ohif/package-lock.json imaging-bridge/viewer/ohif/.npmrc ohif/
RUN npm ci --no-audit --no-fund && cd ohif && npm ci --no-audit --no-fund
COPY imaging-bridge/viewer ./
RUN npm run build && node ohif/build.mjs

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY kernel kernel
COPY fhir-server fhir-server
COPY imaging-bridge imaging-bridge
COPY bench/pom.xml bench/pom.xml
COPY --from=viewer /build/imaging-bridge/target/classes imaging-bridge/target/classes
RUN mvn -q -B -DskipTests -Dspotless.check.skip -Dviewer.skip -pl fhir-server,imaging-bridge -am package

FROM eclipse-temurin:25-jre AS base
RUN useradd --system --user-group --create-home --home-dir /var/lib/county-hub hub
USER hub
WORKDIR /var/lib/county-hub
# A volume that is mounted here belongs to whom the directory belongs.
RUN mkdir data
ENV HUB_BIND=0.0.0.0 \
    HUB_DATA_DIR=/var/lib/county-hub/data

FROM base AS imaging-bridge
COPY --from=build /build/imaging-bridge/target/lib /opt/county-hub/lib
COPY --from=build /build/imaging-bridge/target/imaging-bridge.jar /opt/county-hub/
ENV HUB_IMAGING_JAVA_OPTS="-Xmx256m -XX:+UseParallelGC"
EXPOSE 8081 11112
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HUB_IMAGING_PORT:-8081} && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
CMD ["bash", "-c", "exec java $HUB_IMAGING_JAVA_OPTS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar /opt/county-hub/imaging-bridge.jar"]

FROM base AS fhir-server
COPY --from=build /build/fhir-server/target/lib /opt/county-hub/lib
COPY --from=build /build/fhir-server/target/fhir-server.jar /opt/county-hub/
ENV HUB_JAVA_OPTS="-Xmx700m -XX:+UseParallelGC"
EXPOSE 8080
# The image has neither curl nor wget; bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HUB_HTTP_PORT:-8080} && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
# Replaced by java, so that it gets the signals itself.
CMD ["bash", "-c", "exec java $HUB_JAVA_OPTS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar /opt/county-hub/fhir-server.jar"]
