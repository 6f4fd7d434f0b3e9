"""`python -m peil.web.outside WISH`, as `start_outside` runs it."""

import json
import sys

from peil.web.outside.at_work import Wish, work

work(Wish(**json.loads(sys.argv[1])))
