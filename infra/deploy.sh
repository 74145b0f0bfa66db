#!/usr/bin/env bash
# Deploys Monitoring into a resource group that exists: resources, then the program, then one look whether it lives.
# Usage: infra/deploy.sh [--dry-run] RESOURCE_GROUP PARAMETERS_FILE     Needs az (signed in), dotnet, zip and curl. --dry-run only prints the commands.
set -euo pipefail

dry=false
if [ "${1-}" = --dry-run ]; then dry=true; shift; fi
if [ $# -ne 2 ]; then echo "Usage: infra/deploy.sh [--dry-run] RESOURCE_GROUP PARAMETERS_FILE" >&2; exit 2; fi
group=$1
if [ ! -f "$2" ]; then echo "$2: a parameters file like infra/main.parameters.sample.json is expected." >&2; exit 2; fi
parameters=$(realpath "$2")
cd "$(dirname "$0")/.."
package=artifacts/package

run() { if $dry; then printf '%q ' "$@"; echo; else "$@"; fi; }
output() { if $dry; then echo "<$1>"; else az deployment group show --resource-group "$group" --name monitoring --query "properties.outputs.$1.value" --output tsv; fi; }

run az deployment group create --resource-group "$group" --name monitoring --template-file infra/main.bicep --parameters "@$parameters" --output none
app=$(output appName)
url=$(output appUrl)

run infra/package.sh "$package"
run rm -f "$package.zip"
# From inside, so that host.json is at the root.
run env -C "$package" zip --quiet --recurse-paths ../package.zip .
run az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package.zip" --output none

# Roles and the first start take minutes.
run curl --fail --silent --show-error --retry 20 --retry-delay 15 --retry-all-errors "$url/healthz"
$dry || echo
