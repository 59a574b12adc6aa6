#!/bin/bash
# One application from filing to the commission's decision, with curl and openssl: a new teacher of the demonstration's school
# registers and files, its officials do the rest. Run it from the checkout (bash docs/walk.sh), as often as you like, or paste it line
# by line into a bash of its own. It talks to PEDATT_PUBLIC_URL, else to http://localhost:PEDATT_PORT (8080), and takes the keys from
# PEDATT_DATA (./data). At the first refusal it stops with one sentence and exit code 1.
set -eo pipefail
pedatt=${PEDATT_PUBLIC_URL:-http://localhost:${PEDATT_PORT:-8080}}
keys=${PEDATT_DATA:-data}/demo-keys
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The tools: the first value of a JSON text, a call with somebody's token (nobody's is ""), a user's token, a file with fields, a verdict.
refused() { echo "The walk stopped: $1" >&2; exit 1; }
field() { grep -o "\"$1\":\"[^\"]*\"" | head -1 | cut -d'"' -f4; }
id() { field id; }
as() {
  local token=${1:+${!1}} method=$2 path=$3 answer status
  shift 3
  case " $*" in *' -F '*) ;; *) set -- -H 'Content-Type: application/json' "$@" ;; esac
  answer=$(curl -s -X "$method" ${token:+-H "Authorization: Bearer $token"} -w '\n%{http_code}' "$@" "$pedatt/api/$path") ||
    refused "$method $pedatt/api/$path was not answered."
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  [[ $status == 2* ]] || refused "$method $path was refused with $status: $(field title <<< "$answer" || echo "no reason given")"
  [ -z "$answer" ] || echo "$answer"
}
token() { as "" POST identity/tokens -d "{\"login\": \"$1\", \"password\": \"Demo-2026-pedatt\"}" | field accessToken; }
entry() { as teacher POST "portfolios/$id/blocks/$1/entries" -F "fields=$2;type=application/json" -F "file=@$work/scan.pdf"; }
review() { as secretary PUT "portfolios/$id/blocks/$1/review" -d "$2"; }

# A signature over exactly the bytes of a document, by a demonstration key (password demo) or by the new teacher's own.
sign() {
  as "$1" GET "documents/$2/content" -o "$work/$2.pdf"
  [ -f "$work/$1.pem" ] || openssl pkcs12 -in "$keys/demo-$1.p12" -passin pass:demo -nodes -out "$work/$1.pem" 2> "$work/openssl" ||
    refused "the key of $1 could not be read from $keys."
  cms=$(openssl cms -sign -binary -md sha256 -outform DER -in "$work/$2.pdf" -signer "$work/$1.pem" | base64 -w0)
  as "$1" POST "documents/$2/signature" -d "{\"cms\": \"$cms\"}"
}

# A number as the state gives one to a person, of somebody born in the nineteenth century: two sums make its last digit.
number() { printf %04d $((RANDOM % 10000)); }
iin() {
  local body sum=10 i
  while [ $sum = 10 ]; do
    body=$(printf '%02d%02d%02d%d%s' $((RANDOM % 100)) $((RANDOM % 12 + 1)) $((RANDOM % 28 + 1)) $((RANDOM % 2 + 1)) "$(number)")
    for first in 1 3; do
      for ((sum = 0, i = 0; i < 11; i++)); do sum=$((sum + ((first + i - 1) % 11 + 1) * ${body:i:1})); done
      sum=$((sum % 11))
      [ $sum = 10 ] || break
    done
  done
  echo "$body$sum"
}

# The demonstration's administrator issues a login; the teacher registers with it.
[ -f "$keys/users.json" ] || refused "there are no demonstration keys in $keys: PEDATT_DATA is the data folder of the running system."
admin=$(token demo-admin)
school=$(grep -o '"login":"demo-teacher".*' "$keys/users.json" | id)
login=$(as admin POST identity/logins -d "{\"role\": \"teacher\", \"organisationId\": \"$school\"}" | field login)
iin=$(iin)
email=$login@example.kz phone=+7700$((RANDOM % 900 + 100))$(number)
as "" POST identity/registrations -d "{\"login\": \"$login\", \"iin\": \"$iin\", \"email\": \"$email\", \"phone\": \"$phone\",
  \"password\": \"Demo-2026-pedatt\", \"familyName\": \"Әбенова\", \"givenName\": \"Айгүл\", \"language\": \"ru\", \"consent\": true}"

# Their key, as the demonstration's authority issues it.
openssl pkcs12 -in "$keys/ca.p12" -passin pass:demo -nodes -out "$work/ca.pem" 2> "$work/openssl" || refused "$keys/ca.p12 could not be read."
openssl req -new -newkey rsa:2048 -nodes -keyout "$work/teacher.key" -utf8 -nameopt utf8 \
  -subj "/CN=ӘБЕНОВА АЙГҮЛ/SN=ӘБЕНОВА/serialNumber=IIN$iin/C=KZ" -out "$work/teacher.csr" 2> "$work/openssl"
openssl x509 -req -in "$work/teacher.csr" -CA "$work/ca.pem" -CAkey "$work/ca.pem" -CAserial "$work/serial" -CAcreateserial -days 365 \
  -extfile <(printf '%s\n' keyUsage=critical,digitalSignature,nonRepudiation extendedKeyUsage=emailProtection,1.2.398.3.3.4.1.1) \
  -out "$work/teacher.crt" 2> "$work/openssl"
