# MLflow as the pool is tested with it: the same pinned packages as `./mlpool run --mlflow`. `./mlpool images` builds it.
#   docker build -f docker/mlflow.Dockerfile -t mlpool/mlflow:VERSION .
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates
COPY docker/authorities/ /usr/local/share/ca-certificates/
RUN update-ca-certificates
COPY common/src/main/resources/io/mlpool/mlflow/local/requirements.txt /build/
RUN python3 -m venv /opt/mlflow && PIP_CERT=/etc/ssl/certs/ca-certificates.crt /opt/mlflow/bin/pip install --no-cache-dir --no-compile -r /build/requirements.txt psycopg2-binary==2.9.11

FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends python3 ca-certificates && rm -rf /var/lib/apt/lists/* \
      && groupadd --gid 10001 mlpool && useradd --uid 10001 --gid mlpool --no-create-home --home-dir /var/lib/mlflow mlpool \
      && install -d -o mlpool -g mlpool /var/lib/mlflow
COPY --from=build /opt/mlflow /opt/mlflow
# Job execution would be eight more processes, 900 MB, for what the pool does not use.
ENV PATH=/opt/mlflow/bin:$PATH MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false MLFLOW_DISABLE_TELEMETRY=true PYTHONDONTWRITEBYTECODE=1 \
    MLFLOW_BACKEND_STORE_URI=sqlite:////var/lib/mlflow/mlflow.db MLFLOW_ARTIFACTS_DESTINATION=/var/lib/mlflow/artifacts \
    MLFLOW_HOST=0.0.0.0 MLFLOW_PORT=5000 MLFLOW_WORKERS=1
USER 10001:10001
WORKDIR /var/lib/mlflow
EXPOSE 5000
VOLUME /var/lib/mlflow
HEALTHCHECK --start-period=3m --interval=15s --timeout=5s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:5000/health', headers={'Host': 'localhost'}), timeout=4)"]
ENTRYPOINT ["mlflow", "server"]
