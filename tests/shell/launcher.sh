#!/usr/bin/env bash
# ./esteira builds once per change of the sources and hands its arguments on.
# shellcheck source=tests/shell/tap.bash
source "$(dirname "${BASH_SOURCE[0]}")/tap.bash"

checkout=$folder/check\ out
mkdir -p "$checkout/kernel/src/main/java" "$checkout/kernel/src/test/java" "$checkout/examples" "$folder/bin"
cp -r "$root/esteira" "$root/script" "$checkout/"
echo '<project/>' >"$checkout/pom.xml"
echo 'class A {}' >"$checkout/kernel/src/main/java/A.java"
jdk "$folder/jdk" 25.0.1

# A Maven that counts its calls and lays out empty jars, or fails when told to.
cat >"$folder/bin/mvn" <<'MVN'
#!/usr/bin/env bash
echo call >>"$MVN_CALLS"
if [[ -e $MVN_CALLS.fail ]]; then
    echo "[ERROR] A.java:[1,1] something is wrong"
    exit 1
fi
for argument in "$@"; do
    [[ $argument == -Desteira.dist=* ]] && dist=${argument#*=}
done
mkdir -p "$dist/lib" "$dist/trainer" app/cli/target app/trainer/target
touch "$dist/lib/library.jar" "$dist/trainer/library.jar" app/cli/target/esteira-cli-1.jar app/trainer/target/esteira-trainer-1.jar
MVN
chmod +x "$folder/bin/mvn"
export PATH=$folder/bin:$PATH JAVA_HOME=$folder/jdk MVN_CALLS=$folder/calls
: >"$MVN_CALLS"

built() {
    [[ $(wc -l <"$MVN_CALLS") -eq $1 ]]
}

run "$checkout/esteira" run "a file.yaml" --json
check "the first start builds" built 1
check "the first start says so" says "Building Esteira"
check "the arguments reach the program" says "dev.esteira.cli.Main run a file.yaml --json"
check "it starts from the AOT cache" says "-XX:AOTCache="
grep -h . "$checkout"/target/dist/*/java.args >"$folder/output"
check "the class path holds the command line and its libraries" says "/lib/esteira-cli-1.jar:"
check "the server is told where the trainer lies" says "-Desteira.dist="
check "the trainer's jars lie apart" test -e "$checkout"/target/dist/*/trainer/esteira-trainer-1.jar
check "the examples can be found" test -d "$checkout"/target/dist/*/examples

run "$checkout/esteira" version
check "the second start does not build" built 1
check "the second start says nothing" is_silent_about "Building"

sleep 0.02
touch "$checkout/kernel/src/main/java/A.java"
run "$checkout/esteira" version
check "a source that was touched and not changed is not built again" built 1

echo 'class ATest {}' >"$checkout/kernel/src/test/java/ATest.java"
run "$checkout/esteira" version
check "a changed test is not built" built 1

echo 'class A { int b; }' >"$checkout/kernel/src/main/java/A.java"
run "$checkout/esteira" version
check "a changed source is built" built 2

echo 'class B {}' >"$checkout/kernel/src/main/java/B.java"
touch "$MVN_CALLS.fail"
run "$checkout/esteira" version
check "a build that fails ends with 3" ended_with 3
check "a build that fails says why" says "something is wrong"
check "a build that fails says where its log is" says "build.log"
rm "$MVN_CALLS.fail"
run "$checkout/esteira" version
check "after a build that failed the next start builds again" built 4
check "and then starts" says "dev.esteira.cli.Main version"

rm "$checkout/kernel/src/main/java/B.java"
run "$checkout/esteira" version
check "going back to sources that were built before builds nothing" built 4

for text in one two three; do
    echo "class $text {}" >"$checkout/kernel/src/main/java/C.java"
    run "$checkout/esteira" version
done
kept() {
    local builds=("$checkout"/target/dist/*/)
    [[ ${#builds[@]} -eq 2 ]]
}
check "the build before is kept and older ones are removed" kept

ln -s "$checkout/esteira" "$folder/bin/esteira"
run esteira version
check "it can be started through a link" says "dev.esteira.cli.Main version"

printf 'JAVA_VERSION="25.0.9"\n' >"$folder/jdk/release"
run "$checkout/esteira" version
check "another JDK does not get the cache of the one before" is_silent_about "-XX:AOTCache="

run env ESTEIRA_JAVA_OPTIONS="-Xmx1g -ea" "$checkout/esteira" version
check "more options can be given to the JVM" says "-Xmx1g -ea"

finish
