#!/usr/bin/env bash
# Makes the package of the Functions app in a folder: the program with the .NET runtime in it, and host.json and the functions beside it, at the root.
# Usage: infra/package.sh FOLDER     An older package in it is replaced. Needs dotnet.
set -euo pipefail

if [ $# -ne 1 ]; then echo "Usage: infra/package.sh FOLDER" >&2; exit 2; fi
package=$(realpath -m "$1")
if [ -n "$(ls -A "$package" 2>/dev/null)" ] && [ ! -f "$package/Monitoring.App" ]; then echo "$1: an older package, or nothing, is expected there." >&2; exit 2; fi
cd "$(dirname "$0")/.."

rm -rf "$package"
dotnet publish src/Monitoring.App --configuration Release --runtime linux-x64 --self-contained true --output "$package"
# Not every plan makes it executable by itself; zip keeps the mode bits.
chmod 755 "$package/Monitoring.App"
