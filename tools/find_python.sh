#!/bin/sh
# Prints the first Python of version 3.11 or newer; says what is missing otherwise.
for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if path=$(command -v "$name") && "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$path" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
echo "Python 3.11 or newer was not found. Debian, Ubuntu: sudo apt-get install -y python3 python3-venv" >&2
exit 1
