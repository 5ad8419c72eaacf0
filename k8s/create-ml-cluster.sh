#!/usr/bin/env bash
# Makes a Kubernetes cluster that the pool fits into: nodes that answer, and nodes with GPUs that learn. What is there already stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'HELP'
k8s/create-ml-cluster.sh --provider gke|eks|aks|hetzner|onprem|local [--name NAME] [--dry-run] [--delete]

  --name     of the cluster, ml-pool when nothing is said
  --dry-run  prints the commands and does nothing
  --delete   deletes the cluster, and with it all that is on its volumes; asks before

  Environment     gke: GKE_PROJECT, GKE_ZONE (europe-west4-b)     eks: AWS_REGION (eu-central-1)
                  aks: AKS_GROUP (ml-pool), AKS_LOCATION (westeurope)
                  hetzner: HCLOUD_TOKEN, HETZNER_LOCATION (fsn1), HETZNER_FROM: networks that may reach
                  SSH and Kubernetes' API of the servers, 203.0.113.7/32 or several with commas
                  GPU_NODES: how many GPU nodes there may be, on eks are, 1; 0 for none
HELP
}

provider='' name=ml-pool dry='' delete=''
while [ $# -gt 0 ]; do
  case $1 in
    --provider) provider=${2:?--provider needs one of gke, eks, aks, hetzner, onprem, local}; shift 2 ;;
    --name) name=${2:?--name needs a name}; shift 2 ;;
    --dry-run) dry=yes; shift ;;
    --delete) delete=yes; shift ;;
    -h | --help) usage; exit ;;
    *) echo "unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
gpus=${GPU_NODES:-1}

# Does it, or says what it would do in a form that can be pasted.
run() {
  if [ -n "$dry" ]; then
    printf '%q ' "$@"
    echo
  else
    "$@"
  fi
}

# $1: what is there when this succeeds; the rest is run otherwise.
unless() {
  local there=$1
  shift
  if [ -z "$dry" ] && bash -c "$there" >/dev/null 2>&1; then
    echo "is there already: $there"
  else
    run "$@"
  fi
}

needs() {
  local tool missing=''
  [ -z "$dry" ] || return 0
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
  done
  [ -z "$missing" ] || { echo "these tools are needed and missing:$missing (see docs/kubernetes.md)" >&2; exit 1; }
}

operators() {
  run kubectl apply --server-side -f https://raw.githubusercontent.com/cloudnative-pg/cloudnative-pg/release-1.27/releases/cnpg-1.27.0.yaml
  # It has a say in each of its objects, and whoever applies them before it listens is refused.
  run kubectl -n cnpg-system rollout status deployment/cnpg-controller-manager --timeout 5m
}

gpu_driver() {
  [ "$gpus" = 0 ] || run kubectl apply -f https://raw.githubusercontent.com/NVIDIA/k8s-device-plugin/v0.17.4/deployments/static/nvidia-device-plugin.yml
}

gke() {
  local zone=${GKE_ZONE:-europe-west4-b} where
  where=(--project "${GKE_PROJECT:?is missing: which project of Google Cloud pays}" --zone "$zone")
  if [ -n "$delete" ]; then run gcloud container clusters delete "$name" "${where[@]}" --quiet; return; fi
  unless "gcloud container clusters describe $name ${where[*]}" gcloud container clusters create "$name" "${where[@]}" \
    --release-channel regular --machine-type e2-standard-4 --num-nodes 3 --enable-autoscaling --min-nodes 2 --max-nodes 6 \
    --enable-dataplane-v2 --workload-pool "$GKE_PROJECT.svc.id.goog"
  [ "$gpus" = 0 ] || unless "gcloud container node-pools describe gpu --cluster $name ${where[*]}" \
    gcloud container node-pools create gpu --cluster "$name" "${where[@]}" --machine-type n1-standard-8 \
    --accelerator type=nvidia-tesla-t4,count=1,gpu-driver-version=latest --num-nodes 0 --enable-autoscaling --min-nodes 0 --max-nodes "$gpus"
  run gcloud container clusters get-credentials "$name" "${where[@]}"
  run kubectl apply -f k8s/gke-storage.yaml
  operators
}

eks() {
  local region=${AWS_REGION:-eu-central-1}
  if [ -n "$delete" ]; then run eksctl delete cluster --name "$name" --region "$region" --wait; return; fi
  unless "eksctl get cluster --name $name --region $region" eksctl create cluster --name "$name" --region "$region" \
    --nodegroup-name answering --node-type m6i.xlarge --nodes 3 --nodes-min 2 --nodes-max 6 --with-oidc
  # EKS passes over NetworkPolicies unless it is told to heed them.
  run aws eks update-addon --cluster-name "$name" --region "$region" --addon-name vpc-cni --resolve-conflicts PRESERVE \
    --configuration-values '{"enableNetworkPolicy":"true"}'
  unless "eksctl get addon --name aws-ebs-csi-driver --cluster $name --region $region" \
    eksctl create addon --name aws-ebs-csi-driver --cluster "$name" --region "$region"
  unless "eksctl get addon --name snapshot-controller --cluster $name --region $region" \
    eksctl create addon --name snapshot-controller --cluster "$name" --region "$region"
  # Nothing in EKS adds nodes by itself, so that those with GPUs are there from the start.
  [ "$gpus" = 0 ] || unless "eksctl get nodegroup --name gpu --cluster $name --region $region" \
    eksctl create nodegroup --name gpu --cluster "$name" --region "$region" --node-type g4dn.xlarge --nodes "$gpus" --nodes-min 0 --nodes-max "$gpus" \
    --node-labels k8s.amazonaws.com/accelerator=nvidia-tesla-t4
  run aws eks update-kubeconfig --name "$name" --region "$region"
  run kubectl apply -f k8s/eks-storage.yaml
  gpu_driver
  operators
}

