#!/bin/bash
# One application from filing to the commission's decision, by the demonstration's users, with curl and openssl.
# Run it from the checkout (bash docs/walk.sh) or paste it line by line into bash. demo-teacher has one application a year,
# so a system can be walked once; PEDATT_PUBLIC_URL and PEDATT_DATA lead elsewhere than to http://localhost:8080 and ./data.
pedatt=${PEDATT_PUBLIC_URL:-http://localhost:8080}
keys=${PEDATT_DATA:-data}/demo-keys
work=$(mktemp -d)

# The tools: the first value of a JSON text, a call with somebody's token, a user's token, a file with fields, a signature.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -1 | cut -d'"' -f4; }
id() { field id; }
as() {
  local token=${!1} method=$2 path=$3
  shift 3
  case " $*" in *' -F '*) ;; *) set -- -H 'Content-Type: application/json' "$@" ;; esac
  curl -sS --fail-with-body -X "$method" -H "Authorization: Bearer $token" "$@" "$pedatt/api/$path" && echo
}
token() {
  curl -sS --fail-with-body "$pedatt/api/identity/tokens" -H 'Content-Type: application/json' \
    -d "{\"login\": \"$1\", \"password\": \"Demo-2026-pedatt\"}" | field accessToken
}
entry() { as teacher POST "portfolios/$id/blocks/$1/entries" -F "fields=$2;type=application/json" -F "file=@$work/scan.pdf"; }
review() { as secretary PUT "portfolios/$id/blocks/$1/review" -d "$2"; }
sign() {
  as "$1" GET "documents/$2/content" -o "$work/$2.pdf"
  openssl pkcs12 -in "$keys/demo-$1.p12" -passin pass:demo -nodes -out "$work/$1.pem"
  cms=$(openssl cms -sign -binary -md sha256 -outform DER -in "$work/$2.pdf" -signer "$work/$1.pem" | base64 -w0)
  as "$1" POST "documents/$2/signature" -d "{\"cms\": \"$cms\"}"
}

# Who takes part.
teacher=$(token demo-teacher)
secretary=$(token demo-secretary)
executor=$(token demo-executor)
chair=$(token demo-chair)

# The teacher files. The statement is for this school year, which begins in September.
today=$(TZ=Asia/Almaty date +%F)
year=$(( $(date +%Y) + ($(date +%-m) >= 9) ))
form=$(cat <<JSON
{
  "attestationYear": $year, "filingDate": "$today", "statementForm": "STATEMENT_FORM", "attestationKind": "regular",
  "positionRu": "Учитель математики", "positionKk": "Математика мұғалімі",
  "currentCategory": "teacher-moderator", "currentCategoryValidUntil": "$year-08-31", "claimedCategory": "teacher-expert",
  "email": "teacher@example.kz", "phone": "+77001234567", "subjects": ["mathematics"], "notSubjectTeacher": false,
  "rulesAcknowledged": true
}
JSON
)
as teacher POST applications -d "$form" | tee "$work/application"
id=$(id < "$work/application")
