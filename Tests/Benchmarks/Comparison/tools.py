"""What is run: grad's release build, the yardsticks, and the programs that both do."""
import os
import platform
import shutil
import subprocess

from Comparison.processes import Failure

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAMS = os.path.join(HERE, "Benchmarks", "Workloads", "Programs")
YARDSTICKS = os.path.join(HERE, "Yardsticks")
CPP_OPTIONS = ["-std=c++17", "-O3", "-march=native"]
LUA = next((name for name in ("lua5.4", "lua") if shutil.which(name)), None)


def program(name):
    """The text of a program, as one input for a pipe."""
    with open(os.path.join(PROGRAMS, name + ".grad")) as file:
        return file.read()


def program_file(name):
    return os.path.join(PROGRAMS, name + ".grad")


def yardstick_file(name):
    return os.path.join(YARDSTICKS, name)


def call(command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        raise Failure(f"{' '.join(command)}:\n{result.stdout.decode()}")
    return result.stdout.decode()


def build_grad():
    """Builds the release binary as README says, and returns its path."""
    build = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "grad"]
    if platform.system() == "Linux":
        build += ["-Xswiftc", "-static-executable"]
        build += [word for name in ("bsd", "md", "tinfo") for word in ("-Xlinker", "-l" + name)]
    call(build, cwd=ROOT)
    return os.path.join(call(build + ["--show-bin-path"], cwd=ROOT).strip(), "grad")


def compiler():
    """A C++ compiler; None where there is none."""
    compilers = [os.environ.get("CXX"), "g++", "c++", "clang++"]
    return next((name for name in compilers if name and shutil.which(name)), None)


def build_yardsticks(folder):
    """Compiles the yardsticks in C++; None without a compiler."""
    if compiler() is None:
        return None
    binary = os.path.join(folder, "yardsticks")
    call([compiler(), *CPP_OPTIONS, yardstick_file("yardsticks.cpp"), "-o", binary])
    return binary


def long_function(lines, language="grad"):
    """A function of so many lines, which is never called."""
    body = "".join(f"  s = s + x*{k}.5\n" for k in range(lines))
    if language == "lua":
        return f"function long(x)\n  local s = 0\n{body}  return s\nend\n"
    return f"long(x) = {{\n  s = 0\n{body}  s\n}}\n"
