"""All cases."""

import running
import syntax
import system

ALL = syntax.CASES + running.CASES + system.CASES
