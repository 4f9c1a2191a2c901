#!/bin/sh
# Runs one child in a process group of its own and leaves word of it in files, so that whoever started it may come and
# go. Started by setsid in the attempt's folder:
#   command   the program, as a shell script            (read)
#   abandoned when it is there, nothing is started      (read)
#   started   process id, start ticks, boot id          (written, by rename)
#   log       standard output and error, bounded        (written)
#   usage     peak memory of the child in KiB           (written)
#   exit      status and reason, once nothing runs      (written, by rename)
# Arguments: time limit in seconds (0: none), grace in seconds, log limit in bytes, lease file, lease limit in seconds.
limit=$1 grace=$2 bytes=$3 lease=$4 stale=$5
trap : TERM INT HUP

read -r stat < /proc/$$/stat
set -- ${stat##*) }
echo "$$ ${20} $(cat /proc/sys/kernel/random/boot_id)" > started.new
mv started.new started
[ -e abandoned ] && exit 0

(cd work && exec sh ../command) < /dev/null >> log 2>&1 &
child=$!

watch() {
    trap : TERM INT HUP
    seconds=0
    while :; do
        # A signal to the group ends the sleep and not the watch.
        sleep 1
        seconds=$((seconds + 1))
        # A shim that was killed looks after nothing any more: the child must not outlive it unseen.
        kill -0 $$ || kill -KILL 0
        while read -r name size unit; do
            [ "$name" = VmHWM: ] && echo "$size" > usage
        done < /proc/$child/status
        if [ "$(stat -c %s log)" -gt "$bytes" ]; then
            cp log log.before
            : > log
        fi
        reason=
        [ "$limit" -gt 0 ] && [ "$seconds" -ge "$limit" ] && reason=timeout
        if [ $((seconds % 10)) -eq 0 ] && [ $(($(date +%s) - $(stat -c %Y "$lease"))) -gt "$stale" ]; then
            reason=orphaned
        fi
        if [ -n "$reason" ]; then
            echo "$reason" > reason
            kill -TERM 0
            sleep "$grace"
            kill -KILL $child
            return
        fi
    done
}
watch 2> /dev/null < /dev/null > /dev/null &

status=
while [ -z "$status" ] || kill -0 $child 2> /dev/null; do
    wait $child
    status=$?
done
times > times
echo "$status $(cat reason 2> /dev/null)" > exit.new
mv exit.new exit
# Nothing of the group outlives the step, the watcher and this shell included.
kill -KILL 0
