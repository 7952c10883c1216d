#!/bin/sh
# What deploy/compose.yml needs before it is started: passwords, settings, a certificate of one's own. Nothing is made twice.
set -eu
[ $# = 2 ] || { echo "sh deploy/secrets.sh salur.example.go.id 32.71" >&2; exit 2; }
domain=$1 city=$2
cd "$(dirname "$0")"
# Compose hands files over as they are; the user in the container has to read them, so the folder is what keeps others out.
mkdir -p secrets
chmod 0700 secrets
mkdir -p secrets/tls
random() { openssl rand -hex "$1"; }
for name in postgres secret_key webhook_secret; do
    [ -s "secrets/$name" ] || random 32 >"secrets/$name"
done
touch secrets/telegram_token
chmod 0644 secrets/postgres secrets/secret_key secrets/webhook_secret secrets/telegram_token
[ -s secrets/salur.env ] || cat >secrets/salur.env <<SETTINGS
SALUR_PUBLIC_URL=https://$domain
SALUR_CITY=$city
SALUR_OFFICE_NAME=Dinas Sosial
SALUR_TELEGRAM_NAME=
SALUR_TELEGRAM_WEBHOOK=https://$domain/telegram
SETTINGS
[ -s secrets/tls/fullchain.pem ] ||
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -batch -subj "/CN=$domain" \
        -addext "subjectAltName=DNS:$domain" -keyout secrets/tls/privkey.pem -out secrets/tls/fullchain.pem 2>/dev/null
mkdir -p backups
chown 999 backups 2>/dev/null || echo "Let the user 999 write into deploy/backups"
echo COMPOSE_PROJECT_NAME=salur >.env
# The same as on a machine of its own, with the containers' folders, and with names that are looked up at each request:
# a container that is made anew has another address, and the bot may not be there at all.
# shellcheck disable=SC2016
sed -e "s|@DOMAIN@|$domain|g; s|@RELEASE@/deploy/nginx|/usr/share/nginx/salur|g" \
    -e 's|^\( *\)gzip off;.*|\1gzip off;\n\1resolver 127.0.0.11 valid=5s;\n\1set $salur_site site;\n\1set $salur_bot bot;|' \
    -e 's|127\.0\.0\.1:8000|$salur_site:8000|g; s|127\.0\.0\.1:8443|$salur_bot:8443|g' nginx/salur.conf >secrets/nginx.conf
echo "Now: docker compose up --build --detach"
