#!/usr/bin/env bash
# Brings, builds, runs and prints everything that is measured on a GPU (docs/performance.md).
#
#   models/gpu/measure-gpu.sh pack OUT [--with-java] [--without-tensorrt] [--only-sm 90] [--part-size 60M]
#       where there is Maven and a network: builds the application with the profile gpu-host, packs what a bare machine lacks
#       as numbered parts with their sums, and says how large each is
#   models/gpu/measure-gpu.sh run --parts DIR [--store DIR] [--only STEP,…]
#       on the machine with the GPU: joins the parts (over several calls, as they come), then runs the steps
#       tests, compile, video, drive, export, paper, torch, table; rows that are known are not measured again
#
# --store (default ~/longtake-gpu) keeps the parts, the plans and the rows between calls. Parts may come one call at a time.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
tensorrt=10.6-1.5.11
cudart=12.9-9.10-1.5.12
jars=${HOME}/.m2/repository

fail() { printf 'measure-gpu: %s\n' "$1" >&2; exit "${2:-1}"; }
value() { [ $# -ge 2 ] || fail "$1 needs a value" 2; }

squeeze() { # name, folder: one archive
  tar -C "$2" --sort=name --owner=0 --group=0 --mtime=@0 -cf - . | xz -T0 -6 > "$out/$1.tar.xz"
  printf '%-12s %6d MB\n' "$1" $(($(stat -c %s "$out/$1.tar.xz") / 1000000))
}

pack() {
  local out=$1 java=false trt=true sm='' part=60M work
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --with-java) java=true ;;
      --without-tensorrt) trt=false ;;
      --only-sm) value "$@"; sm=$2; shift ;;
      --part-size) value "$@"; part=$2; shift ;;
      *) fail "pack knows no $1" 2 ;;
    esac
    shift
  done
  mkdir -p "$out"
  out=$(cd "$out" && pwd)
  rm -f "$out"/part-* "$out"/parts.sha256 "$out"/*.tar.xz
  work=$(mktemp -d)
  # The name is gone when the script ends; its value is not.
  trap "rm -rf '$work'" EXIT

  mvn -B -ntp -q -f "$home/pom.xml" package -Pgpu-host -DskipTests -Dspotless.check.skip
  mkdir -p "$work/app/target" "$work/app/tests" "$work/trt" "$work/java"
  python3 "$here/slim.py" "$home/target/quarkus-app" "$work/app/target/quarkus-app"
  # The tests run without Maven: their classes, what only they need, and JUnit's console.
  cp -r "$home/target/test-classes" "$work/app/tests/classes"
  mvn -B -ntp -q -f "$home/pom.xml" -Pgpu-host dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$work/test-jars"
  local commons
  commons=$(basename "$work"/test-jars/junit-platform-commons-*.jar .jar)
  mvn -B -ntp -q dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:${commons##*-}" \
    -DoutputDirectory="$work/test-jars"
  mkdir -p "$work/app/tests/jars"
  for jar in "$work"/test-jars/*.jar; do
    # Most are in the application too, under <group>.<artifact>-<version>.jar.
    if ! compgen -G "$work/app/target/quarkus-app/lib/*/*.$(basename "$jar")" > /dev/null; then cp "$jar" "$work/app/tests/jars/"; fi
  done
  cp -r "$home/target/classes" "$work/app/tests/main"
  squeeze app "$work/app"

  if $trt; then
    unzip -qjo "$jars/org/bytedeco/tensorrt/$tensorrt/tensorrt-$tensorrt-linux-x86_64-redist.jar" \
      '*/libnvinfer.so.10' '*/libnvonnxparser.so.10' '*/libnvinfer_plugin.so.10' '*/libnvinfer_builder_resource.so.*' -d "$work/trt"
    unzip -qjo "$jars/org/bytedeco/cuda-redist/$cudart/cuda-redist-$cudart-linux-x86_64.jar" '*/libcudart.so.12' -d "$work/trt"
    if [ -n "$sm" ]; then
      local resource
      resource=$(echo "$work"/trt/libnvinfer_builder_resource.so.*)
      python3 "$here/kernels.py" "$resource" --keep "$sm" --out "$work/kept"
      mv "$work/kept" "$resource"
    fi
    squeeze tensorrt "$work/trt"
  fi
  if $java; then
    jlink --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.zipfs,jdk.jfr --strip-debug --no-man-pages \
      --no-header-files --output "$work/java/jdk"
    squeeze java "$work/java"
  fi
  (
    cd "$out"
    tar -cf - --remove-files ./*.tar.xz | split -d -a 3 -b "$part" - part-
    sha256sum part-* > parts.sha256
    ls -l part-*
  )
}

join() { # what has come, and whether that is all
  mkdir -p "$store/parts"
  cp "$parts"/part-* "$parts"/parts.sha256 "$store/parts/" 2>/dev/null || true
  [ -f "$store/parts/parts.sha256" ] || fail "$parts holds no parts.sha256: bring it with the first part"
  if (cd "$store/parts" && sha256sum --status -c parts.sha256 2>/dev/null); then return; fi
  local missing
  missing=$(cd "$store/parts" && sha256sum -c parts.sha256 2>/dev/null | sed -n '/: OK$/!s/:.*//p' | tr '\n' ' ') || true
  fail "still to come: ${missing}- call again with them; those that are here are kept in $store/parts" 3
}

unpack() {
  [ -f "$store/unpacked" ] && return
  mkdir -p "$store/packed" "$store/app" "$store/tensorrt" "$store/java"
  cat "$store"/parts/part-* | tar -C "$store/packed" -xf -
  for archive in "$store"/packed/*.tar.xz; do
    # Python where there is no xz.
    python3 -c "import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])" "$archive" "$store/$(basename "$archive" .tar.xz)"
  done
  chmod -R u+rwX "$store"
  [ ! -d "$store/java/jdk" ] || chmod +x "$store"/java/jdk/bin/* "$store"/java/jdk/lib/jspawnhelper
  touch "$store/unpacked"
}

longtake() {
  "$java" -Xmx8g -Dlongtake.home="$home" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -Djava.library.path="$store/tensorrt" -Dlongtake.plans="$store/plans" -jar "$store/app/target/quarkus-app/quarkus-run.jar" "$@"
}

step() { # name, command …: a step that fails does not take the others with it
  local name=$1
  shift
  case ,$only, in *,all,* | *,$name,*) ;; *) return 0 ;; esac
  printf '\n## %s\n\n' "$name"
  local begun=$SECONDS
  # A function on the left of || runs without set -e, hence the checks inside.
  "$@" 2>&1 | tee -a "$store/$name.log" || { echo "$name FAILED, see $store/$name.log"; failed=1; }
  echo "($name: $((SECONDS - begun)) s)"
}

tests() {
  "$java" -Xmx4g -Dai.djl.default_engine=OnnxRuntime -Dai.djl.offline=true -Djava.library.path="$store/tensorrt" \
    -cp "$store/app/tests/classes:$store/app/tests/main:$store/app/tests/jars/*:$store/app/target/quarkus-app/lib/boot/*:$store/app/target/quarkus-app/lib/main/*" \
    org.junit.platform.console.ConsoleLauncher execute --scan-classpath "$store/app/tests/classes" --include-tag gpu --details tree --disable-banner
}

video() {
  local prompt='a drive at night in heavy traffic' engine
  for engine in OnnxRuntime TensorRT; do
    longtake generate "$prompt" --seconds 4 --seed 7 --codec raw --engine $engine --data-dir "$store/data-$engine" -o "$store/$engine.rgb" || return 1
  done
  python3 "$here/psnr.py" "$store/OnnxRuntime.rgb" "$store/TensorRT.rgb" 35
}

stages() { # model, stages
  LONGTAKE_MODELS=$home/models:$store/models longtake bench steps --engine TensorRT --model "$1" --stages "$2" --sizes 1,2,4,8 \
    --cuda-graphs false,true --device "$device" --rows "$store/java.json"
}

export_paper() {
  [ -f "$store/models/paper/1/model.json" ] || (cd "$home/models" && python3 -m longtake_models.paper --out "$store/models")
}

run() {
  local parts='' store=$HOME/longtake-gpu only=all failed=0
  while [ $# -gt 0 ]; do
    value "$@"
    case $1 in
      --parts) parts=$2 ;;
      --store) store=$2 ;;
      --only) only=$2 ;;
      *) fail "run knows no $1" 2 ;;
    esac
    shift 2
  done
  [ -n "$parts" ] || fail 'run needs --parts DIR' 2
  mkdir -p "$store"
  join
  unpack
  java=$store/java/jdk/bin/java
  [ -x "$java" ] || java=$(command -v java) || fail 'there is no java here: pack --with-java'
  export LD_LIBRARY_PATH=$store/tensorrt${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} PYTHONUNBUFFERED=1
  export TORCHINDUCTOR_CACHE_DIR=$store/inductor
  device=$(nvidia-smi --query-gpu=name --format=csv,noheader | head -1) || fail 'nvidia-smi finds no GPU'
  nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.sm,clocks.max.sm,power.limit --format=csv
  cd "$home/models"
  step tests tests
  step compile longtake compile --engine TensorRT --model drive --sizes 1
  step video video
  step drive stages drive keyframes,interpolate,decode,upsample
  step export export_paper
  step paper stages paper keyframes,upsample,decode
  step torch python3 -m longtake_models.measure --json "$store/torch.json"
  step table python3 -m longtake_models.measure --table "$store/torch.json" "$store/java.json"
  exit $failed
}

case ${1:-} in
  pack) [ $# -ge 2 ] || fail 'pack needs a folder' 2; shift; pack "$@" ;;
  run) shift; run "$@" ;;
  *) sed -n '2,13p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
