# What the three services stand on: a Java of just the modules they need, a user without rights, and the question whether they are well.
ARG JDK=eclipse-temurin:25-jdk
ARG BASE=debian:bookworm-slim

FROM ${JDK} AS jdk
# A JDK of a Linux distribution has none of its own but refers to the system's, which jlink does not follow.
COPY docker/Certificates.java /tmp/
RUN cd "$JAVA_HOME/lib/security" && [ -e cacerts ] \
      || { rm -f cacerts && java -Dkeystore.pkcs12.certProtectionAlgorithm=NONE -Dkeystore.pkcs12.macAlgorithm=NONE \
      /tmp/Certificates.java /etc/ssl/certs/ca-certificates.crt cacerts; }
RUN jlink --add-modules java.se,jdk.crypto.ec,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /java

FROM ${BASE}
# XGBoost's library computes with GNU's OpenMP, which a slim Debian lacks.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 mlpool && useradd --uid 10001 --gid mlpool --no-create-home --home-dir /var/lib/mlpool mlpool \
      && install -d -o mlpool -g mlpool /var/lib/mlpool
COPY --from=jdk /java /opt/java
COPY docker/health docker/preparation.options /app/
# In a container others can reach a service, so it asks them for keys.
ENV PATH=/opt/java/bin:$PATH LANG=C.UTF-8 MLPOOL_HOME=/var/lib/mlpool MLPOOL_SECURITY_MODE=api-key SERVER_ADDRESS=0.0.0.0 \
    OMP_NUM_THREADS=1 ORT_DISABLE_TELEMETRY=1
WORKDIR /app
