"""`python -m peil` is `peil`."""

from peil.cli.main import main

main()
