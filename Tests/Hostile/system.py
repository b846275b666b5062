"""Streams, files and surroundings that fail."""

import signal

from hostile import Case


def shell(name, line, **expected):
    return Case(name, shell=line, **expected)


CASES = [
    shell("SIGPIPE: grad … | head -1", "sh -c '\"$GRAD\" -e \"while 1 { print 1 }\"; echo $? >status' | head -1; cat status", output="1\n141", status=0),
    shell("stdout closed", '"$GRAD" -e "print 1" >&-', status=1, message="cannot write to standard output"),
    shell("stdout closed, nothing to say", '"$GRAD" -e "x = 1" >&-', status=0),
    shell("stdout closed, an error", '"$GRAD" -e "x = q" >&-', status=1, message="E001"),
    shell("stderr closed", '"$GRAD" -e "print 1; x = q" 2>&-', status=1, output=""),
    shell("stderr closed, a result", '"$GRAD" -e "print 1" 2>&-', status=0, output="1"),
    shell("stderr closed, a warning", '"$GRAD" -e "x = sqrt(-1); print 7" 2>&-', output="7"),
    shell("stderr is full", '"$GRAD" -e "print 1; x = sqrt(-1); print 7" 2>/dev/full', output="1\n7"),
    shell("stderr closed, and a file is written", '"$GRAD" -e "a = 1; b = sqrt(-a); graph b to \\"x.svg\\"" 2>&-; head -c 5 x.svg; grep -c W101 x.svg', status=1, output="written.*\\?xml.*0"),
    shell("stdin closed", '"$GRAD" <&-', status=1, message="E080"),
    shell("all closed", '"$GRAD" -e "print 1; graph 1" <&- >&- 2>&-', status=1),
    shell("all closed, and a file is read", 'echo "print 7" > x.grad; "$GRAD" x.grad <&- >&- 2>&-', status=1),
    shell("stdout closed: a file is written", 'printf "a = 1; b = a*2; graph b to \\"x.svg\\"; print 7" | "$GRAD" >&- 2>err; cat err >&2; head -c 4 x.svg', message="cannot write", status=0, output="<svg|<"),
    shell("stdin is write-only", '"$GRAD" 0>/dev/null', status=(0, 1)),
    shell("stdin is a folder", '"$GRAD" < /', status=1, message="E080"),
    shell("stdout is full", '"$GRAD" -e "print 1" > /dev/full', status=1, message="no space left"),
    shell("stdout is full, much", '"$GRAD" -e "for i in 1..1e6 { print i }" > /dev/full', status=1, message="no space left"),
    shell("graph to a link to /dev/full", 'ln -s /dev/full x.svg; "$GRAD" -e \'print 7\na = 1; b = 2*a; graph b to "x.svg"\'', status=1, message="E08", output="7"),
    shell("write to /dev/full", '"$GRAD" -e \'print 7\nx = [1]; write(x, "/dev/full")\'', status=1, message="error", output="7"),
    shell("graph to a folder that is not there", '"$GRAD" -e \'a = 1; b = 2*a; graph b to "no/x.svg"\'', status=1, message="E08"),
    shell("graph to a read-only folder", 'mkdir ro; chmod 500 ro; "$GRAD" -e \'a = 1; b = 2*a; graph b to "ro/x.svg"\'', status=(0, 1)),
    shell("a missing script", '"$GRAD" no.grad', status=1, message="E080"),
    shell("a script that is a folder", '"$GRAD" /', status=1, message="E080"),
    shell("a script that may not be read", 'echo 1 > x; chmod 0 x; [ -r x ] || "$GRAD" x; [ ! -r x ] || { echo E080 >&2; exit 1; }', status=1, message="E080"),
    shell("a script that is /dev/null", '"$GRAD" /dev/null', status=0),
    shell("a script that is /dev/zero", '"$GRAD" /dev/zero', status=1, message="E080", megabytes=1200),
    shell("a script that is /dev/urandom", '"$GRAD" /dev/urandom', status=1, message="E080", megabytes=1200),
    shell("a script of 1 GB of zeros", 'truncate -s 1G x; "$GRAD" x', status=1, message="E080", megabytes=600),
    shell("a script of 8 GB of zeros", 'truncate -s 8G x; "$GRAD" x', status=1, message="E080", megabytes=600),
    shell("standard input is /dev/zero", '"$GRAD" < /dev/zero', status=1, message="error", megabytes=1200),
    shell("standard input is endless spaces", 'tr "\\0" " " < /dev/zero | "$GRAD"', status=1, message="error", megabytes=1200),
    # Nothing is said when the signal comes while it waits for more.
    shell("standard input is endless lines", 'yes "x = 1" | timeout -s INT 2 "$GRAD"', status=124, megabytes=1200),
    shell("standard input is one endless block", 'yes "{" | "$GRAD"', status=1, message="error", megabytes=1200),
    shell("standard input is one endless bracket", '(echo "x = ["; yes "1,") | "$GRAD"', status=1, message="error", megabytes=3000, seconds=60),
    shell("import of /dev/zero", '"$GRAD" -e \'import "/dev/zero"\'', status=1, message="E080", megabytes=600),
    shell("import of a folder", '"$GRAD" -e \'import "/"\'', status=1, message="E080"),
    shell("read of /dev/zero", '"$GRAD" -e \'print 7\nx = read("/dev/zero")\'', status=1, message="E080", output="7", megabytes=2500),
    shell("read of 8 GB", 'truncate -s 8G x; "$GRAD" -e \'print 7\nx = read("x")\'', status=1, message="E080", output="7", megabytes=4000),
    shell("read of a folder", '"$GRAD" -e \'x = read("/")\'', status=1, message="E080"),
    shell("read of a FIFO, Ctrl-C", 'mkfifo x; timeout -s INT 1 "$GRAD" -e \'print 7\nx = read("x")\'; echo $?', message="interrupted", output="7\n(130|124)"),
    shell("a script that is a FIFO, Ctrl-C", 'mkfifo x; timeout --preserve-status -s INT 1 "$GRAD" x; echo $?', message="interrupted", output="130"),
    shell("import of a FIFO, Ctrl-C", 'mkfifo x; timeout --preserve-status -s INT 1 "$GRAD" -e \'import "x"\'; echo $?', message="interrupted", output="130"),
    shell("a loop of links", 'ln -s x y; ln -s y x; "$GRAD" x', status=1, message="E080"),
    shell("a name with a line end", '"$GRAD" "a\nb"', status=1, message="E080"),
    shell("a name of 1 MB", '"$GRAD" $(head -c 100000 /dev/zero | tr "\\0" x)', status=1, message="E080"),
    shell("an empty name", '"$GRAD" ""', status=1, message="E080"),
    shell("an option that is not there", '"$GRAD" --nonsense', status=2, message="nonsense"),
    shell("no arguments at all, no environment", 'env -i "$GRAD" -e "print 7"', output="7"),
    # Limits of the system
    *[shell(f"ulimit -n {n}", f'ulimit -n {n}; exec "$GRAD" -e "print 7"', status=0 if n > 3 else 1, output="7" if n > 3 else "", message="" if n > 3 else "command line") for n in (3, 4)],
    *[shell(f"ulimit -n {n}: a script", f'echo "print 7" > x; ulimit -n {n}; "$GRAD" x', status=0 if n > 3 else 1, message="" if n > 3 else "command line") for n in (3, 4)],
    shell("ulimit -n 4: a drawing", 'ulimit -n 4; "$GRAD" -e \'print 7\na = 1; b = 2*a; graph b to "x.png"\'', status=1, message="E08", output="7"),
    shell("ulimit -u 1: a drawing", 'ulimit -u 1 2>/dev/null; "$GRAD" -e \'print 7\na = 1; b = 2*a; graph b to "x.png"\'', status=(0, 1), message="", output="7"),
    shell("ulimit -u 1: a matrix product", 'ulimit -u 1 2>/dev/null; "$GRAD" -e \'print sum(ones(500,500) @ ones(500, 500))\'', status=0, output="125000000"),
    shell("ulimit -f 0: stdout", 'ulimit -f 0; "$GRAD" -e "print 7" > x; s=$?; exit $s', status=1),
    shell("ulimit -f 1: a drawing", 'ulimit -f 1; "$GRAD" -e \'print 7\na = 1; b = a\nrepeat 100 { b = b*a }\ngraph b to "x.svg"\'', status=1, message="file too large", output="7"),
    shell("ulimit -f 1: write", 'ulimit -f 1; "$GRAD" -e \'print 7\nwrite(1..10000, "x.csv")\'', status=1, message="error", output="7"),
    shell("ulimit -t 1", 'ulimit -t 1; "$GRAD" -e \'print 7\nwhile 1 { }\'', status=(137, 152), output="7"),
    *[shell(f"ulimit -s {n}", f'ulimit -s {n}; "$GRAD" -e "print 7"', output="7") for n in (64, 128, 512)],
    *[shell(f"ulimit -s {n}: nesting", f'ulimit -s {n}; "$GRAD" -e "print {"(" * 400}7{")" * 400}"', status=(0, 1), output="7|", message="") for n in (64, 128, 256, 512, 1024)],
    *[shell(f"ulimit -s {n}: deep derivatives", f'ulimit -s {n}; "$GRAD" -e "f(n) = if n == 0 then 1 else f(n - 1) + 1; print f(90000); f(x) = f\'(x); f(1)"', status=1, output="90001", message="error") for n in (128, 256, 1024)],
    # A home that is no home
    *[shell(f"{name}", f'{line} printf "print 7\\n" | script -qec "$GRAD" /dev/null; echo $?', output="7") for name, line in [
        ("HOME is missing", "HOME=/no/where"), ("HOME is a file", "touch f; HOME=$DIR/f"),
        ("HOME is read-only", "mkdir h; chmod 500 h; HOME=$DIR/h"), ("HOME is empty", "HOME="),
        ("TERM is unset", "unset TERM;"), ("TERM is dumb", "TERM=dumb"), ("TERM is nonsense", "TERM=nonsense"),
        ("TERM has an escape sequence", "TERM=$(printf 'a\\033b')"),
        ("the history is a folder", "mkdir h; GRAD_HISTORY=$DIR/h"), ("the history is /dev/full", "GRAD_HISTORY=/dev/full"),
        ("the history is /dev/zero", "GRAD_HISTORY=/dev/zero"), ("the history is garbage", "head -c 100000 /dev/urandom > g; GRAD_HISTORY=$DIR/g"),
        ("EDITRC is /dev/zero", "EDITRC=/dev/zero"), ("EDITRC is a folder", "EDITRC=/"),
        ("LINES and COLUMNS are nonsense", "LINES=-1 COLUMNS=99999999999999"),
        ("LANG is nonsense", "LANG=xx_YY.nonsense LC_ALL=C"),
    ]],
]
