#!/bin/bash
# The mail sink: takes every message and shows it on a web page; sends nothing on.
# Usage: mail.sh SMTP-PORT WEB-PORT MAILDEV-FOLDER
exec node "$3/node_modules/maildev/bin/maildev" --ip 127.0.0.1 --smtp "$1" --web "$2" --web-ip 127.0.0.1 --silent
