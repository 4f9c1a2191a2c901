#!/usr/bin/env bash
# Every gate of the build stops a module that breaks it, and lets a clean one pass.
# suite: slow
# shellcheck source=tests/shell/tap.bash
source "$(dirname "${BASH_SOURCE[0]}")/tap.bash"
# shellcheck source=script/bootstrap
source "$root/script/bootstrap"
bootstrap run

house=$folder/house
mkdir -p "$house/kernel"
cp -r "$root/.mvn" "$house/"
# The parent as it is, with one module.
sed -e '/<module>/d' -e 's:<modules>:<modules><module>kernel</module>:' "$root/pom.xml" >"$house/pom.xml"

# module DEPENDENCIES: writes the module anew, clean but for these dependencies.
module() {
    rm -rf "$house/kernel/src"
    mkdir -p "$house/kernel/src/main/java/dev/esteira/kernel" "$house/kernel/src/test/java/dev/esteira/kernel"
    sed -e "s|<dependencies>|<dependencies>$1|" "$root/kernel/pom.xml" >"$house/kernel/pom.xml"
    printf '/** A package. */\n@NullMarked\npackage dev.esteira.kernel;\n\nimport org.jspecify.annotations.NullMarked;\n' \
        >"$house/kernel/src/main/java/dev/esteira/kernel/package-info.java"
}

type() {
    printf 'package dev.esteira.kernel;\n\n%s\n' "$1" >"$house/kernel/src/main/java/dev/esteira/kernel/Sample.java"
}

dependency() {
    printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>' "$@"
}

build() {
    run mvn -B -Dstyle.color=never -f "$house/pom.xml" "$@"
}

stopped() {
    [[ $status -ne 0 ]] && says "$1"
}

module ''
type $'final class Sample {\n    private Sample() {}\n}'
build verify
check "a clean module passes" ended_with 0

type $'final class Sample {\n  private Sample() {}\n}'
build verify
check "another format is refused" stopped "format violations"

type $'final class Sample {\n    private Sample() {}\n\n    static String name() {\n        return null;\n    }\n}'
build compile
check "null where none is allowed is refused" stopped "NullAway"

type $'final class Sample {\n    private Sample() {}\n\n    static boolean same(java.util.List<String> a, java.util.List<String> b) {\n        return a == b;\n    }\n}'
build compile
check "what Error Prone warns of is refused" stopped "warnings found and -Werror specified"

type $'final class Sample {\n    private Sample() {}\n\n    static java.util.List<String> names() {\n        return new java.util.ArrayList();\n    }\n}'
build compile
check "what the compiler warns of is refused" stopped "unchecked"

type $'final class Sample {\n    private Sample() {}\n}'
module "$(dependency org.slf4j slf4j-api 2.0.20 '')"
type $'final class Sample {\n    private Sample() {}\n}'
build verify
check "a dependency that is declared and not used is refused" stopped "Unused declared dependencies"

module "$(dependency org.apache.commons commons-statistics-inference 1.2 '')"
type $'final class Sample {\n    private Sample() {}\n\n    static Object both() {\n        return java.util.List.of(\n                org.apache.commons.statistics.inference.TTest.withDefaults(),\n                org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1));\n    }\n}'
build verify
check "a dependency that is used and not declared is refused" stopped "Used undeclared dependencies"

module "$(dependency javax.inject javax.inject 1 '')$(dependency jakarta.inject jakarta.inject-api 1.0.5 '')"
type $'final class Sample {\n    private Sample() {}\n}'
build verify
check "one class in two libraries is refused" stopped "Duplicate class"

module "$(dependency org.slf4j slf4j-api '[2.0.0,3)' '')"
build verify
check "a version that may change by itself is refused" stopped "BanDynamicVersions"

module "$(dependency org.mockito mockito-core 5.14.2 '<scope>test</scope>')"
build verify
check "a mocking library is refused" stopped "org.mockito"

module "$(dependency org.apache.commons commons-statistics-distribution 1.3 '')$(dependency org.apache.commons commons-statistics-inference 1.2 '')"
type $'final class Sample {\n    private Sample() {}\n}'
build verify
check "two versions of one library are refused" stopped "DependencyConvergence"

finish
