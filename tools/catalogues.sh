#!/bin/sh
# Bring the catalogues in step with the code: extract, then update each language, keeping what is translated.
# New sentences are left empty for a translator; tests/habits/test_catalogues.py says which.
set -eu
cd "$(dirname "$0")/.."
pybabel=.venv/bin/pybabel
$pybabel -q extract -F babel.cfg -k say -k N_ -k self -k plural:1,2 --no-location --sort-output --omit-header \
    -o translations/messages.pot .
for language in en su; do
    if [ -f "translations/$language/LC_MESSAGES/messages.po" ]; then
        $pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 \
            -i translations/messages.pot -d translations -l "$language"
    else
        $pybabel -q init -i translations/messages.pot -d translations -l "$language"
    fi
done
