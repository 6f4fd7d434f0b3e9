"""How much of a file is taken in, and how much the process that reads it may use."""

from __future__ import annotations

KILO, MEGA, GIGA = 1024, 1024**2, 1024**3

PACKED_FILE = 100 * MEGA  # a workbook as it lies on disk
PACKED_MEMBERS = 10_000
UNPACKED = GIGA  # a workbook, or a gzipped file that can't be streamed, unpacked
RATIO = 100  # unpacked to packed
RATIO_FROM = 16 * MEGA  # below this, a high ratio harms nobody
CELLS = 10_000_000  # of a workbook's sheet
COLUMNS = 20_000
CELL = 4 * MEGA  # one cell, in characters
BLOCK = 8 * MEGA  # of a text file, read at a time
ROWS = 65_536  # of other files, read at a time
MEMORY = 3 * GIGA  # address space of the reading process; what it really uses is far less
SECONDS_AT_LEAST = 120  # of processor time, and so much more for each gigabyte:
SECONDS_PER_GIGA = 600
