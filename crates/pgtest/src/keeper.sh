# Keeps one PostgreSQL cluster alive until standard input closes, then leaves nothing behind.
# Arguments: the folder with the server's programs, a free port.
set -eu
bin=$1 port=$2

dir=$(mktemp -d "${TMPDIR:-/tmp}/otklik-postgres.XXXXXX")
leave() {
    "$bin/pg_ctl" --pgdata="$dir/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' INT TERM HUP

"$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --no-sync --no-instructions >/dev/null

# What is written here need not survive a power cut, so nothing waits for the disk.
cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 300
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
jit = off
END

"$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/log" --wait --timeout=60 start >/dev/null || {
    cat "$dir/log" >&2
    exit 1
}
echo ready
read -r _ || true
