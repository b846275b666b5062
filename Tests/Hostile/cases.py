"""All cases."""

import memory
import running
import syntax
import system

ALL = syntax.CASES + running.CASES + system.CASES + memory.CASES
