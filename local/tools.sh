# Sourced by the commands in this folder: finds the JDK, Maven and Node, and builds what is stale.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="$root/.parley"
stamps="$data/built"

fail() {
  echo "$*" >&2
  exit 2
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -qE 'javac (2[5-9]|[3-9][0-9])'
}

# Sets JAVA_HOME to a JDK 25 or newer, or says where to get one.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  fail "Parley needs a JDK 25. None was found in JAVA_HOME, /usr/lib/jvm, ~/.sdkman or the macOS places.
Get one:  https://adoptium.net/temurin/releases/?version=25
      or  sdk install java 25-tem        (https://sdkman.io)
      or  brew install --cask temurin@25 (macOS)
then open a new terminal, or set JAVA_HOME to where it is."
}

# version_at_least HAVE MAJOR MINOR
version_at_least() {
  local major minor
  IFS=. read -r major minor _ <<<"$1"
  [ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "${minor:-0}" -ge "$3" ]; }
}

find_maven() {
  local version
  command -v mvn >/dev/null || fail "Parley is built with Maven 3.8 or newer, and there is no mvn on the PATH.
Get it:  apt install maven  |  brew install maven  |  https://maven.apache.org/download.cgi"
  version="$(mvn -v 2>/dev/null | sed -nE 's/.*Apache Maven ([0-9.]+).*/\1/p' | head -1)"
  version_at_least "${version:-0.0}" 3 8 || fail "Parley is built with Maven 3.8 or newer; this one is ${version:-unknown}."
}

find_node() {
  local version
  command -v node >/dev/null && command -v npm >/dev/null || fail "The web app is built with Node 20 or newer, and there is no node or npm on the PATH.
Get it:  https://nodejs.org  |  nvm install 20  |  brew install node"
  version="$(node -v | tr -d v)"
  version_at_least "$version" 20 0 || fail "The web app is built with Node 20 or newer; this one is $version."
}

# The oldest Maven runs on the newest JDK with noise about its own libraries, which is no news here.
maven() {
  MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    mvn -B -q -f "$root/pom.xml" "$@"
}

# newer_than STAMP PATH... : something under the paths changed after the stamp was written
newer_than() {
  local stamp="$1"
  shift
  [ ! -f "$stamp" ] || [ -n "$(find "$@" \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' \) -prune -o -type f -newer "$stamp" -print 2>/dev/null | head -1)" ]
}

java_modules=functions/identity,functions/meetings,functions/signaling,functions/fleet,functions/notifications,functions/messaging,functions/files,functions/webhooks,media-fleet/node,media-fleet/peer,local/supervisor

java_is_stale() {
  local jar
  for jar in functions/identity/target/package/lib/identity.jar functions/meetings/target/package/lib/meetings.jar functions/signaling/target/package/lib/signaling.jar \
    functions/fleet/target/package/lib/fleet.jar functions/notifications/target/package/lib/notifications.jar functions/messaging/target/package/lib/messaging.jar functions/files/target/package/lib/files.jar functions/webhooks/target/package/lib/webhooks.jar media-fleet/node/target/node.jar media-fleet/peer/target/peer.jar local/supervisor/target/supervisor.jar; do
    [ -f "$root/$jar" ] || return 0
  done
  newer_than "$stamps/java.built" "$root/pom.xml" "$root"/contracts "$root"/functions "$root"/media-fleet "$root"/local/queues "$root"/local/stores \
    "$root"/local/gateway "$root"/local/supervisor
}

web_is_stale() {
  [ -f "$root/clients/web/app/dist/index.html" ] || return 0
  newer_than "$stamps/web.built" "$root/clients/web"
}

# step TEXT COMMAND... : runs it and says how long it took
step() {
  local text="$1" from=$SECONDS
  shift
  printf '%s ...' "$text"
  if "$@" >"$data/logs/build.log" 2>&1; then
    printf ' %d s\n' $((SECONDS - from))
  else
    printf ' failed\n\n' >&2
    tail -40 "$data/logs/build.log" >&2
    echo "The whole output: $data/logs/build.log" >&2
    exit 1
  fi
}

