#!/bin/sh
# What `make run` does after installing: the demonstration from seeds to lights, then the dashboard.
# Every command is one that a user would type.  Each finds what is already recorded and adds nothing;
# the stamp only spares the second start from asking them again while no input has changed.  Where
# the ledger itself is gone the stamp says nothing, and `load` makes a new one or tells what is lost.
set -eu
port="${1:-8050}"
here="data/demonstration"
store="${INDICATORS_STORE:-data/store}"
stamp="$store/.demonstration"
export INDICATORS_WHO="${INDICATORS_WHO:-演示账号}"
if [ ! -e "$stamp" ] || [ ! -s "$store/ledger.sqlite" ] || [ -n "$(find seeds "$here" -newer "$stamp" -type f)" ]; then
    indicators load seeds --catalog seeds/catalog.csv --reason "演示：五份种子文件"
    indicators review import "$here/decisions.xlsx"
    indicators settings import "$here/settings.xlsx"
    indicators import "$here"/submissions/*.xlsx
    [ ! -d "$store" ] || touch "$stamp"
fi
indicators flag
exec indicators serve --port "$port"
