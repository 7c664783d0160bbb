#!/usr/bin/env python3
"""Writes the manual page and the option tables of the program mlp from the program's own description.

usage: manual.py PROGRAM         rewrites Tools/mlp.1 and the tables in Documentation/CommandLine.md
       manual.py PROGRAM --check ends with 1 if they are not what it would write
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "Documentation" / "CommandLine.md"
MANUAL = ROOT / "Tools" / "mlp.1"


def description(program):
    text = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    return json.loads(text)["command"]


def spelling(argument):
    """How an argument is written: `-o, --output <output>`."""
    if argument["kind"] == "positional":
        return f"<{argument['valueName']}>"
    dashes = {"short": "-", "long": "--", "longWithSingleDash": "-"}
    names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
    text = ", ".join(dashes[name["kind"]] + name["name"] for name in names)
    return text if argument["kind"] == "flag" else f"{text} <{argument['valueName']}>"


def arguments(command):
    """The arguments that belong to a command alone."""
    shown = [argument for argument in command.get("arguments", []) if argument.get("shouldDisplay", True)]
    return [argument for argument in shown if spelling(argument) not in ("-h, --help", "--version")]


def meaning(argument):
    text = argument.get("abstract", "")
    default = argument.get("defaultValue")
    return text + (f" Default: {default}." if default and "efault" not in text else "")


def tables(root):
    lines = []
    for command in root["subcommands"]:
        if command["commandName"] == "help":
            continue
        lines += [f"### mlp {command['commandName']}", "", command["abstract"], "", "| argument | meaning |", "|---|---|"]
        lines += [f"| `{spelling(argument)}` | {meaning(argument)} |" for argument in arguments(command)]
        lines.append("")
    return "\n".join(lines)


def roff(text):
    return re.sub(r"(?m)^\.", r"\\&.", text.replace("\\", "\\\\").replace("-", "\\-"))


def manual(root):
    lines = [".TH MLP 1", ".SH NAME", f"mlp \\- {roff(root['abstract'])}", ".SH SYNOPSIS", "mlp <subcommand> [<options>]"]
    lines += [".SH DESCRIPTION", ".nf", roff(root["discussion"].strip()), ".fi"]
    for command in root["subcommands"]:
        if command["commandName"] == "help":
            continue
        lines += [f".SH mlp {command['commandName']}", roff(command["abstract"])]
        if command.get("discussion"):
            lines += [".PP", ".nf", roff(command["discussion"].strip()), ".fi"]
        for argument in arguments(command):
            lines += [".TP", f".B {roff(spelling(argument))}", roff(meaning(argument))]
    return "\n".join(lines) + "\n"


def main():
    root = description(sys.argv[1])
    page = PAGE.read_text()
    begin, end = "<!-- options -->\n", "<!-- end of options -->"
    before, rest = page.split(begin)
    after = rest.split(end)[1]
    wanted = {PAGE: before + begin + "\n" + tables(root) + "\n" + end + after, MANUAL: manual(root)}
    if "--check" in sys.argv:
        stale = [path.name for path, text in wanted.items() if not path.exists() or path.read_text() != text]
        if stale:
            sys.exit(f"{' and '.join(stale)}: run Scripts/manual.py {sys.argv[1]}")
    else:
        for path, text in wanted.items():
            path.write_text(text)


main()
