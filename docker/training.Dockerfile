# The training service, from the jar that `./mlpool images` builds; with VARIANT=-gpu, on a Java that stands on CUDA, the one for GPU nodes.
ARG JDK=eclipse-temurin:25-jdk
ARG JAVA=mlpool/java

FROM ${JDK} AS jar
ARG VERSION
ARG VARIANT
COPY training-service/target/training-service-${VERSION}-app${VARIANT}.jar /build/app.jar
RUN java -Djarmode=tools -jar /build/app.jar extract --layers --destination /build/layers
# The native library of this machine lies there to be mapped, not to be unpacked at every start; those of others stay away.
RUN mkdir /build/onnx && cd /build/onnx && library=$(ls /build/layers/dependencies/lib/onnxruntime-*.jar) && jar xf "$library" \
      && mv "ai/onnxruntime/native/linux-$(uname -m | sed s/x86_64/x64/)" /build/native && rm -r ai/onnxruntime/native \
      && jar cfm "$library" META-INF/MANIFEST.MF ai

FROM ${JAVA}
# Libraries change seldom, so they are layers of their own.
COPY --from=jar /build/layers/dependencies/ /build/layers/snapshot-dependencies/ ./
COPY --from=jar /build/layers/application/ ./
COPY --from=jar /build/native native
COPY docker/training.options docker/on-device ./
# Classes are loaded and linked once, here: the service is made up to where it would begin to work.
RUN java @training.options -XX:AOTCacheOutput=app.aot @preparation.options -jar app.jar >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }; rm -rf /tmp/* /var/lib/mlpool/*

ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50"
USER 10001:10001
EXPOSE 8003
# All that the service keeps; everything else may be read-only, but for /tmp.
VOLUME /var/lib/mlpool
HEALTHCHECK --start-period=10m --interval=10s --timeout=5s --retries=3 CMD ["/app/health", "8003"]
ENTRYPOINT ["/app/on-device", "java", "@training.options", "-XX:AOTCache=app.aot", "-jar", "app.jar"]

ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="ML Pool: training" \
      org.opencontainers.image.description="Learns from market data and registers what has proved better" \
      org.opencontainers.image.licenses=Apache-2.0 \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED
