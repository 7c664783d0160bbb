# What the scripts of this folder share. They source it from the root of the checkout.

# Says what is done.
say() { printf '==> %s\n' "$*" >&2; }

# Says what is wrong, and ends the script.
fail() {
    say "$@"
    exit 1
}

# Copies the package in folder $1 into folder $2, beside a link to this checkout: SwiftPM identifies a package at a path by
# the name of its folder, and a clone may have any name.
stage_package() {
    mkdir -p "$2"
    ln -sfn "$PWD" "$2/swift-mlp"
    rm -rf "$2/${1##*/}/Sources"
    cp -R "$1" "$2"
}
