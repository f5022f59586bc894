#!/bin/sh
# Makes the certificates that the TLS tests use: an authority, and leaves that are good, expired, for another name,
# and self-signed. Run in this folder; needs openssl 3.
set -eu
here=$(pwd)
work=$(mktemp -d)
cd "$work"
touch index
cat > ca.conf <<END
[ca]
default_ca = one
[one]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = names
[names]
END
good="subjectAltName=IP:127.0.0.1,IP:127.0.0.2,DNS:localhost"
make() { # name, extension, first and last day, signed how
  openssl req -new -config ca.conf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" -addext "$2"
  openssl ca -config ca.conf -batch -notext -in "$1.csr" -out "$1.crt" -startdate "$3" -enddate "$4" $5
  cat "$1.key" "$1.crt" > "$here/$1.pem"
}
make authority basicConstraints=critical,CA:TRUE 20200101000000Z 21200101000000Z "-selfsign -keyfile authority.key"
by="-cert authority.crt -keyfile authority.key"
make good "$good" 20200101000000Z 21200101000000Z "$by"
make expired "$good" 20200101000000Z 20200201000000Z "$by"
make other-name subjectAltName=DNS:other.example 20200101000000Z 21200101000000Z "$by"
make self-signed "$good" 20200101000000Z 21200101000000Z "-selfsign -keyfile self-signed.key"
cp authority.crt "$here/authority.pem" # its key is not kept
rm -r "$work"