build_java() {
  find_maven
  mkdir -p "$stamps" "$data/logs"
  touch "$stamps/java.building"
  step "building the functions, the media node and the gateway" maven package -DskipTests -pl "$java_modules" -am
  mv "$stamps/java.building" "$stamps/java.built"
}

web_install_and_build() {
  cd "$root/clients/web" || return 1
  if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund || return 1
  fi
  npm run build
}

build_web() {
  find_node
  mkdir -p "$stamps" "$data/logs"
  touch "$stamps/web.building"
  step "building the web app" web_install_and_build
  mv "$stamps/web.building" "$stamps/web.built"
}

# The media node and its load generator, when something they are made of has changed.
build_bench_stale() {
  if [ ! -f "$root/media-fleet/node/target/node.jar" ] || [ ! -f "$root/media-fleet/bench/target/bench.jar" ] ||
    newer_than "$stamps/bench.built" "$root/pom.xml" "$root/contracts" "$root/functions/kernel" "$root/functions/platform" "$root/media-fleet"; then
    find_maven
    touch "$stamps/bench.building"
    step "building the media node and its load generator" maven package -DskipTests -pl media-fleet/node,media-fleet/bench -am
    mv "$stamps/bench.building" "$stamps/bench.built"
  fi
}

build_load_stale() {
  if [ ! -f "$root/local/load/target/load.jar" ] ||
    newer_than "$stamps/load.built" "$root/pom.xml" "$root/contracts" "$root/functions" "$root/local/queues" "$root/local/stores" "$root/local/gateway" "$root/local/supervisor" "$root/local/load"; then
    find_maven
    touch "$stamps/load.building"
    step "building the load on the control plane" maven package -DskipTests -pl local/load -am
    mv "$stamps/load.building" "$stamps/load.built"
  fi
}

build_java_stale() {
  if java_is_stale; then build_java; fi
}

# load MAIN ARGUMENT... : a program of the load on the control plane; load_jvm: one more option of its virtual machine
load() {
  local main="$1"
  shift
  "$JAVA_HOME/bin/java" ${load_jvm:+"$load_jvm"} -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/local/load/target/load.jar:$root/local/load/target/lib/*" "dev.parley.local.load.$main" "$@"
}

# Builds what has changed since it was built.
build_stale() {
  build_java_stale
  if web_is_stale; then build_web; fi
}

# supervisor MAIN ARGUMENT... : replaces this shell
supervisor() {
  local main="$1"
  shift
  exec "$JAVA_HOME/bin/java" -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
    -cp "$root/local/supervisor/target/supervisor.jar:$root/local/supervisor/target/lib/*" \
    "dev.parley.local.supervisor.$main" --root "$root" "$@"
}

# The process id of the running supervisor; fails when there is none.
running_pid() {
  local pid
  pid="$(sed -nE 's/^ *"pid" *: *([0-9]+).*/\1/p' "$data/run/up.json" 2>/dev/null | head -1)"
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && echo "$pid"
}

# over_stores MAIN ARGUMENT... : replaces this shell by a program of the identity function over the running installation's stores
over_stores() {
  local main="$1" record="$data/run/control.json" database tables
  shift
  running_pid >/dev/null && [ -f "$record" ] || fail "Parley does not run here. Start it with local/up"
  find_jdk
  database="$(sed -nE 's/^ *"database_port" *: *([0-9]+).*/\1/p' "$record" | head -1)"
  tables="$(sed -nE 's/^ *"tables_port" *: *([0-9]+).*/\1/p' "$record" | head -1)"
  exec env DATABASE_URL="jdbc:aws-wrapper:postgresql://127.0.0.1:$database/parley" DATABASE_USER=postgres DATABASE_PASSWORD=postgres \
    DYNAMODB_ENDPOINT="http://127.0.0.1:$tables" TABLE_PREFIX=parley- AWS_REGION=us-east-1 \
    AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local \
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "$root/functions/identity/target/package/lib/identity.jar" "$main" "$@"
}
