# The ingest service, from the jar that `./mlpool images` builds.
ARG JDK=eclipse-temurin:25-jdk
ARG JAVA=mlpool/java

FROM ${JDK} AS jar
ARG VERSION
COPY ingest-service/target/ingest-service-${VERSION}-app.jar /build/app.jar
RUN java -Djarmode=tools -jar /build/app.jar extract --layers --destination /build/layers

FROM ${JAVA}
# Libraries change seldom, so they are layers of their own.
COPY --from=jar /build/layers/dependencies/ /build/layers/snapshot-dependencies/ ./
COPY --from=jar /build/layers/application/ ./
COPY docker/ingest.options ./
# Classes are loaded and linked once, here: the service is made up to where it would begin to work.
RUN java @ingest.options -XX:AOTCacheOutput=app.aot @preparation.options -jar app.jar >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }; rm -rf /tmp/* /var/lib/mlpool/*

ENV JDK_JAVA_OPTIONS="-Xmx256m"
USER 10001:10001
EXPOSE 8002
# All that the service keeps; everything else may be read-only, but for /tmp.
VOLUME /var/lib/mlpool
HEALTHCHECK --start-period=10m --interval=10s --timeout=5s --retries=3 CMD ["/app/health", "8002"]
ENTRYPOINT ["java", "@ingest.options", "-XX:AOTCache=app.aot", "-jar", "app.jar"]

ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="ML Pool: ingest" \
      org.opencontainers.image.description="Collects market data into PostgreSQL" \
      org.opencontainers.image.licenses=Apache-2.0 \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED
