#!/bin/bash
# Builds Longtake from the folder that this is called in, and installs it with its native libraries unpacked: images have a read-only
# root. Models are not installed; they are a layer of their own.
#
#   docker/install.sh FOLDER [MAVEN_OPTION…]
set -euo pipefail
to=$1
shift
mvn -B -ntp -q package -Dmaven.test.skip=true -Dspotless.check.skip "$@"
mkdir -p "$to/natives"
cp -r target/quarkus-app "$to/app"
rm -f "$to/app/broker.jsa" # fits the folder only in which it was made
cp longtake LICENSE CHANGELOG.md docker/healthy "$to"

case $(uname -m) in
  x86_64) onnx=linux-x64 rocks=linux64 kafka=amd64 bytedeco=linux-x86_64 ;;
  aarch64) onnx=linux-aarch64 rocks=linux-aarch64 kafka=aarch64 bytedeco=linux-arm64 ;;
  *) echo "install.sh: no native libraries for $(uname -m)" >&2 && exit 1 ;;
esac
lib=$to/app/lib/main
# Takes libraries out of a jar; those for other systems are dropped.
move() {
  unzip -qjo "$1" "$2" -d "$to/natives"
  zip -qd "$1" '*.so' '*.so.*' '*.dylib' '*.dylib.dSYM/*' '*.jnilib' '*.dll' > /dev/null
}
move "$lib"/com.microsoft.onnxruntime.*.jar "ai/onnxruntime/native/$onnx/*.so"
move "$lib"/org.rocksdb.rocksdbjni-*.jar "librocksdbjni-$rocks.so"
move "$lib"/com.github.luben.zstd-jni-*.jar "linux/$kafka/*.so"
move "$lib"/at.yawk.lz4.lz4-java-*.jar "net/jpountz/util/linux/$kafka/*.so"
for jar in "$lib"/org.bytedeco.*-"$bytedeco"*.jar; do
  case $jar in
    *cuda-redist*) move "$jar" '*/libcudart.so*' ;; # of 2 GB nothing else is used: docs/gpu.md
    *) move "$jar" '*.so*' ;;
  esac
done

# The tokenizer unpacks itself, into a folder that the launcher names; and whoever has made a video has all its libraries.
ln -s "$PWD/models" "$to/models"
LONGTAKE_JAVA_OPTS=-Duser.home=/tmp/first "$to/longtake" generate 'an empty road' --seconds 1 -o /tmp/first.mp4
if [ -n "$(find /tmp/first -name '*.so*')" ]; then
  echo 'install.sh: some libraries were unpacked once more' >&2 && find /tmp/first -name '*.so*' >&2 && exit 1
fi
rm -rf "$to/models" /tmp/first /tmp/first.mp4
zip -qd "$lib"/ai.djl.huggingface.tokenizers-*.jar '*.so' '*.dylib' '*.dll' > /dev/null
chmod -R a+rX "$to"