cat "$work/teacher.key" "$work/teacher.crt" > "$work/teacher.pem"

# Who takes part.
teacher=$(token "$login")
secretary=$(token demo-secretary)
executor=$(token demo-executor)
chair=$(token demo-chair)

# The teacher files. The statement is for this school year, which begins in September.
today=$(TZ=Asia/Almaty date +%F)
year=$(( $(date +%Y) + ($(date +%-m) >= 9) ))
form=$(cat <<JSON
{
  "attestationYear": $year, "statementForm": "award", "attestationKind": "regular",
  "positionRu": "Учитель математики", "positionKk": "Математика мұғалімі",
  "currentCategory": "teacher-moderator", "currentCategoryValidUntil": "$year-08-31", "claimedCategory": "teacher-expert",
  "email": "$email", "phone": "$phone", "subjects": ["mathematics"], "notSubjectTeacher": false,
  "rulesAcknowledged": true
}
JSON
)
as teacher POST applications -d "$form" | tee "$work/application"
id=$(id < "$work/application")

# The portfolio: a scan of the ID card, and an entry in each block that is not optional. A real scan would be larger.
printf '%s\n' '%PDF-1.4' '1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj' '2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj' \
  '3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj' 'trailer <</Root 1 0 R>>' '%%EOF' > "$work/scan.pdf"
essay=$(printf 'Мұғалім %.0s' {1..260})
as teacher PUT "portfolios/$id/identity-card" -F "file=@$work/scan.pdf"
entry diploma '{"institution": "КазНПУ имени Абая", "speciality": "Математика", "number": "ЖБ 0012345", "graduationYear": 2014}'
entry employment '{"teachingExperience": 9, "position": "Учитель математики"}'
entry current-category "{\"certificateNumber\": \"17\", \"orderNumber\": \"45\", \"orderDate\": \"2021-06-01\", \"validUntil\": \"$year-08-31\"}"
entry professional-development '{"programme": "Бағалау", "organisation": "Өрлеу", "hours": 80, "issuedOn": "2025-03-14"}'
entry knowledge-quality '{"schoolYear": 2025, "quality": 71.5}'
entry lesson-observations '{"observedOn": "2025-11-20", "topic": "Квадрат теңдеулер", "points": 88}'
entry student-achievements '{"event": "Аудандық олимпиада", "level": "district", "place": "first", "year": 2025}'
entry professional-achievements '{"event": "Үздік педагог", "level": "district", "place": "second", "year": 2024}'
entry teaching-materials '{"title": "Есептер жинағы", "level": "district", "recommendedBy": "Әдістемелік кеңес"}'
entry experience-sharing '{"event": "Семинар", "topic": "Геометрияны оқыту", "level": "district", "heldOn": "2025-02-10"}'
as teacher POST "portfolios/$id/blocks/essay/entries" -F "fields={\"topic\": \"Мой ученик\", \"text\": \"$essay\"};type=application/json"

# The statement is rendered once and signed as it is. (Or printed, signed by hand and scanned: PUT documents/<id>/scan.)
as teacher POST "documents/applications/$id/statement" | tee "$work/statement"
sign teacher "$(id < "$work/statement")"
as teacher POST "applications/$id/submit"

# The secretary looks at each block, and returns two.
for block in identity-card current-category professional-development knowledge-quality lesson-observations student-achievements \
  professional-achievements teaching-materials experience-sharing essay; do
  as secretary PUT "portfolios/$id/blocks/$block/review" -d '{"verdict": "accepted"}'
done
review diploma '{"verdict": "returned", "comment": "Нет приложения к диплому."}'
review employment '{"verdict": "returned", "comment": "Добавьте справку с места работы."}'
as secretary POST "applications/$id/return"

# The teacher mends those two and sends again: the statement signed before still counts.
entry diploma '{"institution": "КазНПУ имени Абая", "speciality": "Математика", "number": "приложение ЖБ 0012345", "graduationYear": 2014}'
entry employment '{"teachingExperience": 9, "position": "Учитель математики", "since": "2017-09-01"}'
as teacher POST "applications/$id/submit"
review diploma '{"verdict": "accepted"}'
review employment '{"verdict": "accepted"}'
as secretary POST "applications/$id/forward"

# The executor of the state service signs a receipt and accepts; the commission decides.
as executor POST "documents/applications/$id/receipts" -d '{"kind": "acceptance"}' | tee "$work/receipt"
sign executor "$(id < "$work/receipt")"
as executor POST "applications/$id/accept"
as executor POST "applications/$id/send-to-commission"
decision="{\"outcome\": \"meets\", \"protocolNumber\": \"12\", \"protocolDate\": \"$today\"}"
as chair POST "applications/$id/decide" -d "$decision"

# The teacher was told of every step; the last word may come a moment later.
for _ in {1..60}; do [[ $(as teacher GET notifications) == *application.meets* ]] && break; sleep 1; done
[[ $(as teacher GET notifications) == *application.meets* ]] || refused "the teacher was not told of the decision within a minute."
as teacher GET notifications
