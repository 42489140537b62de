#!/usr/bin/env bash
# Measures what becomes of new connections while one of two nodes that share a port closes its listener, again and again, with
# net.ipv4.tcp_migrate_req 0 and 1, in a network namespace of its own. Needs root, iproute2, and mvn -DskipTests package before.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt -Dmdep.includeScope=test
namespace="handover-$$"
ip netns add "$namespace"
trap 'ip netns delete "$namespace"' EXIT
ip -n "$namespace" link set lo up
for migrate in 0 1; do
  ip netns exec "$namespace" sysctl -w net.ipv4.tcp_migrate_req="$migrate"
  ip netns exec "$namespace" java -cp "target/test-classes:target/classes:$(cat target/test-classpath.txt)" \
    io.colonnade.it.PortHandover
done
