# SPDX-License-Identifier: BSD-2-Clause
# Rows into /var/power.db, each its own transaction, and said when it is there:
# tests/packages/power.exp ends the machine meanwhile. `extra` has the removal of
# the journal synced too; without it the last transaction may be undone.
sqlite3 /var/power.db 'create table t(a integer primary key, b text)'
i=0
{
	echo 'pragma synchronous=extra;'
	while :; do
		i=$((i + 1))
		echo "insert into t values($i, hex(randomblob(500)));"
		echo "select 'committed ' || $i;"
	done
} | sqlite3 -bail /var/power.db
