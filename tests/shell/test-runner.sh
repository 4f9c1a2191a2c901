#!/usr/bin/env bash
# script/test counts what ran, names what failed, and takes silence for failure.
# shellcheck source=tests/shell/tap.bash
source "$(dirname "${BASH_SOURCE[0]}")/tap.bash"

checkout=$folder/checkout
mkdir -p "$checkout/tests/shell" "$checkout/kernel/src/test/java" "$checkout/spi/src/test/java" "$folder/bin"
cp -r "$root/script" "$checkout/"
# The tools have a test of their own.
printf 'ESTEIRA_ROOT=%q\nbootstrap() { :; }\n' "$checkout" >"$checkout/script/bootstrap"
printf '<module>kernel</module>\n<module>spi</module>\n' >"$checkout/pom.xml"
echo '@Test' >"$checkout/kernel/src/test/java/ATest.java"
echo 'record Sample() {}' >"$checkout/spi/src/test/java/Sample.java"

cat >"$folder/bin/mvn" <<'MVN'
#!/usr/bin/env bash
printf '%s\n' "$*" >"$MVN_SAYS.arguments"
if [[ -e $MVN_SAYS ]]; then
    mkdir -p kernel/target/surefire-reports
    cp "$MVN_SAYS" kernel/target/surefire-reports/TEST-ATest.xml
fi
[[ ! -e $MVN_SAYS.fail ]]
MVN
chmod +x "$folder/bin/mvn"
export PATH=$folder/bin:$PATH MVN_SAYS=$folder/report.xml

report() {
    printf '<testsuite name="ATest" tests="%s" errors="%s" skipped="%s" failures="%s">\n%s\n</testsuite>\n' "$@" >"$MVN_SAYS"
}

last_line() {
    [[ $(tail -n 1 "$folder/output") == "$1" ]]
}

report 3 0 0 0 '<testcase name="adds" classname="ATest"/>'
run "$checkout/script/test"
check "tests that pass end with 0" ended_with 0
check "tests that pass are counted" last_line "3 passed, 0 failed"

run "$checkout/script/test" --quick
run cat "$MVN_SAYS.arguments"
check "quick leaves out what is slow" says "-DexcludedGroups=slow"

report 3 1 0 1 '<testcase name="adds" classname="ATest"><failure>no</failure></testcase>
<testcase name="ends" classname="ATest"><error>no</error></testcase><testcase name="fine" classname="ATest"/>'
run "$checkout/script/test"
check "tests that fail end with 1" ended_with 1
check "tests that fail are counted" last_line "1 passed, 2 failed"
check "tests that fail are named" says "kernel: ATest.ends"

report 2 0 1 0 '<testcase name="later" classname="ATest"><skipped/></testcase><testcase name="fine" classname="ATest"/>'
run "$checkout/script/test"
check "a skipped test has failed" last_line "1 passed, 1 failed"

report 0 0 0 0 ''
run "$checkout/script/test"
check "a module whose reports hold no test has failed" last_line "0 passed, 1 failed"

rm "$MVN_SAYS"
run "$checkout/script/test"
check "a module that wrote no report has failed" last_line "0 passed, 1 failed"
check "and is named" says "kernel: no test ran"

report 3 0 0 0 '<testcase name="adds" classname="ATest"/>'
touch "$MVN_SAYS.fail"
run "$checkout/script/test"
check "a gate that fails is a failure" last_line "3 passed, 1 failed"
rm "$MVN_SAYS.fail"

printf 'echo "ok 1 - one"\necho "not ok 2 - two"\nexit 1\n' >"$checkout/tests/shell/a.sh"
run "$checkout/script/test"
check "shell tests are counted too" last_line "4 passed, 1 failed"
printf 'exit 0\n' >"$checkout/tests/shell/a.sh"
run "$checkout/script/test"
check "a shell suite without a test has failed" last_line "3 passed, 1 failed"
printf 'echo "ok 1 - one"\nexit 7\n' >"$checkout/tests/shell/a.sh"
run "$checkout/script/test"
check "a shell suite that breaks off has failed" last_line "4 passed, 1 failed"

run "$checkout/script/test" --fast
check "an unknown option is refused with 2" ended_with 2

finish
