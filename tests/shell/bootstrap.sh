#!/usr/bin/env bash
# script/bootstrap finds the right JDK, or says how to get one.
# shellcheck source=tests/shell/tap.bash
source "$(dirname "${BASH_SOURCE[0]}")/tap.bash"

# The programs that the script needs, without any java.
mkdir -p "$folder/bin"
for program in bash dirname readlink id apt-get; do
    path=$(command -v "$program" || true)
    [[ -z $path ]] || ln -s "$path" "$folder/bin/$program"
done
printf '#!/bin/sh\n' >"$folder/bin/mvn"
chmod +x "$folder/bin/mvn"

# With what it found: found [NAME=VALUE]...
found() {
    run env -i PATH="$folder/bin" HOME="$folder" ESTEIRA_JDK_PLACES="$folder/jvm" "$@" \
        bash -c "source '$root/script/bootstrap' && bootstrap run && printf '%s\n' \"\$JAVA_HOME\""
}

found
check "without a JDK it ends with 3" ended_with 3
check "without a JDK it has a code" says "JDK_MISSING"
check "without a JDK it says which one is needed" says "needs a JDK 25"
check "without a JDK it says how to get one on Debian" says "apt-get install openjdk-25-jdk-headless"
check "without a JDK it says how to get one on macOS" says "brew install"

jdk "$folder/jvm/old-17" 17.0.15
jdk "$folder/jvm/new-25" 25.0.1
found
check "a JDK 25 is found beside an older one" says "$folder/jvm/new-25"

found JAVA_HOME="$folder/jvm/old-17"
check "a JAVA_HOME that is too old is passed over" says "$folder/jvm/new-25"

jdk "$folder/else where" 25
found JAVA_HOME="$folder/else where"
check "a JAVA_HOME that fits wins, also with a blank in its name" says "$folder/else where"

rm "$folder/jvm/new-25/bin/javac"
found
check "a runtime without compiler is not enough" ended_with 3

jdk "$folder/jvm/mac.jdk/Contents/Home" 25.0.2
found
check "a JDK in a macOS bundle is found" says "$folder/jvm/mac.jdk/Contents/Home"

rm "$folder/bin/mvn" "$folder/bin/apt-get"
found
check "without Maven and without apt it ends with 3" ended_with 3
check "without Maven and without apt it says what to install" says "Esteira needs Maven"

run "$root/script/bootstrap" nonsense
check "an unknown word is refused with 2" ended_with 2

run "$root/script/bootstrap" python "$folder/none.txt"
check "a requirements file that does not exist ends with 3" ended_with 3

finish
