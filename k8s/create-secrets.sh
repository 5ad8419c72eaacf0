#!/usr/bin/env bash
# Makes the Secrets of the pool in namespace ml, with passwords and keys that are drawn here and stand nowhere else. What is there stays as it is.
#   COINGECKO_API_KEY=... COINGECKO_PLAN=demo k8s/create-secrets.sh [options of kubectl, like --context NAME]
set -euo pipefail

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
key() { echo "mlp_$(random 6)_$(random 32)"; }
make() {
  local name=$1
  shift
  if kubectl "${options[@]}" get secret "$name" >/dev/null 2>&1; then
    echo "secret/$name is there and stays as it is"
  else
    kubectl "${options[@]}" create secret generic "$name" "$@"
  fi
}
value() { kubectl "${options[@]}" get secret mlpool -o "jsonpath={.data.$1}" | base64 -d; }

options=(-n ml "$@")
kubectl "${options[@]}" get namespace ml >/dev/null 2>&1 || kubectl "${options[@]}" create namespace ml
make mlpool --from-literal=postgres-password="$(random 24)" --from-literal=mlflow-password="$(random 24)" \
  --from-literal=admin-key="$(key)" --from-literal=prometheus-key="$(key)" --from-literal=scheduler-key="$(key)" \
  ${COINGECKO_API_KEY:+--from-literal=coingecko-api-key="$COINGECKO_API_KEY"} \
  ${COINGECKO_PLAN:+--from-literal=coingecko-plan="$COINGECKO_PLAN"}
# The same as CloudNativePG wants them.
make mlpool-postgres --type=kubernetes.io/basic-auth --from-literal=username=mlpool --from-literal=password="$(value postgres-password)"
make mlpool-mlflow --type=kubernetes.io/basic-auth --from-literal=username=mlflow --from-literal=password="$(value mlflow-password)"
echo "The key that may do everything: kubectl -n ml get secret mlpool -o jsonpath='{.data.admin-key}' | base64 -d"
