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
  "attestationYear": $year, "filingDate": "$today", "statementForm": "award", "attestationKind": "regular",
  "positionRu": "Учитель математики", "positionKk": "Математика мұғалімі",
  "currentCategory": "teacher-moderator", "currentCategoryValidUntil": "$year-08-31", "claimedCategory": "teacher-expert",
  "email": "teacher@example.kz", "phone": "+77001234567", "subjects": ["mathematics"], "notSubjectTeacher": false,
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
for _ in {1..60}; do as teacher GET notifications | grep -q application.meets && break; sleep 1; done
as teacher GET notifications