aks() {
  local group=${AKS_GROUP:-ml-pool} location=${AKS_LOCATION:-westeurope}
  if [ -n "$delete" ]; then run az aks delete --resource-group "$group" --name "$name" --yes; return; fi
  unless "az group show --name $group" az group create --name "$group" --location "$location"
  unless "az aks show --resource-group $group --name $name" az aks create --resource-group "$group" --name "$name" \
    --node-vm-size Standard_D4s_v5 --node-count 3 --enable-cluster-autoscaler --min-count 2 --max-count 6 \
    --network-plugin azure --network-policy cilium --network-dataplane cilium --generate-ssh-keys
  [ "$gpus" = 0 ] || unless "az aks nodepool show --resource-group $group --cluster-name $name --name gpu" \
    az aks nodepool add --resource-group "$group" --cluster-name "$name" --name gpu --node-vm-size Standard_NC4as_T4_v3 \
    --node-count 0 --enable-cluster-autoscaler --min-count 0 --max-count "$gpus" --node-taints nvidia.com/gpu=present:NoSchedule
  run az aks get-credentials --resource-group "$group" --name "$name" --overwrite-existing
  run kubectl apply -f k8s/aks-storage.yaml
  gpu_driver
  operators
}

hetzner() {
  local location=${HETZNER_LOCATION:-fsn1} config=${XDG_CONFIG_HOME:-$HOME/.config}/mlpool/$name-hetzner.yaml
  [ -n "$dry" ] || : "${HCLOUD_TOKEN:?is missing: the token of the Hetzner project}"
  if [ -n "$delete" ]; then run hetzner-k3s delete --config "$config"; return; fi
  : "${HETZNER_FROM:?is missing: which networks may reach SSH and the API of the servers: the address of this machine as others see it, 203.0.113.7/32}"
  local fill=(sed -e "s/NAME/$name/g" -e "s/LOCATION/$location/g" -e "s#NETWORKS#$HETZNER_FROM#g" k8s/hetzner-k3s.yaml)
  run mkdir -p "$(dirname "$config")"
  if [ -n "$dry" ]; then echo "$(run "${fill[@]}")>$config"; else "${fill[@]}" >"$config"; fi
  # It goes on where it was, so it may be repeated.
  run hetzner-k3s create --config "$config"
  echo "# kubectl does not look there by itself: export KUBECONFIG=\$HOME/.kube/$name"
}

onprem() {
  echo "# Machines of your own: the cluster is there (kubeadm, k3s, RKE2 ...), this brings what the pool expects of it."
  if [ -n "$delete" ]; then
    echo "Your cluster is not deleted; the pool is: kubectl delete -k k8s/overlays/onprem" >&2
    return
  fi
  run kubectl get nodes
  [ "$gpus" = 0 ] || run helm upgrade --install gpu-operator gpu-operator --repo https://helm.ngc.nvidia.com/nvidia --namespace gpu-operator --create-namespace
}

kind_cluster() {
  if [ -n "$delete" ]; then run kind delete cluster --name "$name"; return; fi
  unless "kind get clusters | grep -qx $name" kind create cluster --name "$name"
  local image
  for image in ingest training serving mlflow; do
    run kind load docker-image --name "$name" "mlpool/$image:$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)"
  done
}

confirm() {
  [ -n "$delete" ] && [ -z "$dry" ] && [ "$provider" != onprem ] || return 0
  read -r -p "This deletes the cluster $name at $provider with everything on it. Its name again, to go on: " again
  [ "$again" = "$name" ] || { echo "nothing was deleted" >&2; exit 1; }
}

case $provider in
  gke) needs gcloud kubectl ;;
  eks) needs eksctl aws kubectl ;;
  aks) needs az kubectl ;;
  hetzner) needs hetzner-k3s kubectl ;;
  onprem) needs kubectl helm ;;
  local) needs kind kubectl docker ;;
  '') usage >&2; exit 2 ;;
  *) echo "unknown provider $provider" >&2; usage >&2; exit 2 ;;
esac
confirm
case $provider in local) kind_cluster ;; *) "$provider" ;; esac
[ -n "$delete" ] || cat <<NEXT
# Next:
#   k8s/create-secrets.sh
#   kubectl apply -k k8s/overlays/$provider
NEXT
