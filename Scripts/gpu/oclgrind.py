"""A device that is oclgrind, which simulates devices of OpenCL and reports races and uses of uninitialized memory."""

import collections
import ctypes
import pathlib

import numpy as np

from device import Library

READ_WRITE, KERNEL_NAMES, ALL_DEVICES = ctypes.c_ulong(1), 0x1168, ctypes.c_ulong(0xFFFFFFFF)


class Buffer:
    """The memory of an array on the device."""

    def __init__(self, handle, address, array, known):
        # The array is kept so that no other one has its address.
        self.handle, self.address, self.array, self.known = handle, address, array, known


class Oclgrind(Library):
    """The OpenCL library of this process, which the command `oclgrind` has loaded, with the kernels of a file."""

    def __init__(self, path, log, fails=True):
        self.library, self.log, self.fails = ctypes.CDLL(None), pathlib.Path(log), fails
        self.kernels, self.buffers, self.reports = {}, {}, collections.Counter()
        platform, device = ctypes.c_void_p(), ctypes.c_void_p()
        self.call("clGetPlatformIDs", 1, ctypes.byref(platform), None)
        self.call("clGetDeviceIDs", platform, ALL_DEVICES, 1, ctypes.byref(device), None)
        self.context = self.new("clCreateContext", None, 1, ctypes.byref(device), None, None)
        self.queue = self.new("clCreateCommandQueue", self.context, device, ctypes.c_ulong(0))
        code = pathlib.Path(path).read_bytes()
        size, start = ctypes.c_size_t(len(code)), ctypes.c_char_p(code)
        self.program = self.new(
            "clCreateProgramWithBinary", self.context, 1, ctypes.byref(device), ctypes.byref(size),
            ctypes.byref(start), None)
        self.call("clBuildProgram", self.program, 0, None, None, None, None)
        self.arguments = self.allocate(512)
        names = ctypes.create_string_buffer(65536)
        self.call("clGetProgramInfo", self.program, KERNEL_NAMES, ctypes.c_size_t(65536), names, None)
        self.names = {name.removeprefix("entry_") for name in names.value.decode().split(";")} - {"address_of"}

    def call(self, name, *arguments):
        status = getattr(self.library, name)(*arguments)
        if status != 0:
            raise AssertionError(f"{name} returns {status}")

    def new(self, name, *arguments):
        """An object from a function whose last argument is for an error."""
        function, error = getattr(self.library, name), ctypes.c_int()
        function.restype = ctypes.c_void_p
        result = function(*arguments, ctypes.byref(error))
        if error.value != 0:
            raise AssertionError(f"{name} returns {error.value}")
        return ctypes.c_void_p(result)

    # MARK: Memory

    def allocate(self, bytes):
        return self.new("clCreateBuffer", self.context, READ_WRITE, ctypes.c_size_t(bytes), None)

    def buffer(self, array):
        if array.ctypes.data not in self.buffers:
            handle, address = self.allocate(array.nbytes), np.zeros(1, np.uint64)
            self.run("address_of", (1, 1, 1), 1, [handle, self.arguments])
            self.copy("Read", self.arguments, address)
            # An array of NaN is one that nothing has written: its memory stays uninitialized.
            is_empty = array.dtype.kind == "f" and np.isnan(array).all()
            self.buffers[array.ctypes.data] = Buffer(
                handle, int(address[0]), array, array.tobytes() if is_empty else None)
        return self.buffers[array.ctypes.data]

    def copy(self, kind, handle, array):
        self.call(
            f"clEnqueue{kind}Buffer", self.queue, handle, 1, ctypes.c_size_t(0), ctypes.c_size_t(array.nbytes),
            ctypes.c_void_p(array.ctypes.data), 0, None, None)

    def address(self, array):
        """The address of an array. Parts of an array lie in one buffer, which is uploaded if the array has changed."""
        whole = array
        while isinstance(whole.base, np.ndarray):
            whole = whole.base
        buffer = self.buffer(whole)
        if buffer.known != whole.tobytes():
            self.copy("Write", buffer.handle, whole)
            buffer.known = whole.tobytes()
        return buffer.address + array.ctypes.data - whole.ctypes.data

    # MARK: Launches

    def run(self, name, grid, block, values):
        if name not in self.kernels:
            self.kernels[name] = self.new("clCreateKernel", self.program, name.encode())
        kernel = self.kernels[name]
        for index, value in enumerate(values):
            self.call("clSetKernelArg", kernel, index, ctypes.c_size_t(ctypes.sizeof(value)), ctypes.byref(value))
        items, group = ((ctypes.c_size_t * 3)(x, *grid[1:]) for x in (grid[0] * block, block))
        group[1] = group[2] = 1
        self.call("clEnqueueNDRangeKernel", self.queue, kernel, 3, None, items, group, 0, None, None)
        self.call("clFinish", self.queue)

    def launch(self, name, grid, block, *arguments, shared=0):
        """Runs a kernel. Counts the characters of oclgrind's reports, or fails if there are any."""
        values = [self.value(argument) for argument in arguments]
        before = self.log.stat().st_size if self.log.exists() else 0
        self.copy("Write", self.arguments, np.frombuffer(b"".join(bytes(value).ljust(8) for value in values), np.uint8))
        self.run("entry_" + name, tuple(grid) + (1,) * (3 - len(grid)), block, [self.arguments])
        for buffer in self.buffers.values():
            self.copy("Read", buffer.handle, buffer.array)
            buffer.known = buffer.array.tobytes()
        text = self.log.read_text()[before:] if self.log.exists() else ""
        self.reports[name] += len(text)
        if text and self.fails:
            raise AssertionError(f"oclgrind reports of {name}:\n{text[:3000]}")
