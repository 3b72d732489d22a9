#!/usr/bin/env bash
# Times the import of 10,000 teachers in 50 schools into an empty database, then the same file again.
# Usage: Benchmarks/roster-import.sh [path of bianque]
set -euo pipefail
binary=${1:-.build/release/bianque}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  echo '单位名称,类型,上级单位'
  echo '示范县,区县,'
  for ((school = 1; school <= 50; school++)); do echo "第${school}小学,学校,示范县"; done
} >"$folder/units.csv"
{
  echo '工号,姓名,学校,学段,学科,教研组'
  for ((row = 0; row < 10000; row++)); do
    echo "T$row,教师$row,第$((row % 50 + 1))小学,小学,数学,教研组$((row % 9))"
  done
} >"$folder/persons.csv"
"$binary" roster import "$folder/units.csv" --data "$folder/data" >/dev/null
for turn in first again; do
  start=$(date +%s%N)
  "$binary" roster import "$folder/persons.csv" --data "$folder/data"
  echo "10,000 rows, $turn: $((($(date +%s%N) - start) / 1000000)) ms"
done
