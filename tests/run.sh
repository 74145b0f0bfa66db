#!/usr/bin/env bash
# Installs what the tests need if it is absent, then runs all of them. The last line: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# A browser for the pages.
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  echo "Installing Chromium"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi

# The servers that tests run against, as the lock file names them: Azurite, behind those of the Azure engine, and a mail server.
node_is_good() { command -v node >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]; }
if ! node_is_good || ! command -v npm >/dev/null; then
  echo "Installing Node.js"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
if [ ! tests/node_modules/.package-lock.json -nt tests/package-lock.json ]; then
  echo "Installing the servers that tests run against"
  npm ci --prefix tests --ignore-scripts --no-audit --no-fund --loglevel=error
fi

dotnet build Monitoring.sln --verbosity quiet

results=artifacts/test-results
rm -rf "$results"
failed_run=0
for project in Monitoring.Tests Monitoring.EndToEnd; do
  echo "== $project"
  dotnet test "tests/$project" --no-build --logger "trx;LogFileName=$project.trx" --results-directory "$results" || failed_run=1
done

# The sum over all projects, from the counters each of them left.
count() { grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }
total=$(count total) passed=$(count passed) failed=$(count failed)
skipped=$((total - passed - failed))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed_run" -eq 0 ] && [ "$passed" -gt 0 ] && [ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ]
