#!/usr/bin/env bash
# Makes the Secrets of the pool in namespace ml, with passwords and keys that are drawn here and stand nowhere else. What is there stays as it is, and gets what
# a newer version needs and it lacks.
#   COINGECKO_API_KEY=... COINGECKO_PLAN=demo k8s/create-secrets.sh [options of kubectl, like --context NAME]
set -euo pipefail

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
key() { echo "mlp_$(random 6)_$(random 32)"; }
# $1: name of the Secret; $2: its type; then NAME=VALUE
make() {
  local name=$1 type=$2
  shift 2
  if kubectl "${options[@]}" get secret "$name" >/dev/null 2>&1; then
    complete "$name" "$@"
  else
    kubectl "${options[@]}" create secret generic "$name" --type="$type" "${@/#/--from-literal=}"
  fi
}
complete() {
  local name=$1 there entry missing=''
  shift
  # shellcheck disable=SC2016 # the template's variables, not ours
  there=$(kubectl "${options[@]}" get secret "$name" -o 'go-template={{range $key, $value := .data}}{{$key}} {{end}}')
  for entry in "$@"; do
    case " $there" in *" ${entry%%=*} "*) continue ;; esac
    echo "secret/$name lacks ${entry%%=*}, which is added"
    missing+="${missing:+,}\"${entry%%=*}\":\"$(printf %s "${entry#*=}" | base64 | tr -d '\n')\""
  done
  if [ -n "$missing" ]; then
    kubectl "${options[@]}" patch secret "$name" --patch "{\"data\":{$missing}}"
  else
    echo "secret/$name is there and stays as it is"
  fi
}
value() { kubectl "${options[@]}" get secret mlpool -o "jsonpath={.data.$1}" | base64 -d; }

case ${1:-} in
  -h | --help)
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
    exit
    ;;
esac

options=(-n ml "$@")
entries=(postgres-password="$(random 24)" mlflow-password="$(random 24)" admin-key="$(key)" prometheus-key="$(key)" scheduler-key="$(key)")
[ -z "${COINGECKO_API_KEY:-}" ] || entries+=(coingecko-api-key="$COINGECKO_API_KEY")
[ -z "${COINGECKO_PLAN:-}" ] || entries+=(coingecko-plan="$COINGECKO_PLAN")
kubectl "${options[@]}" get namespace ml >/dev/null 2>&1 || kubectl "${options[@]}" create namespace ml
make mlpool Opaque "${entries[@]}"
# The same as CloudNativePG wants them.
make mlpool-postgres kubernetes.io/basic-auth username=mlpool password="$(value postgres-password)"
make mlpool-mlflow kubernetes.io/basic-auth username=mlflow password="$(value mlflow-password)"
echo "The key that may do everything: kubectl -n ml get secret mlpool -o jsonpath='{.data.admin-key}' | base64 -d"
