# Sets $database, and $login: a file with what DATABASE_URL says, because arguments show in the list of processes. The caller removes it.
[ -z "${DATABASE_URL_FILE:-}" ] || DATABASE_URL=$(cat "$DATABASE_URL_FILE")
: "${DATABASE_URL:?or DATABASE_URL_FILE says where the database is}"

decoded() { # the text without its percent signs
  rest=$1 text=
  while case "$rest" in *%[0-9A-Fa-f][0-9A-Fa-f]*) true ;; *) false ;; esac; do
    before=${rest%%\%*}
    rest=${rest#*\%}
    hex=$(printf '%.2s' "$rest")
    rest=${rest#??}
    text="$text$before$(printf "\\$(printf '%03o' "0x$hex")")"
  done
  printf '%s' "$text$rest"
}

address=${DATABASE_URL#*://}
address=${address%%\?*}
database=${address#*/}
address=${address%%/*}
account=${address%@*}
[ "$account" != "$address" ] || account=root
host=${address##*@}
port=${host##*:}
[ "$port" != "$host" ] || port=3306
password=
case "$account" in *:*) password=$(decoded "${account#*:}") ;; esac
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"; }

login=$(mktemp)
{
  echo '[client]'
  echo 'protocol=tcp'
  echo "host=$(quoted "${host%:*}")"
  echo "port=$port"
  echo "user=$(quoted "$(decoded "${account%%:*}")")"
  [ -z "$password" ] || echo "password=$(quoted "$password")"
} > "$login"
