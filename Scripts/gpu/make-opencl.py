#!/usr/bin/env python3
"""Compiles kernels to LLVM bitcode that oclgrind runs.

    make-opencl.py VERSION SOURCE OUT.bc [OPTION ...]

OUT.barriers lists the kernels with barriers, which functions of warps are too.
VERSION is that of the programs of LLVM: the one that oclgrind uses. The options are for the compiler.

Clang compiles the kernels as C++, in which pointers have no address spaces, with the declarations of opencl/host.h.
Everything is inlined into the kernels, so that LLVM can infer the address spaces: variables of a block lie in local
memory, what a kernel receives lies in global memory, and so does everything that pointers in global memory point to.
"""

import itertools
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGE = [
    "-target", "spir64", "-std=c++17", "-nostdinc", "-fno-builtin", "-Wall", "-Wextra", f"-I{ROOT}/Scripts/gpu/opencl",
    f"-I{ROOT}/Sources/CUDADevice/Kernels", "-x", "c++", "-"]
SIMPLIFY = "function(sroa,early-cse,instcombine,simplifycfg,infer-address-spaces,instcombine),globaldce"
# A type of LLVM that is no pointer.
TYPE = r'(?:%"[^"]+"|%?[\w.]+)'
KERNEL = re.compile(r"^define spir_kernel void @(\w+).*?^\}", re.MULTILINE | re.DOTALL)
# For names that are new.
numbers = itertools.count()


def run(program: str, *options: str, text: str) -> str:
    result = subprocess.run([program, *options], input=text, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"make-opencl: {program} fails")
    return result.stdout


def with_kernels(text: str) -> str:
    """Makes kernels of the functions with external linkage. All their parameters point to global memory."""

    def kernel(match):
        name, parameters, attributes = match.groups()
        spaces = ", ".join(["i32 1"] * (1 + parameters.count(",")))
        return f"define spir_kernel void @{name}({parameters}) {attributes} !kernel_arg_addr_space !{{{spaces}}} {{"

    return re.sub(r"^define dso_local spir_func void @(\w+)\((.*)\) (#\d+) \{", kernel, text, flags=re.MULTILINE)


def with_global_pointers(text: str) -> str:
    """Marks the pointers that are loaded from global memory: they point there."""

    def loaded(match):
        value, pointee, address = match.groups()
        number = next(numbers)
        return (
            f"  %loaded{number} = load {pointee}*, {pointee}* addrspace(1)* {address}\n"
            f"  %number{number} = ptrtoint {pointee}* %loaded{number} to i64\n"
            f"  %global{number} = inttoptr i64 %number{number} to {pointee} addrspace(1)*\n"
            f"  {value} = addrspacecast {pointee} addrspace(1)* %global{number} to {pointee}*")

    return re.sub(rf"^  (\S+) = load ({TYPE})\*, \2\* addrspace\(1\)\* (.*)", loaded, text, flags=re.MULTILINE)


def without_casts(text: str) -> str:
    """Converts between address spaces by way of integers, as oclgrind knows no other way."""
    text = re.sub(r"addrspacecast \([^()\n]* null to [^()\n]* addrspace\(\d\)\*\)", "null", text)

    def cast(match):
        value, source, target = match.groups()
        number = next(numbers)
        return f"  %integer{number} = ptrtoint {source} to i64\n  {value} = inttoptr i64 %integer{number} to {target}"

    return re.sub(r"^  (\S+) = addrspacecast (.*) to (.*)", cast, text, flags=re.MULTILINE)


def with_local_variables(text: str) -> str:
    """Gives each kernel variables of its own: to oclgrind, their names have to begin with that of the kernel."""
    declaration = re.compile(r"^(@\w+) = internal (addrspace\(3\) global .*)\n", re.MULTILINE)
    variables = dict(declaration.findall(text))

    def kernel(match):
        name, body = match[1], match[0]
        declarations = ""
        for number, (variable, kind) in enumerate(variables.items()):
            body, count = re.subn(rf"{variable}\b", f"@{name}.{number}", body)
            if count > 0:
                declarations += f"@{name}.{number} = internal {kind}\n"
        return declarations + body

    return KERNEL.sub(kernel, declaration.sub("", text))


def with_barriers(text: str) -> list[str]:
    """The names of the kernels that call a barrier. Everything is inlined into them."""
    return [kernel[1] for kernel in KERNEL.finditer(text) if "@_Z7barrierj(" in kernel[0]]


def main():
    version, path, out, *options = sys.argv[1:]
    clang, opt = f"clang++-{version}", f"opt-{version}"
    source = pathlib.Path(path).read_text()
    expanded = run(clang, *options, "-E", *LANGUAGE, text=source)
    entries = [f"ENTRY({name})\n" for name in re.findall(r"\bstatic Kernel (\w+)", expanded)]
    text = run(
        clang, *options, "-O1", "-Xclang", "-disable-llvm-passes", "-emit-llvm", "-S", "-o", "-", *LANGUAGE,
        text=source + "\nADDRESS_OF\n" + "".join(entries))

    def optimized(text, passes):
        return run(opt, "-S", "-assume-default-is-flat-addrspace", *passes, text=text)

    text = optimized(with_kernels(text), ["-inline-threshold=1000000", "-passes=cgscc(inline)," + SIMPLIFY])
    # Arguments point to records, and these to arrays.
    for _ in range(2):
        text = optimized(with_global_pointers(text), ["-passes=" + SIMPLIFY])
    pathlib.Path(out).with_suffix(".barriers").write_text("\n".join(with_barriers(text)))
    run(f"llvm-as-{version}", "-o", out, text=with_local_variables(without_casts(text)))


if __name__ == "__main__":
    main()
