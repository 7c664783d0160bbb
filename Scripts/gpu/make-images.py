#!/usr/bin/env python3
"""Compiles the kernels to the images that the library embeds, and checks what they need of each architecture.

    make-images.py           writes Sources/CUDAImages/kernels_f32.c and kernels_f64.c
    make-images.py --check   fails if these files differ from what the sources give

Needs no card and no driver: Scripts/gpu/requirements.txt has the compilers, of fixed versions.
"""

import argparse
import ctypes
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources/CUDADevice/Kernels"
IMAGES = ROOT / "Sources/CUDAImages"
# The architecture of the PTX, and those for which registers and spills are checked.
VIRTUAL = "compute_80"
ARCHITECTURES = ["sm_80", "sm_86", "sm_89", "sm_90"]
MAXIMUM_BYTES = 500_000


def package(name: str) -> pathlib.Path:
    """The folder of a package of NVIDIA."""
    spec = importlib.util.find_spec("nvidia." + name)
    if spec is None:
        sys.exit(f"make-images: nvidia.{name} is not installed: pip install -r Scripts/gpu/requirements.txt")
    return pathlib.Path(next(iter(spec.submodule_search_locations)))


class Compiler:
    """NVRTC, which compiles a source to PTX."""

    def __init__(self):
        folder = package("cuda_nvrtc") / "lib"
        # The library opens its builtins by name.
        ctypes.CDLL(str(next(folder.glob("libnvrtc-builtins.so.*"))), mode=ctypes.RTLD_GLOBAL)
        self.library = ctypes.CDLL(str(next(folder.glob("libnvrtc.so.*"))))

    def _text(self, program, of: str) -> str:
        size = ctypes.c_size_t()
        getattr(self.library, f"nvrtcGet{of}Size")(program, ctypes.byref(size))
        buffer = ctypes.create_string_buffer(size.value)
        getattr(self.library, f"nvrtcGet{of}")(program, buffer)
        return buffer.value.decode()

    def ptx(self, precision: int) -> str:
        program = ctypes.c_void_p()
        source = (SOURCES / "kernels.cu").read_bytes()
        self.library.nvrtcCreateProgram(ctypes.byref(program), source, b"kernels.cu", 0, None, None)
        options = [
            f"--gpu-architecture={VIRTUAL}", f"--include-path={SOURCES}", f"-DPRECISION={precision}", "--std=c++17",
        ]
        array = (ctypes.c_char_p * len(options))(*[option.encode() for option in options])
        status = self.library.nvrtcCompileProgram(program, len(options), array)
        log = self._text(program, "ProgramLog").strip()
        if status != 0 or log:
            sys.exit(f"make-images: the kernels do not compile without warnings:\n{log}")
        text = self._text(program, "PTX")
        self.library.nvrtcDestroyProgram(ctypes.byref(program))
        return compact(text)


def compact(ptx: str) -> str:
    """PTX without comments and unnecessary space: in lines of up to 116 characters, most with several statements."""
    lines = [""]
    for line in ptx.splitlines():
        line = re.sub(r"\s+", " ", re.sub(r"//.*", "", line)).strip()
        statement = re.sub(r" ?([,;{}\[\]()=]) ?", r"\1", line)
        # A directive without a semicolon ends with its line.
        if lines[-1] and lines[-1][-1] in ";,{}:" and statement and len(lines[-1]) + len(statement) <= 116:
            lines[-1] += statement
        elif statement:
            lines.append(statement)
    return "".join(line + "\n" for line in lines[1:])


def image_file(precision: int, ptx: str) -> str:
    """The C source that holds an image."""
    name = f"cuda_image_f{precision}"
    escaped = ptx.replace("\\", "\\\\").replace('"', '\\"').splitlines()
    return "\n".join(
        [
            "// Written by Scripts/gpu/make-images.py: the kernels as PTX.",
            '#include "CUDAImages.h"',
            "",
            "static const char image[] =",
            *[f'"{line}\\n"' for line in escaped[:-1]],
            f'"{escaped[-1]}\\n";',
            "",
            f"const char *{name}(void) {{ return image; }}",
            "",
        ])


def check_resources(precision: int, ptx: str) -> list[str]:
    """Assembles an image for each architecture, prints what each kernel needs, and returns the faults."""
    faults = []
    assembler = package("cuda_nvcc") / "bin/ptxas"
    assembler.chmod(0o755)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "kernels.ptx"
        path.write_text(ptx)
        for architecture in ARCHITECTURES:
            command = [assembler, "-v", f"-arch={architecture}", path, "-o", path.with_suffix(".cubin")]
            run = subprocess.run(command, capture_output=True, text=True)
            if run.returncode != 0:
                return [run.stderr]
            size = path.with_suffix(".cubin").stat().st_size
            print(f"f{precision} {architecture}: {size} bytes of machine code")
            pattern = (
                r"Compiling entry function '(\w+)'.*?(\d+) bytes stack frame, (\d+) bytes spill stores, "
                r"(\d+) bytes spill loads.*?Used (\d+) registers[^\n]*?(?:, (\d+) bytes smem|\n)")
            kernels = re.findall(pattern, run.stderr, re.DOTALL)
            for kernel, stack, stores, loads, registers, shared in kernels:
                print(f"  {kernel:22} {registers:>4} registers {shared or 0:>6} bytes shared {stack:>4} bytes of stack")
                if int(stores) or int(loads):
                    faults.append(f"{kernel} on {architecture} spills {stores} bytes and reloads {loads}")
            expected = len(re.findall(r"\.entry", ptx))
            if len(kernels) != expected:
                faults.append(f"{architecture}: a report on {len(kernels)} of {expected} kernels")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed images")
    arguments = parser.parse_args()
    compiler = Compiler()
    faults = []
    for precision in (32, 64):
        ptx = compiler.ptx(precision)
        faults += check_resources(precision, ptx)
        path = IMAGES / f"kernels_f{precision}.c"
        text = image_file(precision, ptx)
        print(f"{path.name}: {len(text)} bytes")
        if len(text) > MAXIMUM_BYTES:
            faults.append(f"{path.name} has {len(text)} bytes, more than {MAXIMUM_BYTES}")
        if not arguments.check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            faults.append(f"{path.relative_to(ROOT)} is not what its sources give: run Scripts/gpu/make-images.py")
    if faults:
        sys.exit("make-images: " + "\nmake-images: ".join(faults))


if __name__ == "__main__":
    main()
