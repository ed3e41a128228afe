#!/usr/bin/env bash
# `make run`: installs what is missing, builds, makes the demonstration data, and serves it on this machine.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

part "tools" .ci/tools.sh build
part "build for the browser" .ci/build.sh browser
part "build of the server" .ci/build.sh server

# Only defaults: what the demonstration needs beyond them is said here.
export SPASER__DEMO__ENABLED=true
export SPASER__LOG__FORMAT=text
export SPASER__LOG__FILTER=${SPASER__LOG__FILTER:-info,sea_orm_migration=warn}
address=${SPASER__SERVER__BIND:-127.0.0.1:3000}
mkdir -p var

part "demonstration data" target/release/spaser demo seed
summary
cat <<END
Portail / portal       http://$address
Courriels / mails      http://$address/demo/courriels   (dossier / folder var/courriels)
Comptes / accounts     fournisseur@demo.example   agent@demo.example   agent2@demo.example   admin@demo.example
                       sans mot de passe : le lien de connexion arrive dans les courriels ci-dessus
                       no password: the sign-in link arrives in the mails above
Arrêter / stop         Ctrl-C

END
# The shell becomes the server: Ctrl-C reaches it, and nothing stays behind.
exec target/release/spaser serve
